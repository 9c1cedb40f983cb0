import { NOBODY } from "../../../src/db/engine.ts";
import { createStore } from "../../../src/db/tasks/store.ts";
import { sql } from "drizzle-orm";
import type { Registers } from "../../../src/domain/task/registers.ts";
import { openBrowserEngine } from "../../support/browser/databases.ts";
import { describeMergeStatement } from "../merge-contract.ts";

const open = async () => {
  const { engine } = await openBrowserEngine();
  return {
    store: createStore(engine),
    readRaw: async (user: string) => {
      const rows = await engine.read<{ id: string; registers: string }>(
        NOBODY,
        sql`select id, registers from tasks where user_id = ${user}`,
      );
      return new Map(rows.map(({ id, registers }): [string, Registers] => [id, JSON.parse(registers)]));
    },
    close: engine.close,
  };
};

// The statement is that of SQLite files, which is tried more often there.
describeMergeStatement("the merge in a browser", open, { runs: 60 });
