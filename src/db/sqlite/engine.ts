import { sqliteDialect } from "./dialect.ts";
import type { Statement, Values } from "../compiled.ts";
import type { Engine, Step } from "../engine.ts";
import { createGroupCommit } from "./group-commit.ts";
import { checkSchema, type Migration } from "../migrate.ts";
import { retryWhileBusy } from "./busy.ts";
import type { Connection } from "./connection.ts";
import { explainSqliteError } from "./errors.ts";
import { ENQUEUE, ENQUEUE_PROFILE, enqueueMerged } from "../replica/statements.ts";
import type { ScanKind } from "../scan-queue.ts";
import type { Written } from "../statement.ts";
import type { ReaderPool } from "./reader-pool.ts";
import { runStatement, writeStatement } from "./statement.ts";

/** A reader reads for milliseconds, mostly. */
const SCRUB_TIMEOUT_MS = 1000;
const SCRUB_RETRY_DELAY_MS = 10;

export type EngineParts = {
  readonly connection: Connection;
  readonly path: string;
  readonly migrations: readonly Migration[];
  /** They run what may take long. */
  readonly readers?: ReaderPool | undefined;
};

/** The engine of the store over a database in a file. What it throws names the path. */
export function createSqliteEngine(parts: EngineParts): Engine {
  const { connection, path, migrations, readers } = parts;
  const { submit, idle } = createGroupCommit({ use: connection.forWrite, confirm: connection.assertSameFile });
  const explain = (error: unknown): never => {
    throw explainSqliteError(error, path);
  };
  const read = <Row>(_user: string, query: Statement<Row>, values?: Values) =>
    retryWhileBusy(() => runStatement(connection.forRead(), query, values)).catch(explain);
  const scanApart = readers && createScan(readers, parts);
  const scanOf = (kind: ScanKind) =>
    scanApart
      ? <Row>(user: string, query: Statement<Row>, values?: Values) =>
          scanApart(kind, user, writeStatement(query, values)).catch(explain) as Promise<Row[]>
      : read;
  return {
    dialect: sqliteDialect,
    enqueue: { edits: ENQUEUE, merged: enqueueMerged, profile: ENQUEUE_PROFILE },
    get node() {
      return connection.node();
    },
    claimNode: () => retryWhileBusy(() => claimNode(connection)).catch(explain),
    read,
    scan: scanOf("search"),
    scanLarge: scanOf("large"),
    atomically: <Row>(user: string, steps: Iterable<Step<Row>>) => submit(user, steps).catch(explain) as Promise<Row[]>,
    scrub: () => emptyLog(connection).catch(explain),
    ping: () => retryWhileBusy(() => checkSchema(connection.raw(), migrations)).catch(explain),
    close: async () => {
      await idle();
      await readers?.close();
      connection.close();
    },
  };
}

function claimNode({ forWrite, node }: Connection): string {
  forWrite();
  return node();
}

/** Makes a read in other processes. If another file has taken the place of this one meanwhile, that is read. */
function createScan(readers: ReaderPool, { connection, path }: EngineParts) {
  return async function scan(kind: ScanKind, user: string, statement: Written): Promise<readonly unknown[]> {
    const file = await retryWhileBusy(connection.currentFile);
    const reply = await readers.read(kind, user, { path, file, ...statement });
    if (reply.kind === "rows") return reply.rows;
    if (reply.kind === "moved") return scan(kind, user, statement);
    throw Object.assign(new Error(reply.message), { code: reply.code });
  };
}

/** Moves what is in the -wal file into the database, and empties it, unless somebody reads for longer than this waits. */
async function emptyLog({ raw }: Connection): Promise<void> {
  const end = performance.now() + SCRUB_TIMEOUT_MS;
  const tryOnce = () => raw().query<{ busy: number }, []>("pragma wal_checkpoint(truncate)").get()?.busy === 0;
  while (!tryOnce() && performance.now() < end) await Bun.sleep(SCRUB_RETRY_DELAY_MS);
}
