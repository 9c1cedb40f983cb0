import { useApis } from "../../support/server/api.ts";
import { describeRecurrence } from "./recurrence-contract.ts";

describeRecurrence(useApis());
