import { openInMemory } from "../../support/server/api.ts";
import { describeChangeTasks } from "./change-tasks-contract.ts";

describeChangeTasks(openInMemory);
