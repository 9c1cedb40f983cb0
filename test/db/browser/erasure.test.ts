import { expect, test } from "bun:test";
import { answerOf, type IndexedDb, openConnection, PIECES } from "../../../src/db/browser/indexed-db.ts";
import { openKeptFile } from "../../../src/db/browser/open.ts";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import { createTestBrowser, shareSqlite } from "../../support/browser/databases.ts";

const SECRET = "a secret title";

/** Whether the browser holds a text in any record, also behind the end of the file. */
async function holds(indexedDB: IndexedDb, name: string, text: string): Promise<boolean> {
  const connection = await openConnection(indexedDB, name, { mayCreate: false });
  const transaction = connection?.transaction([PIECES], "readonly", { durability: "relaxed" });
  const pieces = transaction ? await answerOf(transaction.objectStore(PIECES).getAll()) : [];
  connection?.close();
  return pieces.some((piece) => piece instanceof Uint8Array && Buffer.from(piece).includes(text));
}

// When its table moves to the front it leaves behind what was at the end.
test.each(["delete from note", "drop table note", "drop table other; vacuum; delete from note"])(
  "what is deleted is in no record any more: %s",
  async (removal) => {
    const { indexedDB, name } = createTestBrowser();
    const options = { indexedDB, migrations: sqliteMigrations, sqlite: shareSqlite() };
    const { disk, use, close } = await openKeptFile(name, options);
    await disk.transact(() => {
      use().run("create table other as select zeroblob(20000) as bytes; create table note (text text)");
      use().run(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) insert into note select ? from n",
        [SECRET],
      );
    });
    expect(await holds(indexedDB, name, SECRET)).toBe(true);
    await disk.transact(() => use().run(removal));
    expect(await holds(indexedDB, name, SECRET)).toBe(false);
    await close();
  },
);
