import { openInMemory } from "../../../support/server/api.ts";
import { describeFindMatches } from "./find-matches-contract.ts";

describeFindMatches(openInMemory);
