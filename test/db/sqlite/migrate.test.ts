import { describe, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Migration } from "../../../src/db/migrate.ts";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { handleOf } from "../../../src/domain/task/handle.ts";
import { stampFields } from "../../../src/domain/task/registers.ts";
import { newId, titleOf } from "../../support/stores/test-user.ts";
import { refusal } from "../../support/errors.ts";
import { photograph, queryRaw } from "../../support/disks/files.ts";
import { useOpenings } from "../../support/children/opening.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const BREAK = "--> statement-breakpoint";
const NOTE = "create table note (text text not null)";
const LATER: readonly Migration[] = [
  { name: "9001_note", sql: `${NOTE};${BREAK}\ninsert into note values ('from 9001')` },
  { name: "9002_energy", sql: "alter table tasks add column energy as (registers ->> 'energy')" },
  { name: "9003_index", sql: `create index note_text on note (text);${BREAK}\ninsert into note values ('from 9003')` },
];
const WHOLE = [...sqliteMigrations, ...LATER];

const freshPath = useFreshPaths();
const start = useOpenings();

/** A database with these migrations and one task. */
async function createStore(path: string, migrations: readonly Migration[] = sqliteMigrations): Promise<void> {
  await openSqlite(path, { migrations }).store.close();
  const raw = new Database(path);
  const registers = stampFields({ title: "old" }, "019a9f3c51c80000a1b2c3d4");
  const id = newId();
  // Past the store, whose statements are of the newest version.
  raw.run("insert into users (id, revision, clock) values ('local', 1, 1)");
  raw.run("insert into tasks (user_id, id, handle, revision, registers) values ('local', ?, ?, 1, ?)", [
    id,
    handleOf(id),
    JSON.stringify(registers),
  ]);
  raw.close(true);
}

async function titlesIn(path: string, migrations: readonly Migration[]): Promise<string[]> {
  const { store, file } = openSqlite(path, { migrations });
  expect(file.check()).toEqual([]);
  const { tasks } = await store.find("local", { where: [] });
  await store.close();
  return tasks.map(titleOf);
}

function appliedIn(path: string): unknown[] {
  return queryRaw(path, "select name from migrations order by rowid");
}

function names(migrations: readonly Migration[]): string[] {
  return migrations.map(({ name }) => name);
}

describe("a database of an older version", () => {
  test.each(WHOLE.slice(1).map(({ name }, place): [string, number] => [name, place + 1]))(
    "that has everything before %s gets the rest and ends like a new one",
    async (_, count) => {
      const [path, fresh] = [freshPath(), freshPath()];
      await createStore(path, WHOLE.slice(0, count));
      expect(await titlesIn(path, WHOLE)).toEqual(["old"]);
      await createStore(fresh, WHOLE);
      const schema = "select sql from sqlite_schema where sql is not null order by name";
      expect(queryRaw(path, schema)).toEqual(queryRaw(fresh, schema));
      expect(appliedIn(path)).toEqual(names(WHOLE));
      expect(queryRaw(path, "select text from note order by text")).toEqual(["from 9001", "from 9003"]);
    },
  );

  test("gets a migration that was merged late, after those that follow it", async () => {
    const path = freshPath();
    const [note, energy] = LATER;
    await createStore(path, [...sqliteMigrations, ...LATER.slice(1, 2)]);
    await titlesIn(path, [...sqliteMigrations, ...LATER.slice(0, 2)]);
    expect(appliedIn(path)).toEqual([...names(sqliteMigrations), energy?.name, note?.name]);
  });

  test("that is the first one gets an order of creation, and keeps a backup of what it was", async () => {
    const path = freshPath();
    await createStore(path, sqliteMigrations.slice(0, 1));
    expect(await titlesIn(path, sqliteMigrations)).toEqual(["old"]);
    const { store } = openSqlite(path);
    const created = { id: newId(), fields: { title: "new", created_at: "2026-11-20T09:00:00.000Z" } };
    await store.commit("local", { action: "add", now: Date.now(), edits: [created] });
    const { tasks } = await store.find("local", { where: [], sort: "created", limit: 2 });
    expect(tasks.map(titleOf)).toEqual(["old", "new"]);
    await store.close();
    expect(appliedIn(`${path}.before-0001_created`)).toEqual(["0000_first"]);
  });

  test("is left alone when it has everything", async () => {
    const path = freshPath();
    await createStore(path, WHOLE);
    const before = photograph(dirname(path));
    await titlesIn(path, WHOLE);
    expect(photograph(dirname(path))).toEqual(before);
  });
});

describe("before a migration", () => {
  test("a backup is made that opens with what was there, for its owner only", async () => {
    const path = freshPath();
    await createStore(path);
    await titlesIn(path, WHOLE);
    const backup = `${path}.before-9001_note`;
    expect(readdirSync(dirname(path)).toSorted()).toEqual(["todo.db", "todo.db.before-9001_note"]);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(appliedIn(backup)).toEqual(names(sqliteMigrations));
    expect(await titlesIn(backup, sqliteMigrations)).toEqual(["old"]);
  });

  test("a backup that is there already stays as it is", async () => {
    const path = freshPath();
    await createStore(path);
    const backup = `${path}.before-9001_note`;
    writeFileSync(backup, "an earlier one");
    await titlesIn(path, WHOLE);
    expect(await Bun.file(backup).text()).toBe("an earlier one");
  });

  test("a new database needs no backup", async () => {
    const path = freshPath();
    await createStore(path, WHOLE);
    expect(readdirSync(dirname(path))).toEqual(["todo.db"]);
  });
});

describe("a migration that fails", () => {
  const broken: Migration = { name: "9001_broken", sql: `${NOTE};${BREAK}\ninsert into nowhere values (1)` };

  test("leaves the database as it was and says where", async () => {
    const path = freshPath();
    await createStore(path);
    const error = refusal(() => openSqlite(path, { migrations: [...sqliteMigrations, broken] }));
    expect(error.code).toBe("unreadable_store");
    expect(error.message).toBe(`${path}: it can't be brought up to date: the migration 9001_broken fails`);
    expect(error.hints).toEqual([expect.stringContaining("No task was changed.")]);
    expect(appliedIn(path)).toEqual(names(sqliteMigrations));
    expect(queryRaw(path, "select name from sqlite_schema where name = 'note'")).toEqual([]);
    expect(await titlesIn(path, WHOLE)).toEqual(["old"]);
  });

  test("keeps those that went before it, and the next start goes on from there", async () => {
    const path = freshPath();
    await createStore(path);
    refusal(() => openSqlite(path, { migrations: [...sqliteMigrations, ...LATER.slice(0, 2), broken] }));
    expect(appliedIn(path)).toEqual(names([...sqliteMigrations, ...LATER.slice(0, 2)]));
    expect(await titlesIn(path, WHOLE)).toEqual(["old"]);
    expect(queryRaw(path, "select text from note order by text")).toEqual(["from 9001", "from 9003"]);
  });
});

describe("a migration that is killed half-way", () => {
  const count = "with recursive n(i) as (select 1 union all select i + 1 from n";
  // More than SQLite keeps in memory, so that half of it is on disk when the process dies.
  const big = `create table big as ${count} where i < 80000) select i, hex(randomblob(60)) as text from n`;
  const resumable: Migration = { name: "9001_big", sql: `${NOTE};${BREAK}\n${big}` };
  const endless: Migration = { ...resumable, sql: `${resumable.sql};${BREAK}\n${count}) select max(i) from n` };

  test("starts anew at the next start, and the database is sound", async () => {
    const path = freshPath();
    await createStore(path);
    const child = start({ path, migrations: [endless] });
    await until(() => existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 4_000_000);
    await child.kill();
    expect(appliedIn(path)).toEqual(names(sqliteMigrations));
    expect(await titlesIn(path, [...sqliteMigrations, resumable])).toEqual(["old"]);
    expect(queryRaw(path, "select count(*) from big")).toEqual([80_000]);
    expect(await titlesIn(`${path}.before-9001_big`, sqliteMigrations)).toEqual(["old"]);
  });

  test("that folds all texts leaves them as they were, and folds them at the next start", async () => {
    const path = freshPath();
    const place = sqliteMigrations.findIndex(({ name }) => name.endsWith("plain_letters"));
    await createStore(path, sqliteMigrations.slice(0, place));
    runRaw(
      path,
      `insert into tasks (user_id, id, handle, revision, registers, folded, folded_at)
       ${count} where i < 8000) select user_id, i, i, i, replace(registers, 'old', 'ÄPFEL'), hex(zeroblob(500)), i from tasks join n`,
      `create trigger slow before update on tasks when old.id = '8000' begin ${count}) select max(i) from n; end`,
    );
    const folded = "select count(*) || folded from tasks where folded_at = revision group by folded";
    const child = start({ path });
    await until(() => existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 4_000_000);
    await child.kill();
    expect(queryRaw(path, folded)).toEqual([`8000${"00".repeat(500)}`]);
    runRaw(path, "drop trigger slow");
    expect(await titlesIn(path, sqliteMigrations)).toContain("ÄPFEL");
    expect(queryRaw(path, folded)).toEqual([]);
    expect(queryRaw(path, "select distinct folded from tasks where folded_at = -revision")).toEqual(["oldA", "apfelA"]);
  });

  test("leaves no database where a new one was being made, and the next start makes it", async () => {
    const path = freshPath();
    const child = start({ path, migrations: [endless] });
    await until(() =>
      readdirSync(dirname(path)).some((name) => name.endsWith("-wal") && sizeIn(path, name) > 4_000_000),
    );
    await child.kill();
    expect(existsSync(path)).toBe(false);
    await createStore(path, WHOLE);
    expect(await titlesIn(path, WHOLE)).toEqual(["old"]);
  });
});

describe("a database of a newer version", () => {
  test("is refused by its path, with what to do, and stays as it is to the byte", async () => {
    const path = freshPath();
    await createStore(path, WHOLE);
    const before = photograph(dirname(path));
    const error = refusal(() => openSqlite(path));
    expect(error).toMatchObject({ name: "TodoError", code: "newer_store" });
    expect(error.message).toStartWith(`${path}: a newer version of todo wrote it`);
    expect(error.message).toContain("9001_note, 9002_energy, 9003_index");
    expect(error.hints.join()).toContain("Install the newest version");
    expect(photograph(dirname(path))).toEqual(before);
  });

  test("is refused and stays as it is also when it is a backup", async () => {
    const [path, backup] = [freshPath(), freshPath()];
    const { store, file } = openSqlite(path, { migrations: WHOLE });
    file.backup(backup);
    await store.close();
    const before = photograph(dirname(backup));
    expect(refusal(() => openSqlite(backup)).code).toBe("newer_store");
    expect(photograph(dirname(backup))).toEqual(before);
  });

  test("is refused also when it lacks a migration of this version", async () => {
    const path = freshPath();
    await createStore(path, WHOLE);
    const before = photograph(dirname(path));
    const own: Migration = { name: "9000_own", sql: NOTE };
    expect(refusal(() => openSqlite(path, { migrations: [...sqliteMigrations, own] })).code).toBe("newer_store");
    expect(photograph(dirname(path))).toEqual(before);
  });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("what was waited for did not happen");
    await Bun.sleep(5);
  }
}

function runRaw(path: string, ...statements: readonly string[]): void {
  const raw = new Database(path);
  for (const statement of statements) raw.run(statement);
  raw.close(true);
}

function sizeIn(path: string, name: string): number {
  return statSync(join(dirname(path), name), { throwIfNoEntry: false })?.size ?? 0;
}
