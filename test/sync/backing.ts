import { Database } from "bun:sqlite";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { notePlace } from "../../src/db/sqlite/file-identity.ts";
import { openSqlite } from "../../src/db/sqlite/database.ts";
import type { DatabaseFile } from "../../src/ports/database.ts";
import type { SyncStore } from "../../src/ports/sync.ts";
import { share } from "../support/share.ts";
import type { Random } from "../support/random.ts";

/** The database of a server. One that can go back to what it was has the last two. */
export type Backing = {
  readonly sync: () => SyncStore;
  readonly close: () => Promise<void>;
  readonly snapshot?: () => void;
  readonly restore?: () => Promise<void>;
};

/** A copy of a new database, made once: to copy it again takes a fifth of the time. */
export const makeEmpty = share(async () => {
  const folder = mkdtempSync(`${tmpdir()}/todo-empty-`);
  const opened = openSqlite(":memory:");
  opened.file.backup(`${folder}/todo.db`);
  await opened.store.close();
  const empty = readFileSync(`${folder}/todo.db`);
  rmSync(folder, { recursive: true });
  return empty;
});

/** Opens a new database in a file. Like every copy it makes itself a node of its own before it is written. */
export async function openFresh(path: string): Promise<DatabaseFile> {
  writeFileSync(path, await makeEmpty(), { mode: 0o600 });
  return openSqlite(path);
}

/** A file as somebody copies it who knows nothing of what is in it. */
export function copyFiles(from: string, to: string): void {
  for (const suffix of ["", "-wal"]) if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
}

/** A file of a copied machine, on which all is where it was: nobody can tell, so that both go on as the same node. */
export function cloneFiles(from: string, to: string): void {
  copyFiles(from, to);
  const raw = new Database(to);
  notePlace(raw, to);
  raw.close(true);
}

/** A server's database in a file, with snapshots of which any may take its place. */
export async function createSqliteBacking(folder: string, random: Random): Promise<Backing> {
  let path = `${folder}/server.db`;
  let opened = await openFresh(path);
  const snapshots: string[] = [];
  let restores = 0;
  return {
    sync: () => opened.sync,
    close: () => opened.store.close(),
    snapshot: () => {
      const target = `${folder}/snapshot-${snapshots.length}.db`;
      copyFiles(path, target);
      snapshots.push(target);
    },
    restore: async () => {
      if (snapshots.length === 0) return;
      await opened.store.close();
      path = `${folder}/server-${(restores += 1)}.db`;
      copyFiles(random.pick(snapshots), path);
      opened = openSqlite(path);
    },
  };
}
