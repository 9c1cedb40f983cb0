import { openInMemory } from "../../support/server/api.ts";
import { describeNextTasks } from "./next-tasks-contract.ts";

describeNextTasks(openInMemory);
