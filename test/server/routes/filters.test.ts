import { useApis } from "../../support/server/api.ts";
import { describeFilters } from "./filters-contract.ts";

describeFilters(useApis());
