import { IDBFactory } from "fake-indexeddb";
import { type BrowserOptions, openBrowserDatabase } from "../../../src/db/browser/database.ts";
import { createBrowserEngine } from "../../../src/db/browser/engine.ts";
import type { IndexedDb } from "../../../src/db/browser/indexed-db.ts";
import { openKeptFile } from "../../../src/db/browser/open.ts";
import { loadSqlite } from "../../../src/db/browser/sqlite.ts";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import { share } from "../share.ts";
import type { OpenedEngine } from "../stores/engines.ts";

/** SQLite as WebAssembly, loaded once for a whole test run. */
export const shareSqlite = share(loadSqlite);

/** A browser with nothing stored. Each database that is opened in it is as in a page of its own. */
export function createTestBrowser(given: { readonly indexedDB?: IndexedDb } = {}) {
  const real = new IDBFactory();
  const indexedDB = given.indexedDB ?? real;
  // Pages of one browser hear of each other by the name of the database.
  const name = `todo:${crypto.randomUUID()}`;
  return {
    indexedDB,
    name,
    /** The names of the databases that there are. */
    listNames: async () => (await real.databases()).map(({ name: found }: { readonly name: string }) => found),
    open: (options: Partial<BrowserOptions> = {}) =>
      openBrowserDatabase(name, { indexedDB, sqlite: shareSqlite(), ...options }),
  };
}

/** The engine of a new database. */
export async function openBrowserEngine(
  name: string = crypto.randomUUID(),
  indexedDB = new IDBFactory(),
): Promise<OpenedEngine> {
  const migrations = sqliteMigrations;
  const { disk, use, close } = await openKeptFile(name, { indexedDB, migrations, sqlite: shareSqlite() });
  const engine = createBrowserEngine({ disk, use, migrations, keeping: "at once", onClose: close });
  return { engine, close: engine.close };
}
