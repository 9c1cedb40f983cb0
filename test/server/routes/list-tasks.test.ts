import { useApis } from "../../support/api.ts";
import { describeListTasks } from "./list-tasks-contract.ts";

describeListTasks(useApis());
