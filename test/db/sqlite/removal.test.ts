import { expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { openSqliteEngine } from "../../support/stores/engines.ts";
import { createTestUser } from "../../support/stores/test-user.ts";
import { describeRemoval } from "../removal-contract.ts";

describeRemoval("on SQLite", async () => openSqliteEngine());

test("others write while a large account is deleted", async () => {
  const { store, accounts } = openSqlite(":memory:");
  const [large, other] = [createTestUser(store), createTestUser(store)];
  const x = "x".repeat(400_000);
  await large.add(...Array.from({ length: 20 }, () => ({ title: "x", x })));
  const over = new AbortController();
  const deletion = accounts.deleteAccount(large.user).finally(() => over.abort());
  let writes = 0;
  for (; !over.signal.aborted; writes += 1) await other.add({ title: "y" });
  await deletion;
  await store.close();
  expect(writes).toBeGreaterThan(15);
});
