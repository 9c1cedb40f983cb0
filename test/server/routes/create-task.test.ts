import { useApis } from "../../support/server/api.ts";
import { describeCreateTask } from "./create-task-contract.ts";

describeCreateTask(useApis());
