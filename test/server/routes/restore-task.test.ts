import { useApis } from "../../support/server/api.ts";
import { describeRestoreTask } from "./restore-task-contract.ts";

describeRestoreTask(useApis());
