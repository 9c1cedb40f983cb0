import { useAccountApis } from "../../support/server/account-api.ts";
import { describeAccounts } from "./accounts-contract.ts";

describeAccounts(useAccountApis());
