import { afterAll, expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { Store } from "../../../src/ports/store.ts";
import type { WireTask } from "../../../src/contract/task.ts";
import { type AccountApi, useAccountApis } from "../../support/server/account-api.ts";
import { readJson, readProtocol, unpackDatabase } from "../../support/sync/fixtures.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { ALONE } from "../../support/sync/fleet.ts";
import { type Setup, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const scratch = useScratch();
const openTerminal = useTerminals();
const stores: Store[] = [];
afterAll(() => Promise.all(stores.map((store) => store.close())));
const openApi = useAccountApis(async () => {
  const opened = openSqlite(unpackDatabase("server", scratch(`${crypto.randomUUID()}.db`)));
  stores.push(opened.store);
  return opened;
});

/** The terminal of who has a saved database, with a clock that is right. */
function openSaved(name: string, { env, ...more }: Partial<Setup> = {}): Terminal {
  const path = unpackDatabase(name, scratch(`${crypto.randomUUID()}.db`));
  return openTerminal({ now: Date.now(), ...more, env: { ...ALONE, TODO_DB: path, ...env } });
}

/** The saved server with a login of the account that it has. */
async function openServer() {
  const api = await openApi();
  api.clock.now = Date.now();
  return { api, token: (await api.logIn()).access_token };
}

async function exportOf(api: AccountApi, token: string): Promise<WireTask[]> {
  return (await api.ask("GET", "/api/me/export", { as: token })).body;
}

async function exportAll(terminal: Terminal): Promise<WireTask[]> {
  return JSON.parse(await terminal.print("export", "--deleted"));
}

test.each(["plain", "before-series", "replica"])(
  "the saved database %s has what was saved of it, and goes on",
  async (name) => {
    const terminal = openSaved(name);
    const saved: readonly WireTask[] = readJson("databases", `${name}.json`);
    expect(await exportAll(terminal)).toMatchObject(saved);
    expect(await terminal.print("doctor")).toMatch(/: sound\n.*: a copy from before an update, .*\n$/);
    expect(await terminal.print("log")).toContain("Pay rent");
    const last = await terminal.print("undo", "--json");
    expect(JSON.parse(last).tasks).toHaveLength(1);
    await terminal.print("add", "One more");
    expect((await exportAll(terminal)).map(({ title }) => title)).toContain("One more");
  },
);

test("every change in a saved database can be undone, back to the first", async () => {
  const terminal = openSaved("before-series");
  const actions: string[] = [];
  for (let left = 7; left > 0; left -= 1) actions.push(JSON.parse(await terminal.print("undo", "--json")).action);
  expect(actions).toEqual(["edit", "delete", "complete", "edit", "add", "add", "add"]);
  expect(await terminal.print("list", "-q")).toBe("");
});

test("the saved server has the account and its tasks", async () => {
  const { api, token } = await openServer();
  expect(await exportOf(api, token)).toMatchObject(readJson("databases", "server.json"));
});

test("the saved server knows each cursor that it gave, and what came behind it", async () => {
  const { api, token } = await openServer();
  const seen: number[] = [];
  for (const { name, answer } of readProtocol("ada")) {
    if (!("cursor" in answer)) continue;
    const json = { protocol: 1, replica: "tablet", cursor: answer.cursor };
    const { status, body } = await api.ask("POST", "/api/sync", { as: token, json });
    expect([name, status]).toEqual([name, 200]);
    seen.push(body.changes.length);
  }
  expect(seen[0]).toBeGreaterThan(0);
  expect(seen.at(-1)).toBe(0);
});

test("the saved replica goes on where it was with its saved server, and nothing is lost", async () => {
  const { api, token } = await openServer();
  const fetch: Setup["fetch"] = (url, { method = "GET", body }) =>
    api.send(method, new URL(url).pathname, {
      as: null,
      headers: { authorization: `Bearer ${token}` },
      ...(typeof body === "string" && { text: body }),
    });
  const laptop = openSaved("replica", { fetch, env: { TODO_TOKEN: token } });
  const status = async () => JSON.parse(await laptop.print("sync", "--status", "--json"));
  const before = await status();
  expect(before).toMatchObject(readJson("databases", "replica-status.json"));
  expect(JSON.parse(await laptop.print("sync", "--json"))).toMatchObject({ sent: 3, received: 0, rejected: 0 });
  const saved: readonly WireTask[] = readJson("databases", "replica.json");
  expect(await exportAll(laptop)).toMatchObject(saved);
  const [rejected] = before.rejected;
  expect(await exportOf(api, token)).toMatchObject(saved.filter(({ id }) => id !== rejected.id));
  expect(await status()).toMatchObject({ unsent: 0, rejected: [rejected] });
  // What was refused goes as a whole when it was changed.
  await laptop.print("edit", rejected.id, "--title", "About birds");
  await laptop.print("sync");
  expect(await exportOf(api, token)).toEqual(await exportAll(laptop));
  expect(await status()).toMatchObject({ unsent: 0, rejected: [] });
});
