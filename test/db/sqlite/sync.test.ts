import { useScratch } from "../../support/disks/scratch.ts";
import { openSqliteSync } from "../../support/sync/stores.ts";
import { describeSync } from "../sync-contract.ts";

const scratch = useScratch();

describeSync("sync with a SQLite file", async () => openSqliteSync(scratch("sync.db")));
