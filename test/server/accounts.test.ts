import { useAccountApis } from "../support/account-api.ts";
import { describeAccounts } from "./accounts-contract.ts";

describeAccounts(useAccountApis());
