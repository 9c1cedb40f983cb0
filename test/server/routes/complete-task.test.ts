import { useApis } from "../../support/api.ts";
import { describeCompleteTask } from "./complete-task-contract.ts";

describeCompleteTask(useApis());
