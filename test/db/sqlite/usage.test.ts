import { expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { createTestUser } from "../../support/stores/test-user.ts";
import { openSqliteSync } from "../../support/sync/stores.ts";
import { describeUsage } from "../usage-contract.ts";

const scratch = useScratch();

describeUsage("usage of a SQLite file", async () => openSqliteSync(scratch("usage.db")));

test("everyone who was ever seen is listed, but those whose account was deleted", async () => {
  const { store, accounts, usage } = openSqlite(":memory:");
  const [one, other, gone] = [createTestUser(store), createTestUser(store), createTestUser(store)];
  for (const { add } of [one, gone]) await add({ title: "x" });
  await store.ensureUser(other.user);
  await accounts.deleteAccount(gone.user);
  expect(await usage.listUsers()).toEqual([one.user, other.user].toSorted());
  await store.close();
});

test("a measurement of many rows lets others be answered in between", async () => {
  const { store, usage } = openSqlite(":memory:");
  const { user, add } = createTestUser(store);
  await add(...Array.from({ length: 3000 }, () => ({ title: "x" })));
  let turns = 0;
  let isMeasured = false;
  const turn = () => {
    turns += 1;
    if (!isMeasured) setImmediate(turn);
  };
  setImmediate(turn);
  await usage.measure(user);
  isMeasured = true;
  await store.close();
  expect(turns).toBeGreaterThan(3);
});
