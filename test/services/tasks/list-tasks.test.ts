import { openInMemory } from "../../support/server/api.ts";
import { describeListTasks } from "./list-tasks-contract.ts";

describeListTasks(openInMemory);
