import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { createTestUser } from "../../support/stores/test-user.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const freshPath = useFreshPaths();
const DELETE = "delete from tasks";

function openBoth() {
  const path = freshPath();
  const { store, file } = openSqlite(path);
  return { path, file, testUser: createTestUser(store), elsewhere: new Database(path) };
}

test("reads of one turn of the event loop see the same, whatever another process writes in between", async () => {
  const { testUser, elsewhere } = openBoth();
  const [task] = await testUser.add({ title: "x" });
  const first = testUser.store.get(testUser.user, [task.id]);
  elsewhere.run(DELETE);
  const second = testUser.store.count(testUser.user, []);
  expect([(await first).length, await second]).toEqual([1, 1]);
  elsewhere.close(true);
  await testUser.store.close();
});

test("reads of the next turn see what another process has written", async () => {
  const { testUser, elsewhere } = openBoth();
  await testUser.add({ title: "x" });
  expect(await testUser.store.count(testUser.user, [])).toBe(1);
  elsewhere.run(DELETE);
  await new Promise((resolve) => void setImmediate(resolve));
  expect(await testUser.store.count(testUser.user, [])).toBe(0);
  elsewhere.close(true);
  await testUser.store.close();
});

test("a write that follows reads of the same turn is written, and the next read sees it", async () => {
  const { testUser, elsewhere } = openBoth();
  const [none, [task]] = await Promise.all([testUser.store.count(testUser.user, []), testUser.add({ title: "x" })]);
  expect([none, task.title, await testUser.store.count(testUser.user, [])]).toEqual([0, "x", 1]);
  elsewhere.close(true);
  await testUser.store.close();
});

test("a backup can be made in the turn of a read", async () => {
  const { path, file, testUser, elsewhere } = openBoth();
  await testUser.add({ title: "x" });
  const count = testUser.store.count(testUser.user, []);
  file.backup(`${path}.copy`);
  expect(await count).toBe(1);
  elsewhere.close(true);
  await testUser.store.close();
});
