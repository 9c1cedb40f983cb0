import { openInMemory } from "../support/api.ts";
import { describeHistory } from "./history-contract.ts";

describeHistory(openInMemory);
