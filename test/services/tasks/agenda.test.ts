import { openInMemory } from "../../support/server/api.ts";
import { describeAgenda } from "./agenda-contract.ts";

describeAgenda(openInMemory);
