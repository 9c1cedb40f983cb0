import { useApis } from "../../support/api.ts";
import { describeGetIdentity } from "./get-identity-contract.ts";

describeGetIdentity(useApis());
