import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { createDesk } from "../../support/cli/desk.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const freshPath = useFreshPaths();
const DELETE = "delete from tasks";

function openBoth() {
  const path = freshPath();
  const { store, file } = openSqlite(path);
  return { path, file, desk: createDesk(store), elsewhere: new Database(path) };
}

test("reads of one turn of the event loop see the same, whatever another process writes in between", async () => {
  const { desk, elsewhere } = openBoth();
  await desk.add({ title: "x" });
  const first = desk.store.count(desk.user, []);
  elsewhere.run(DELETE);
  const second = desk.store.count(desk.user, []);
  expect(await Promise.all([first, second])).toEqual([1, 1]);
  elsewhere.close(true);
  await desk.store.close();
});

test("reads of the next turn see what another process has written", async () => {
  const { desk, elsewhere } = openBoth();
  await desk.add({ title: "x" });
  expect(await desk.store.count(desk.user, [])).toBe(1);
  elsewhere.run(DELETE);
  await new Promise((resolve) => void setImmediate(resolve));
  expect(await desk.store.count(desk.user, [])).toBe(0);
  elsewhere.close(true);
  await desk.store.close();
});

test("a write that follows reads of the same turn is written, and the next read sees it", async () => {
  const { desk, elsewhere } = openBoth();
  const [none, [task]] = await Promise.all([desk.store.count(desk.user, []), desk.add({ title: "x" })]);
  expect([none, task.title, await desk.store.count(desk.user, [])]).toEqual([0, "x", 1]);
  elsewhere.close(true);
  await desk.store.close();
});

test("a backup can be made in the turn of a read", async () => {
  const { path, file, desk, elsewhere } = openBoth();
  await desk.add({ title: "x" });
  const count = desk.store.count(desk.user, []);
  file.backup(`${path}.copy`);
  expect(await count).toBe(1);
  elsewhere.close(true);
  await desk.store.close();
});
