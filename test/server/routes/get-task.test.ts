import { useApis } from "../../support/api.ts";
import { describeGetTask } from "./get-task-contract.ts";

describeGetTask(useApis());
