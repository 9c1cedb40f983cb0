import { openInMemory } from "../../support/server/api.ts";
import { describeTasks } from "./tasks-contract.ts";

describeTasks(openInMemory);
