import { useApis } from "../../support/api.ts";
import { describeDeleteTask } from "./delete-task-contract.ts";

describeDeleteTask(useApis());
