import { Database } from "bun:sqlite";
import { rmSync } from "node:fs";
import { IDBFactory } from "fake-indexeddb";
import { createBrowserEngine } from "../../src/db/browser/engine.ts";
import { joinFile, splitFile } from "../../src/db/browser/file-system.ts";
import { adoptFile, type KeptFile, openKeptFile } from "../../src/db/browser/open.ts";
import { createReplica } from "../../src/db/replica/replica.ts";
import { sqliteMigrations } from "../../src/db/sqlite/migrations.ts";
import { createSyncStore } from "../../src/db/sync/store.ts";
import { createStore } from "../../src/db/tasks/store.ts";
import { shareSqlite } from "../support/browser/databases.ts";
import type { OpenedForReplica } from "../support/sync/replica.ts";
import { copyFiles } from "./backing.ts";

const migrations = sqliteMigrations;

/** Devices that are pages in a browser, each by the path that its file would have. */
export type Pages = {
  readonly has: (path: string) => boolean;
  readonly open: (path: string) => Promise<OpenedForReplica>;
  /** Opens a file in another page, as somebody does who has saved it. */
  readonly adopt: (path: string, bytes: Uint8Array) => Promise<OpenedForReplica>;
  /** The page of a copied machine, in which all is the same. */
  readonly clone: (from: string, to: string) => Promise<OpenedForReplica>;
  /** The bytes that somebody saves. */
  readonly save: (path: string) => Uint8Array;
};

/** Which nodes are pages in the world of a seed: every second one. The last one, which is a copy, is one in every second world. */
export function choosePages(seed: number): (node: number) => boolean {
  return (node) => (node + seed) % 2 === 1;
}

export function createPages(): Pages {
  const indexedDB = new IDBFactory();
  const kept = new Map<string, KeptFile>();
  const fileOf = (path: string) => {
    const opened = kept.get(path);
    if (!opened) throw new Error(`${path} is no page`);
    return opened;
  };
  const open = async (path: string): Promise<OpenedForReplica> => {
    const { disk, driver, use, close } = await openKeptFile(path, { indexedDB, migrations, sqlite: shareSqlite() });
    kept.set(path, { disk, driver, use, close });
    const engine = createBrowserEngine({ disk, use, migrations, keeping: "at once", onClose: close });
    return {
      store: createStore(engine),
      sync: createSyncStore(engine),
      openReplica: (owner) => createReplica(engine, owner),
    };
  };
  const save = (path: string) => joinFile(fileOf(path).disk.file);
  return {
    has: (path) => kept.has(path),
    open,
    save,
    adopt: async (path, bytes) => {
      const opened = await open(path);
      const { disk, driver } = fileOf(path);
      await disk.replace(adoptFile(driver, bytes, migrations));
      return opened;
    },
    clone: async (from, to) => {
      const opened = await open(to);
      await fileOf(to).disk.replace(splitFile(save(from)));
      return opened;
    },
  };
}

/** All of a database in a file, with what is beside it. */
export async function readWhole(path: string): Promise<Uint8Array> {
  const copy = `${path}.saved`;
  copyFiles(path, copy);
  const raw = new Database(copy);
  raw.run("pragma wal_checkpoint(truncate)");
  raw.close(true);
  const bytes = await Bun.file(copy).bytes();
  rmSync(copy);
  return bytes;
}
