import { useApis } from "../../support/server/api.ts";
import { describeChangeTasksInBulk } from "./change-tasks-in-bulk-contract.ts";

describeChangeTasksInBulk(useApis());
