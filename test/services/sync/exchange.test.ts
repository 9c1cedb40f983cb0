import { describe } from "bun:test";
import { useOpened } from "../../support/opened.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { openSqliteSync } from "../../support/sync/stores.ts";
import { describeConvergence } from "./convergence-contract.ts";
import { describeExchange } from "./exchange-contract.ts";
import { describeExchangedProfile } from "./profile-contract.ts";
import { describeSettledExchange } from "./settle-contract.ts";

const scratch = useScratch();

describe("over a SQLite file:", () => {
  const concurrentStores = useOpened(async () => openSqliteSync(scratch("exchange.db")));
  describeExchange(concurrentStores);
  describeSettledExchange(concurrentStores);
  describeExchangedProfile(concurrentStores);
  describeConvergence(concurrentStores, 300);
});
