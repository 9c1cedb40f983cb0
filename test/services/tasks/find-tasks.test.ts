import { openInMemory } from "../../support/server/api.ts";
import { describeRefs } from "./find-tasks-contract.ts";

describeRefs(openInMemory);
