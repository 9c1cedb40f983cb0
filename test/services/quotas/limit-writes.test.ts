import { useScratch } from "../../support/disks/scratch.ts";
import { openSqliteSync } from "../../support/sync/stores.ts";
import { describeLimitedWrites } from "./limit-writes-contract.ts";

const scratch = useScratch();

describeLimitedWrites("quotas in a SQLite file", async () => openSqliteSync(scratch("quotas.db")));
