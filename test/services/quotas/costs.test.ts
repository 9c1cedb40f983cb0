import { useScratch } from "../../support/disks/scratch.ts";
import { openSqliteSync } from "../../support/sync/stores.ts";
import { describeCosts } from "./costs-contract.ts";

const scratch = useScratch();

describeCosts("costs in a SQLite file", async () => openSqliteSync(scratch("costs.db")));
