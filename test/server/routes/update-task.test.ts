import { useApis } from "../../support/api.ts";
import { describeUpdateTask } from "./update-task-contract.ts";

describeUpdateTask(useApis());
