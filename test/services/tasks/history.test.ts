import { openInMemory } from "../../support/server/api.ts";
import { describeHistory } from "./history-contract.ts";

describeHistory(openInMemory);
