import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { describeReplica } from "../replica-contract.ts";

const scratch = useScratch();

describeReplica("a replica in a SQLite file", async (name) =>
  openSqlite(name === undefined ? ":memory:" : scratch(name)),
);
