import { useApis } from "../support/api.ts";
import { describeTwoUsers } from "./two-users-contract.ts";

describeTwoUsers(useApis());
