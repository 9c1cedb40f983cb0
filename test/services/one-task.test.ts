import { openInMemory } from "../support/api.ts";
import { describeOneTask } from "./one-task-contract.ts";

describeOneTask(openInMemory);
