import { openInMemory } from "../../support/server/api.ts";
import { describeReadFilter } from "./read-filter-contract.ts";

describeReadFilter(openInMemory);
