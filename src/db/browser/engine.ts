import type { Statement, Values } from "../compiled.ts";
import type { Engine, Step } from "../engine.ts";
import { checkSchema, type Migration } from "../migrate.ts";
import { ENQUEUE, ENQUEUE_PROFILE, enqueueMerged } from "../replica/statements.ts";
import { sqliteDialect } from "../sqlite/dialect.ts";
import { readNotes } from "../sqlite/node.ts";
import { type RawDatabase, runTransaction } from "../sqlite/raw.ts";
import { runStatement } from "../sqlite/statement.ts";
import { createUnitQueue } from "../sqlite/unit-queue.ts";
import { explainBrowserError } from "./errors.ts";
import type { Disk, Keeping } from "./pages.ts";

export type BrowserEngineParts = {
  readonly disk: Disk;
  /** The open database. Another one after the file was read anew. */
  readonly use: () => RawDatabase;
  readonly migrations: readonly Migration[];
  readonly keeping: Keeping;
  readonly onClose: () => Promise<void>;
};

/** The engine of the store over a file whose pieces are in IndexedDB. One group of units is one transaction there. */
export function createBrowserEngine({ disk, use, migrations, keeping, onClose }: BrowserEngineParts): Engine {
  const explain = (error: unknown): never => {
    throw explainBrowserError(error);
  };
  const { submit, idle } = createUnitQueue({
    // Units gather while the transaction begins.
    gather: () => Promise.resolve(),
    commit: (run) => disk.transact(() => runTransaction(use(), () => run(use())), keeping),
  });
  const onNewest = <Result>(work: () => Result) => disk.refresh().then(work).catch(explain);
  const read = <Row>(_user: string, query: Statement<Row>, values?: Values) =>
    onNewest(() => runStatement(use(), query, values));
  return {
    dialect: sqliteDialect,
    enqueue: { edits: ENQUEUE, merged: enqueueMerged, profile: ENQUEUE_PROFILE },
    get node() {
      return readNotes(use()).node;
    },
    claimNode: () => onNewest(() => readNotes(use()).node),
    read,
    scan: read,
    scanLarge: read,
    atomically: <Row>(user: string, steps: Iterable<Step<Row>>) => submit(user, steps).catch(explain) as Promise<Row[]>,
    // What is deleted is overwritten in the pieces, and nothing is beside them.
    scrub: () => Promise.resolve(),
    ping: () => onNewest(() => checkSchema(use(), migrations)),
    close: async () => {
      await idle();
      await onClose();
    },
  };
}
