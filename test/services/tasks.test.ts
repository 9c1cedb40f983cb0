import { openInMemory } from "../support/api.ts";
import { describeTasks } from "./tasks-contract.ts";

describeTasks(openInMemory);
