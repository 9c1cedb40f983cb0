import { describe } from "bun:test";
import { useAccountApis } from "../../support/server/account-api.ts";
import { usePostgresAccounts } from "../../support/accounts/stores.ts";
import { DRIVERS } from "../../support/postgres/stores.ts";
import { describeAccounts } from "./accounts-contract.ts";

/** Each of them takes some milliseconds here. */
const PART_OF_INPUTS = 0.1;

describe.each(DRIVERS)("in PostgreSQL, through the driver %s:", (driver) => {
  describeAccounts(useAccountApis(usePostgresAccounts(driver)), PART_OF_INPUTS);
});
