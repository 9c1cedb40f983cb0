import { openInMemory } from "../../support/server/api.ts";
import { describeTransfer } from "./import-tasks-contract.ts";

describeTransfer(openInMemory);
