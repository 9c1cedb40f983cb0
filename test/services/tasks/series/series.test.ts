import { openInMemory } from "../../../support/server/api.ts";
import { describeSeries } from "./series-contract.ts";

describeSeries(openInMemory);
