import { describe } from "bun:test";
import { useOpened } from "../../support/opened.ts";
import { DRIVERS } from "../../support/postgres/stores.ts";
import { usePostgresSync } from "../../support/sync/stores.ts";
import { describeConvergence } from "./convergence-contract.ts";
import { describeExchange } from "./exchange-contract.ts";
import { describeExchangedProfile } from "./profile-contract.ts";
import { describeSettledExchange } from "./settle-contract.ts";

const openSync = usePostgresSync();

describe.each(DRIVERS)("over PostgreSQL through the driver %s:", (driver) => {
  const concurrentStores = useOpened(() => openSync(driver));
  describeExchange(concurrentStores);
  describeSettledExchange(concurrentStores);
  describeExchangedProfile(concurrentStores);
  describeConvergence(concurrentStores, 15);
});
