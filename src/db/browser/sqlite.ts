import sqlite3InitModule, {
  type Database,
  type PreparedStatement,
  type Sqlite3Static,
  type SqlValue,
} from "@sqlite.org/sqlite-wasm";
import type { Value } from "../compiled.ts";
import type { FunctionHost, RawDatabase, RawStatement } from "../sqlite/raw.ts";
import { installFileSystem, type PieceFile } from "./file-system.ts";

/** As many as the driver on the command line keeps for a server. */
const MAX_PREPARED_STATEMENTS = 100;

/**
 * IndexedDB is the commit, so SQLite neither waits for a disk nor writes a journal. What is deleted is overwritten. The cache (KiB)
 * spares a call for each page that is read.
 */
const SETTINGS = `
  pragma journal_mode = memory;
  pragma synchronous = off;
  pragma secure_delete = on;
  pragma temp_store = memory;
  pragma cache_size = -4000`;

/** An open database that SQLite has in a file in memory. */
export type WasmDatabase = RawDatabase & FunctionHost & { readonly close: () => void };

/** SQLite as WebAssembly. To load it takes longer than to open a database. */
export type Sqlite = { readonly open: (file: PieceFile) => WasmDatabase };

/** Loads it from beside this program's script. Its own ways to keep files are left out: they look for what they need and warn. */
export async function loadSqlite(): Promise<Sqlite> {
  Object.assign(globalThis, {
    sqlite3ApiConfig: { warn: () => {}, disable: { vfs: { kvvfs: true, opfs: true, "opfs-wl": true } } },
  });
  const sqlite3 = await sqlite3InitModule();
  const { name, files } = installFileSystem(sqlite3);
  let opened = 0;
  return {
    open: (file) => {
      const path = `/${(opened += 1)}.db`;
      files.set(path, file);
      const database = new sqlite3.oo1.DB({ filename: path, flags: "c", vfs: name });
      const driver = createDriver(sqlite3, database, () => void files.delete(path));
      try {
        driver.run(SETTINGS);
        return driver;
      } catch (error) {
        driver.close();
        throw error;
      }
    },
  };
}

function createDriver(sqlite3: Sqlite3Static, database: Database, onClose: () => void): WasmDatabase {
  const prepared = new Map<string, PreparedStatement>();
  const prepare = (text: string): PreparedStatement => {
    const statement = prepared.get(text) ?? database.prepare(text);
    // The order of a map is that of insertion: what was used last goes to its end.
    prepared.delete(text);
    prepared.set(text, statement);
    const [[oldest, unused] = []] = prepared.size > MAX_PREPARED_STATEMENTS ? prepared : [];
    if (oldest !== undefined) prepared.delete(oldest);
    unused?.finalize();
    return statement;
  };
  const runs = <Result>(work: () => Result): Result => translating(sqlite3, work);
  return {
    get inTransaction() {
      return sqlite3.capi.sqlite3_get_autocommit(database) === 0;
    },
    query: <Row>(text: string): RawStatement<Row> => {
      const all = (...params: Value[]) => runs(() => readRows(prepare(text), params) as Row[]);
      return { all, get: (...params) => all(...params)[0] ?? null, run: all };
    },
    run: (text, params = []) =>
      void runs(() => database.exec({ sql: text, ...(params.length > 0 && { bind: params }) })),
    function: (name, options, work) => {
      const xFunc = (_: number, ...values: unknown[]) => work(...values) as SqlValue;
      database.createFunction({ name, ...options, arity: work.length, xFunc });
    },
    close: () => {
      for (const statement of prepared.values()) statement.finalize();
      prepared.clear();
      database.close();
      onClose();
    },
  };
}

function readRows(statement: PreparedStatement, params: Value[]): unknown[] {
  try {
    if (params.length > 0) statement.bind(params);
    const names = statement.columnCount > 0 ? statement.getColumnNames() : [];
    const rows: unknown[] = [];
    while (statement.step()) {
      const row: Record<string, unknown> = {};
      for (const [at, name] of names.entries()) row[name] = statement.get(at);
      rows.push(row);
    }
    return rows;
  } finally {
    statement.resetNoThrow(true);
  }
}

/** What SQLite throws, with its code as text, as the driver on the command line has it. */
function translating<Result>({ capi, SQLite3Error }: Sqlite3Static, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SQLite3Error)) throw error;
    const { resultCode } = error as Error & { readonly resultCode: number };
    const code = capi.sqlite3_js_rc_str(resultCode) ?? capi.sqlite3_js_rc_str(resultCode & 0xff);
    throw Object.assign(new Error(error.message, { cause: error }), { code });
  }
}
