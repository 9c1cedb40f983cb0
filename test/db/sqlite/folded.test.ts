import { SEARCHED } from "../../../src/domain/query/query.ts";
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import { stampFields } from "../../../src/domain/task/registers.ts";
import { createTestUser } from "../../support/stores/test-user.ts";
import { queryRaw } from "../../support/disks/files.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const freshPath = useFreshPaths();
const FOLDED = "select folded from tasks where folded_at = -revision";

const APPLES = JSON.stringify(stampFields({ title: "ÄPFEL" }, "019a9f3c51c80000a1b2c3d4"));
const INSERT = "insert into tasks (user_id, id, handle, revision, registers) values ('a', 'b', 'c', 1, ?)";

function openBoth() {
  const path = freshPath();
  const testUser = createTestUser(openSqlite(path).store);
  const found = (text: string) => testUser.titles([{ kind: "text", text, fields: SEARCHED }]);
  return { path, testUser, found };
}

/** What a process of an older version and the shell of SQLite do: they know no function of this program. */
function writeElsewhere(path: string, statement: string, params: string[] = []): void {
  const raw = new Database(path);
  raw.run(statement, params);
  raw.close(true);
}

test("a text is folded when it is written, and not when it is searched", async () => {
  const { path, testUser, found } = openBoth();
  await testUser.add({ title: "ÄPFEL", description: "Kaufen" });
  expect(queryRaw(path, FOLDED)).toEqual(["apfelAkaufen"]);
  writeElsewhere(path, "update tasks set folded = 'birnen'");
  expect([await found("apfel"), await found("birnen")]).toEqual([[], ["ÄPFEL"]]);
  await testUser.store.close();
});

test("every change of a task leaves it folded, also one that changes neither title nor description", async () => {
  const { path, testUser } = openBoth();
  const [task] = await testUser.add({ title: "ÄPFEL" });
  await testUser.edit(task, { completed_at: "2026-11-20T08:00:00.000Z" });
  expect(queryRaw(path, FOLDED)).toEqual(["apfelA"]);
  await testUser.edit(task, { description: "VIER" });
  await testUser.edit(task, { title: "BIRNEN" });
  expect(queryRaw(path, FOLDED)).toEqual(["birnenAvier"]);
  await testUser.store.close();
});

test("what an older version has written meanwhile is found all the same, and folded with its next change", async () => {
  const { path, testUser, found } = openBoth();
  const [task] = await testUser.add({ title: "ÄPFEL" });
  const registers = JSON.stringify(stampFields({ title: "BIRNEN" }, "019a9f3c51c80000a1b2c3d4"));
  writeElsewhere(path, "update tasks set revision = revision + 1, registers = ?", [registers]);
  writeElsewhere(
    path,
    `insert into tasks (user_id, id, handle, revision, registers)
     select user_id, 'other', 'other', 9, replace(registers, 'BIRNEN', 'NÜSSE') from tasks`,
  );
  expect([await found("apfel"), await found("birnen"), await found("nusse")]).toEqual([[], ["BIRNEN"], ["NÜSSE"]]);
  expect(queryRaw(path, FOLDED)).toEqual([]);
  await testUser.edit(task, { completed_at: "2026-11-20T08:00:00.000Z" });
  expect(queryRaw(path, FOLDED)).toEqual(["birnenA"]);
  await testUser.store.close();
});

test("what an older version has folded with its accents is folded anew as it is searched", async () => {
  const { path, testUser, found } = openBoth();
  await testUser.add({ title: "ÄPFEL" });
  writeElsewhere(path, "update tasks set folded = 'äpfelA', folded_at = revision");
  expect(await found("apfel")).toEqual(["ÄPFEL"]);
  await testUser.store.close();
});

test.each(["folded", "plain_letters"])(
  "the tasks of a database that lacks the migration %s are folded by it",
  async (name) => {
    const path = freshPath();
    const before = sqliteMigrations.findIndex((migration) => migration.name.endsWith(name));
    await openSqlite(path, { migrations: sqliteMigrations.slice(0, before) }).store.close();
    writeElsewhere(path, INSERT, [APPLES]);
    await openSqlite(path).store.close();
    expect(queryRaw(path, FOLDED)).toEqual(["apfelA"]);
  },
);
