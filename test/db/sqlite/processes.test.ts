import { describe, expect, test } from "bun:test";
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Migration } from "../../../src/db/migrate.ts";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { newId, OPENING, titleOf } from "../../support/stores/test-user.ts";
import { queryRaw } from "../../support/disks/files.ts";
import { type OpenOutcome, useOpenings } from "../../support/children/opening.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const NAMES = ["0", "1", "2"];
// While one process writes it, the others arrive.
const SLOW: Migration = { name: "9000_slow", sql: "create table slow as select randomblob(12000000) as bytes" };
const NOTE: Migration = {
  name: "9001_note",
  sql: "create table note (text text);--> statement-breakpoint\ninsert into note values ('once')",
};

const freshPath = useFreshPaths();
const openElsewhere = useOpenings();

async function createStore(path: string): Promise<void> {
  const { store } = openSqlite(path);
  await store.commit("local", { action: "add", now: OPENING, edits: [{ id: newId(), fields: { title: "old" } }] });
  await store.close();
}

async function tasksIn(path: string, migrations: readonly Migration[] = []): Promise<readonly Task[]> {
  const { store, file } = openSqlite(path, { migrations: [...sqliteMigrations, ...migrations] });
  expect(file.check()).toEqual([]);
  const { tasks } = await store.find("local", { where: [], sort: "title" });
  await store.close();
  return tasks;
}

/** Three processes that all begin when all are there. Each writes its tasks. */
async function openTogether(
  path: string,
  migrations: readonly Migration[],
  titles = (name: string) => [name],
): Promise<OpenOutcome[]> {
  const startWhen = join(dirname(path), "go");
  const children = NAMES.map((name) => openElsewhere({ path, migrations, titles: titles(name), startWhen }));
  await Promise.all(children.map((child) => child.ready()));
  writeFileSync(startWhen, "");
  return Promise.all(children.map((child) => child.outcome()));
}

describe("processes that come at once", () => {
  test("bring a database up to date together, each migration once", async () => {
    const path = freshPath();
    await createStore(path);
    const outcomes = await openTogether(path, [SLOW, NOTE]);
    expect(outcomes.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    const applied = [...sqliteMigrations, SLOW, NOTE].map(({ name }) => name);
    expect(queryRaw(path, "select name from migrations order by rowid")).toEqual(applied);
    expect(queryRaw(path, "select text from note")).toEqual(["once"]);
    expect((await tasksIn(path, [SLOW, NOTE])).map(titleOf)).toEqual([...NAMES, "old"]);
    expect((await tasksIn(`${path}.before-9000_slow`)).map(titleOf)).toEqual(["old"]);
  });

  test("make one new database, which has what each of them wrote", async () => {
    const path = freshPath();
    const outcomes = await openTogether(path, [SLOW]);
    expect(outcomes.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    expect(new Set(outcomes.map(({ node }) => node)).size).toBe(1);
    expect((await tasksIn(path, [SLOW])).map(titleOf)).toEqual(NAMES);
    expect(readdirSync(dirname(path)).toSorted()).toEqual(["go", "todo.db"]);
  });

  test("open a backup that was put in place, although that is not yet as a live database is", async () => {
    const [path, restored] = [freshPath(), freshPath()];
    await createStore(path);
    const { store, file } = openSqlite(path);
    file.backup(restored);
    await store.close();
    const outcomes = await openTogether(restored, []);
    expect(outcomes.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    expect((await tasksIn(restored)).map(titleOf)).toEqual([...NAMES, "old"]);
  });

  test("lose none of each other's tasks, and each task has its own revision", async () => {
    const path = freshPath();
    await createStore(path);
    const titles = (name: string) =>
      Array.from({ length: 30 }, (_, number) => `${name}-${String(number).padStart(2, "0")}`);
    const outcomes = await openTogether(path, [], titles);
    expect(outcomes.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    const tasks = await tasksIn(path);
    expect(tasks.map(titleOf)).toEqual([...NAMES.flatMap(titles), "old"]);
    expect(new Set(tasks.map(({ revision }) => revision)).size).toBe(tasks.length);
  });
});
