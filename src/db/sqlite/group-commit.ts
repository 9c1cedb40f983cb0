import type { Database } from "bun:sqlite";
import { retryWhileBusy } from "./busy.ts";
import type { RawDatabase } from "./raw.ts";
import { createUnitQueue } from "./unit-queue.ts";

/** The database, and the check after a group was written. The callers get the errors of both. */
export type Source = { readonly use: () => Database; readonly confirm: () => void };

/** Runs units of work that arrive in the same turn of the event loop in one transaction. */
export function createGroupCommit(source: Source) {
  return createUnitQueue({
    gather: nextTurn,
    commit: async (run) => {
      // In one go: a read between the two would find itself in the transaction of a write.
      const finish = await retryWhileBusy(() => commitOnce(begin(source), source, run));
      finish();
    },
  });
}

/** After the events that are there by now, so that what they bring is in the same group. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** Takes the write lock before the first step is drawn, because steps can't be drawn twice. */
function begin({ use }: Source): Database {
  const raw = use();
  raw.query("begin immediate").run();
  return raw;
}

/** Runs a group in the open transaction and ends it. What fails is thrown by the answer: it must not run again for it. */
function commitOnce(raw: Database, { confirm }: Source, run: (raw: RawDatabase) => void): () => void {
  try {
    run(raw);
    raw.query("commit").run();
    confirm();
    return () => {};
  } catch (error) {
    if (raw.inTransaction) raw.query("rollback").run();
    return () => {
      throw error;
    };
  }
}
