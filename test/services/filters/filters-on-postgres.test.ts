import { describe } from "bun:test";
import { DRIVERS } from "../../support/postgres/stores.ts";
import { usePostgresUsers } from "../../support/postgres/users.ts";
import { describeSavedFilters } from "./filters-contract.ts";

describe.each(DRIVERS)("in PostgreSQL, through the driver %s:", (driver) => {
  describeSavedFilters(usePostgresUsers(driver));
});
