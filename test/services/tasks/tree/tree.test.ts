import { openInMemory } from "../../../support/server/api.ts";
import { describeTree } from "./tree-contract.ts";

describeTree(openInMemory);
