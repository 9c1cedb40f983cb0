import { openInMemory } from "../support/api.ts";
import { describeTransfer } from "./transfer-contract.ts";

describeTransfer(openInMemory);
