import { useApis } from "../../support/server/api.ts";
import { describeListTasks } from "./list-tasks-contract.ts";

describeListTasks(useApis());
