import { useApis } from "../../support/server/api.ts";
import { describeFilteredTasks } from "./filtered-tasks-contract.ts";

describeFilteredTasks(useApis());
