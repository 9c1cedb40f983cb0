import { expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { Store } from "../../../src/ports/store.ts";
import { useHomes } from "../../support/cli/home.ts";
import { fillHeavily, HEAVY_PATHS } from "../../support/server/heavy-user.ts";
import { eventually, startServer } from "../../support/server/server.ts";
import { isRunning, listChildren } from "../../support/stores/readers.ts";
import { BETTER_AUTH_SECRET, describeBystander, signFor } from "./bystander-contract.ts";

const newHome = useHomes();
const SEARCH = HEAVY_PATHS["a search that finds nothing"];

async function open(fill: (store: Store) => Promise<void>) {
  const home = newHome();
  const { store } = openSqlite(home.db);
  await fill(store);
  await store.close();
  return startServer(home, { env: { BETTER_AUTH_SECRET } });
}

/** A server with a search under way in another process, and that process. */
async function startSearch() {
  const server = await open((store) => fillHeavily(store, "heavy", 50));
  expect(listChildren(server.pid)).toEqual([]);
  const answer = server.ask("GET", SEARCH, { token: await signFor("heavy") });
  await eventually("it is searched", () => listChildren(server.pid).length > 0);
  return { server, answer, readers: listChildren(server.pid) };
}

describeBystander("of a database in a file", open);

test("a search whose process is killed is answered all the same", async () => {
  const { answer, readers } = await startSearch();
  for (const reader of readers) process.kill(reader, "SIGKILL");
  expect(await answer).toMatchObject({ status: 200, body: [] });
  await eventually("the killed ones are gone", () => !readers.some(isRunning));
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s to all processes of a server lets a search end, and leaves none",
  async (signal) => {
    const { server, answer, readers } = await startSearch();
    for (const reader of readers) process.kill(reader, signal);
    const ended = server.kill(signal);
    expect(await answer).toMatchObject({ status: 200, body: [] });
    expect(await ended).toMatchObject({ exitCode: 0, err: expect.not.stringContaining("error") });
    expect(readers.filter(isRunning)).toEqual([]);
  },
);

test("a server that is killed leaves no process behind", async () => {
  const { server, answer, readers } = await startSearch();
  await Promise.all([server.kill("SIGKILL"), answer.catch(() => undefined)]);
  await eventually("they are gone", () => !readers.some(isRunning));
});
