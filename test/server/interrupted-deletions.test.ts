import { expect, test } from "bun:test";
import { createAccountStore } from "../../src/db/accounts/store.ts";
import { createSyncStore } from "../../src/db/sync/store.ts";
import { createStore } from "../../src/db/tasks/store.ts";
import { createUsageStore } from "../../src/db/usage/store.ts";
import { signUp } from "../support/accounts/drafts.ts";
import { eventually } from "../support/server/server.ts";
import { useStartedServers } from "../support/server/started-servers.ts";
import { interrupt, openSqliteEngine } from "../support/stores/engines.ts";
import { newId, OPENING } from "../support/stores/test-user.ts";

const start = useStartedServers();

test("a server that starts removes what one before it left of an account", async () => {
  const { engine } = openSqliteEngine();
  const [store, usage, sync] = [createStore(engine), createUsageStore(engine), createSyncStore(engine)];
  const accounts = createAccountStore(engine);
  const { id } = await signUp(accounts);
  await store.commit(id, { action: "add", now: OPENING, edits: [{ id: newId(), fields: { title: "x" } }] });
  const deletion = createAccountStore(interrupt(engine, 1)).deleteAccount(id);
  expect(await deletion.catch(String)).toBe("Error: the server is gone");
  expect(await store.find(id, { where: [] })).toMatchObject({ tasks: [{ title: "x" }] });
  start({ store, accounts, sync, usage });
  await eventually("the task is gone", async () => (await store.find(id, { where: [] })).tasks.length === 0);
  await eventually("nothing is left of it", async () => (await usage.measure(id)).historyBytes === 0);
});
