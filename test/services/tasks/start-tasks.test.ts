import { openInMemory } from "../../support/server/api.ts";
import { describeStartTasks } from "./start-tasks-contract.ts";

describeStartTasks(openInMemory);
