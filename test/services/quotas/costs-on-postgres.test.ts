import { describe } from "bun:test";
import { DRIVERS } from "../../support/postgres/stores.ts";
import { usePostgresSync } from "../../support/sync/stores.ts";
import { describeCosts } from "./costs-contract.ts";

const open = usePostgresSync();

describe.each(DRIVERS)("in PostgreSQL, through the driver %s:", (driver) => {
  describeCosts("costs", () => open(driver));
});
