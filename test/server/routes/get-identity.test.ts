import { useApis } from "../../support/server/api.ts";
import { describeGetIdentity } from "./get-identity-contract.ts";

describeGetIdentity(useApis());
