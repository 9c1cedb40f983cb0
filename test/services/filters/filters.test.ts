import { openInMemory } from "../../support/server/api.ts";
import { describeSavedFilters } from "./filters-contract.ts";

const store = openInMemory();

describeSavedFilters(() => store);
