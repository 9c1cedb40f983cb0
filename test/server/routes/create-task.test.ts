import { useApis } from "../../support/api.ts";
import { describeCreateTask } from "./create-task-contract.ts";

describeCreateTask(useApis());
