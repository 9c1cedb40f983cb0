import type { Replica } from "../../ports/replica.ts";
import type { Store } from "../../ports/store.ts";
import type { Migration } from "../migrate.ts";
import { createReplica } from "../replica/replica.ts";
import { checkFile } from "../sqlite/integrity.ts";
import { sqliteMigrations } from "../sqlite/migrations.ts";
import { createStore } from "../tasks/store.ts";
import { createBrowserEngine } from "./engine.ts";
import { explainBrowserError } from "./errors.ts";
import { joinFile, type PieceFile } from "./file-system.ts";
import type { IndexedDb } from "./indexed-db.ts";
import { adoptFile, openKeptFile } from "./open.ts";
import { type Keeping, openPages } from "./pages.ts";
import { loadSqlite, type Sqlite } from "./sqlite.ts";

export type BrowserOptions = {
  readonly indexedDB: IndexedDb;
  readonly migrations?: readonly Migration[];
  /** SQLite, where it was loaded before. */
  readonly sqlite?: Promise<Sqlite>;
};

/** A database in a browser. Other pages may have it open, too. */
export type BrowserDatabase = {
  readonly store: Store;
  readonly openReplica: (owner: string) => Replica;
  readonly file: BrowserFile;
  /**
   * From here on what a replica writes is in memory alone, because a first sync changes the same pieces again and again. An edit keeps
   * all that there is with it. If the page ends, what was not kept is gone.
   */
  readonly hold: () => Promise<void>;
  /** Ends the hold and keeps what was held. Throws `locked` if another page has written meanwhile: then that is gone. */
  readonly release: () => Promise<void>;
  /** Calls this after each commit of another page, which the next read finds. Answers how to end it. */
  readonly subscribe: (onCommit: () => void) => () => void;
  /** Keeps what the page may show before the database is open (`readPreview`). It never throws. */
  readonly keepPreview: (value: unknown) => Promise<void>;
  readonly close: () => Promise<void>;
  /** Deletes the database. For other pages it is `unavailable` from then on. */
  readonly remove: () => Promise<void>;
};

/** The file that the database is, as the command line reads and writes it. */
export type BrowserFile = {
  readonly read: () => Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Puts a file in the place of all that is here, brought up to date and with a node of its own. Throws `unreadable_store`,
   * `newer_store` or `full_disk`, and then all is as it was.
   */
  readonly replace: (bytes: Uint8Array) => Promise<void>;
  /** The problems of the file, empty if it is sound. */
  readonly check: () => Promise<string[]>;
};

/**
 * Opens a database in IndexedDB, and makes it when there is none. Throws `unreadable_store`, `newer_store`, `full_disk` or
 * `unavailable`; the database is then as it was.
 */
export async function openBrowserDatabase(name: string, options: BrowserOptions): Promise<BrowserDatabase> {
  const { indexedDB, migrations = sqliteMigrations, sqlite = loadSqlite() } = options;
  const { disk, use, driver, close } = await openKeptFile(name, { indexedDB, sqlite, migrations }).catch(explain);
  const createEngine = (keeping: Keeping, onClose: () => Promise<void>) =>
    createBrowserEngine({ disk, use, migrations, keeping, onClose });
  const replicaEngine = createEngine("after hold", () => Promise.resolve());
  const store = createStore(
    createEngine("at once", async () => {
      await replicaEngine.close();
      await close();
    }),
  );
  return {
    store,
    openReplica: (owner) => createReplica(replicaEngine, owner),
    file: {
      read: () =>
        disk
          .refresh()
          .then(() => joinFile(disk.file))
          .catch(explain),
      replace: async (bytes) => disk.replace(adopt(driver, bytes, migrations)).catch(explain),
      check: () =>
        disk
          .refresh()
          .then(() => checkFile(use()))
          .catch(explain),
    },
    hold: disk.hold,
    release: () => disk.release().catch(explain),
    subscribe: disk.subscribe,
    keepPreview: disk.keepPreview,
    close: () => store.close(),
    remove: async () => {
      await disk.remove().catch(explain);
      await close();
    },
  };
}

/** The file of a database as it is kept, also where it can't be opened. Throws as opening does if there is nothing to be read. */
export async function readKeptFile(name: string, indexedDB: IndexedDb): Promise<Uint8Array<ArrayBuffer>> {
  const disk = await openPages(indexedDB, name, () => {}).catch(explain);
  try {
    await disk.refresh().catch(explain);
    return joinFile(disk.file);
  } finally {
    await disk.close();
  }
}

function adopt(driver: Sqlite, bytes: Uint8Array, migrations: readonly Migration[]): PieceFile {
  try {
    return adoptFile(driver, bytes, migrations);
  } catch (error) {
    throw explainBrowserError(error, "the file");
  }
}

function explain(error: unknown): never {
  throw explainBrowserError(error);
}
