import { useApis } from "../../support/server/api.ts";
import { describeGetTask } from "./get-task-contract.ts";

describeGetTask(useApis());
