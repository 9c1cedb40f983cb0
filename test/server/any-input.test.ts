import { useApis } from "../support/server/api.ts";
import { describeAnyInput } from "./any-input-contract.ts";

describeAnyInput(useApis());
