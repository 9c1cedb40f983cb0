import { TodoError } from "../../domain/errors.ts";
import { applyPending, type Migration, migrateFresh, readApplied } from "../migrate.ts";
import { addFunctions } from "../sqlite/functions.ts";
import { checkFile } from "../sqlite/integrity.ts";
import { noteCopy, renewNode } from "../sqlite/node.ts";
import { createDriverError } from "./errors.ts";
import { type PieceFile, splitFile } from "./file-system.ts";
import type { IndexedDb } from "./indexed-db.ts";
import { type Disk, openPages } from "./pages.ts";
import type { Sqlite, WasmDatabase } from "./sqlite.ts";

/** Where a header says how the file is written and read, and that it is without a -wal file beside it. */
const FORMAT_OFFSETS = [18, 19];
const ROLLBACK_FORMAT = 1;

export type Opening = {
  readonly indexedDB: IndexedDb;
  readonly migrations: readonly Migration[];
  readonly sqlite: Promise<Sqlite>;
};

/** A database whose file is kept in IndexedDB. */
export type KeptFile = {
  readonly disk: Disk;
  readonly driver: Sqlite;
  /** The open database. It is another one after memory was filled anew. */
  readonly use: () => WasmDatabase;
  readonly close: () => Promise<void>;
};

/** Opens the file of this name, makes it when there is none, and brings it up to date. Where that fails it is as it was. */
export async function openKeptFile(name: string, { indexedDB, migrations, sqlite }: Opening): Promise<KeptFile> {
  let opened: WasmDatabase | undefined;
  const reset = () => {
    opened?.close();
    opened = undefined;
  };
  const loading = sqlite.catch((error: unknown) => {
    throw createDriverError(error);
  });
  const [driver, disk] = await openBoth(loading, openPages(indexedDB, name, reset));
  const use = () => (opened ??= openFile(driver, disk.file));
  const close = async () => {
    await disk.close();
    reset();
  };
  try {
    await bringUpToDate(disk, use, migrations);
    return { disk, driver, use, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Makes a file of a todo database from elsewhere, brought up to date. It is a copy, and has a node of its own: the database that it was
 * taken from may go on.
 */
export function adoptFile(sqlite: Sqlite, bytes: Uint8Array, migrations: readonly Migration[]): PieceFile {
  if (bytes.length === 0) throw new TodoError("unreadable_store", "it is empty");
  const file = splitFile(bytes);
  const header = file.pieces.get(0);
  for (const offset of FORMAT_OFFSETS) header?.fill(ROLLBACK_FORMAT, offset, offset + 1);
  const raw = openFile(sqlite, file);
  try {
    if (!isComplete(raw, migrations)) applyPending(raw, migrations);
    const [problem] = checkFile(raw);
    if (problem !== undefined) throw new TodoError("unreadable_store", `the database is damaged: ${problem}`);
    becomeCopy(raw);
    return file;
  } finally {
    raw.close();
  }
}

/** Waits for both, so that nothing stays open where the other fails. */
async function openBoth(loading: Promise<Sqlite>, opening: Promise<Disk>): Promise<[Sqlite, Disk]> {
  const [driver, disk] = await Promise.allSettled([loading, opening]);
  if (disk.status === "rejected") throw disk.reason;
  if (driver.status === "fulfilled") return [driver.value, disk.value];
  await disk.value.close();
  throw driver.reason;
}

/** Fills a new file, or applies what an older one lacks. */
async function bringUpToDate(disk: Disk, use: () => WasmDatabase, migrations: readonly Migration[]): Promise<void> {
  if (disk.file.size > 0 && isComplete(use(), migrations)) return;
  await disk.transact(() => {
    // Another page may have been faster.
    if (disk.file.size === 0) create(use(), migrations);
    else if (!isComplete(use(), migrations)) applyPending(use(), migrations);
  });
}

function openFile(sqlite: Sqlite, file: PieceFile): WasmDatabase {
  const raw = sqlite.open(file);
  addFunctions(raw);
  return raw;
}

function create(raw: WasmDatabase, migrations: readonly Migration[]): void {
  migrateFresh(raw, migrations);
  becomeCopy(raw);
}

/** Whatever is saved of a database here is a copy of it, and gets a node of its own at its first write elsewhere. */
function becomeCopy(raw: WasmDatabase): void {
  renewNode(raw);
  noteCopy(raw);
}

/** Throws `unreadable_store` for a database of another program and `newer_store` for one of a later version. */
function isComplete(raw: WasmDatabase, migrations: readonly Migration[]): boolean {
  const applied = readApplied(raw, migrations);
  return migrations.every(({ name }) => applied.includes(name));
}
