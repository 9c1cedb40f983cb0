import { useApis } from "../../support/server/api.ts";
import { describeStats } from "./stats-contract.ts";

describeStats(useApis());
