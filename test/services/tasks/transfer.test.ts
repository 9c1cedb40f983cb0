import { openInMemory } from "../../support/server/api.ts";
import { describeTransfer } from "./transfer-contract.ts";

describeTransfer(openInMemory);
