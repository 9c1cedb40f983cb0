import { useApis } from "../support/api.ts";
import { describeAnyInput } from "./any-input-contract.ts";

describeAnyInput(useApis());
