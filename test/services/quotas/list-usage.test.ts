import { useScratch } from "../../support/disks/scratch.ts";
import { openSqliteSync } from "../../support/sync/stores.ts";
import { describeListUsage } from "./list-usage-contract.ts";

const scratch = useScratch();

describeListUsage("usage in a SQLite file", async () => openSqliteSync(scratch("list-usage.db")));
