import { useApis } from "../support/server/api.ts";
import { describeTwoUsers } from "./two-users-contract.ts";

describeTwoUsers(useApis());
