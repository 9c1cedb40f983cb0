import { useApis } from "../../support/server/api.ts";
import { describeUpdateTask } from "./update-task-contract.ts";

describeUpdateTask(useApis());
