import { openInMemory } from "../../support/server/api.ts";
import { describeRefs } from "./refs-contract.ts";

describeRefs(openInMemory);
