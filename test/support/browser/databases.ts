import { IDBFactory } from "fake-indexeddb";
import { openBrowserDatabase, type BrowserOptions } from "../../../src/db/browser/database.ts";
import { loadSqlite } from "../../../src/db/browser/sqlite.ts";
import { share } from "../share.ts";

/** SQLite as WebAssembly, loaded once for a whole test run. */
export const shareSqlite = share(loadSqlite);

/** A browser with nothing stored. Each database that is opened in it is as in a page of its own. */
export function createTestBrowser(indexedDB = new IDBFactory()) {
  // Pages of one browser hear of each other by the name of the database.
  const name = `todo:${crypto.randomUUID()}`;
  return {
    indexedDB,
    name,
    open: (options: Partial<BrowserOptions> = {}) =>
      openBrowserDatabase(name, { indexedDB, sqlite: shareSqlite(), ...options }),
  };
}
