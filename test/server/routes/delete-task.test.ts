import { useApis } from "../../support/server/api.ts";
import { describeDeleteTask } from "./delete-task-contract.ts";

describeDeleteTask(useApis());
