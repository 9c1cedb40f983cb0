import { useApis } from "../../support/server/api.ts";
import { describeCompleteTask } from "./complete-task-contract.ts";

describeCompleteTask(useApis());
