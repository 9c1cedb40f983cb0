import { openInMemory } from "../../support/server/api.ts";
import { describeOneTask } from "./one-task-contract.ts";

describeOneTask(openInMemory);
