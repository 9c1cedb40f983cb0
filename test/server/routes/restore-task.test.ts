import { useApis } from "../../support/api.ts";
import { describeRestoreTask } from "./restore-task-contract.ts";

describeRestoreTask(useApis());
