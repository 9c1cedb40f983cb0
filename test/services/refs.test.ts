import { openInMemory } from "../support/api.ts";
import { describeRefs } from "./refs-contract.ts";

describeRefs(openInMemory);
