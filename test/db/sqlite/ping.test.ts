import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { refusalOf } from "../../support/errors.ts";
import { queryRaw } from "../../support/disks/files.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const freshPath = useFreshPaths();
const LATER = { name: "9001_note", sql: "create table note (text text)" };

describe("a store that is open", () => {
  test("is refused from when a newer program has changed its schema", async () => {
    const path = freshPath();
    const { store } = openSqlite(path);
    await store.ping();
    await openSqlite(path, { migrations: [...sqliteMigrations, LATER] }).store.close();
    const error = await refusalOf(store.ping());
    expect(error).toMatchObject({ code: "newer_store" });
    expect(error.message).toBe(`${path}: a newer version of todo wrote it (9001_note)`);
    expect(error.hints).not.toEqual([]);
    await store.close();
  });

  test("is not there for a program whose schema it lacks", async () => {
    const path = freshPath();
    const { store } = openSqlite(path, { migrations: [...sqliteMigrations, LATER] });
    await store.ping();
    const elsewhere = new Database(path);
    elsewhere.run("delete from migrations where name = '9001_note'");
    elsewhere.close(true);
    const error = await refusalOf(store.ping());
    expect(error).toMatchObject({ code: "unavailable", retryAfter: 5 });
    expect(error.message).toBe(`${path}: the database lacks the migration 9001_note`);
    await store.close();
  });
});

test("a new user has a row that stands at the beginning", async () => {
  const path = freshPath();
  const { store } = openSqlite(path);
  await store.ensureUser("someone");
  await store.close();
  expect(queryRaw(path, "select id || ' ' || revision || ' ' || clock from users")).toEqual(["someone 0 0"]);
});
