import { describe, expect, test } from "bun:test";
import { createOwnerSessions } from "../../../../src/services/accounts/owner-sessions.ts";
import { type AccountApi, useAccountApis } from "../../../support/server/account-api.ts";
import { TOKENS } from "../../../support/server/api.ts";
import { openPage } from "../../../support/server/page.ts";

const openApi = useAccountApis();

const HERE = { peer: "127.0.0.1" };

/** A server of one's own database, and its page. */
async function openOwned(connections = "") {
  const clock = { now: 0 };
  const readDatabaseId = () => Promise.resolve("a database");
  const owner = createOwnerSessions({ tokens: TOKENS, readDatabaseId, now: () => clock.now });
  const readConnections = () => Promise.resolve(connections);
  const api = await openApi({ parts: { owner, readConnections, isTrustedProxy: (address) => address === "::1" } });
  clock.now = api.clock.now;
  const page = openPage(api);
  return { api, page, clock, createCode: () => createCode(api) };
}

async function createCode(api: AccountApi): Promise<string> {
  const as = await api.foreignTokenOf("local");
  const { status, body } = await api.ask("POST", "/api/web/codes", { as });
  expect([status, body]).toEqual([201, { code: expect.stringMatching(/^todo_web_[\w-]{43}$/), expires_in: 60 }]);
  return body.code;
}

/** Linux's table of connections from these ports, of these users. */
function tableOf(...rows: readonly (readonly [port: number, user: number])[]): string {
  const lines = rows.map(([port, user], at) => {
    const end = port.toString(16).toUpperCase().padStart(4, "0");
    return `  ${at}: 0100007F:${end} 0100007F:2253 01 00000000:00000000 02:0000176F 00000000 ${user}        0 8701629 3 0 20 0`;
  });
  return ["  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid", ...lines].join("\n");
}

describe("a code of `todo web`", () => {
  test("signs in the owner of the database, whose page syncs", async () => {
    const { api, page, createCode: create } = await openOwned();
    const { status, body: grant } = await page.post("code", { code: await create() }, HERE);
    expect([status, grant]).toEqual([
      200,
      {
        access_token: expect.any(String),
        token_type: "Bearer",
        expires_in: 900,
        session_id: expect.any(String),
        account: expect.stringMatching(/^local-[\da-f]{12}$/),
        user: { id: "local", email: null },
      },
    ]);
    const json = { title: "Pay rent" };
    expect((await api.ask("POST", "/api/tasks", { as: await api.foreignTokenOf("local"), json })).status).toBe(201);
    const synced = await api.ask("POST", "/api/sync", { as: grant, json: { protocol: 1, replica: "page" } });
    expect([synced.status, synced.body.changes.length]).toEqual([200, 1]);
    const renewed = await page.post("refresh", { account: grant.account }, HERE);
    expect([renewed.status, renewed.body.session_id]).toEqual([200, grant.session_id]);
    const kept = new Map(page.cookies);
    expect((await page.post("logout", { account: grant.account })).status).toBe(204);
    expect(page.cookies.size).toBe(0);
    for (const [name, value] of kept) page.cookies.set(name, value);
    expect((await page.post("refresh", { account: grant.account }, HERE)).status).toBe(401);
  });

  test("is good once and for a minute", async () => {
    const { page, clock, createCode: create } = await openOwned();
    const [code, late] = [await create(), await create()];
    expect((await page.post("code", { code }, HERE)).status).toBe(200);
    clock.now += 60_000;
    for (const each of [code, late]) {
      const { status, body } = await page.post("code", { code: each }, HERE);
      expect([status, body.detail]).toEqual([401, "the code was used or is older than a minute"]);
    }
  });

  test.each<[string, string, Record<string, string>]>([
    ["from elsewhere", "192.0.2.1", {}],
    ["from elsewhere, with the address of this machine in a header", "192.0.2.1", { "x-forwarded-for": "127.0.0.1" }],
    ["by a proxy of this machine", "127.0.0.1", { "x-forwarded-for": "192.0.2.1" }],
    ["by a proxy that is trusted", "::1", { "x-forwarded-for": "192.0.2.1" }],
    ["by a proxy that says it in another way", "127.0.0.1", { forwarded: "for=192.0.2.1" }],
  ])("is refused %s, and stays good", async (_, peer, headers) => {
    const { api, page, createCode: create } = await openOwned();
    const code = await create();
    const stranger = openPage(api);
    const { status, body } = await stranger.post(
      "code",
      { code },
      { peer, headers: { "sec-fetch-site": "same-origin", ...headers } },
    );
    expect([status, body.detail]).toEqual([
      403,
      "the owner of the database signs in on the machine of the server alone",
    ]);
    expect((await page.post("code", { code }, HERE)).status).toBe(200);
  });

  test.each(["::1", "::ffff:127.0.0.1", "127.0.0.2"])("is taken from %s", async (peer) => {
    const { page, createCode: create } = await openOwned();
    expect((await page.post("code", { code: await create() }, { peer })).status).toBe(200);
  });

  test("is refused to another user of this machine, who may have seen it among the arguments of a browser", async () => {
    const me = process.getuid?.() ?? 0;
    const { page, createCode: create } = await openOwned(
      tableOf([4000, me], [4001, me + 1], [4002, me], [4002, me + 1]),
    );
    const code = await create();
    for (const peerPort of [4001, 4002]) {
      const { status, body } = await page.post("code", { code }, { ...HERE, peerPort });
      expect([status, body.detail]).toEqual([403, "another user of this machine is not the owner of the database"]);
    }
    const { body: grant } = await page.post("code", { code }, { ...HERE, peerPort: 4000 });
    // Nor is the cookie, which a browser sends to any server of this machine.
    expect((await page.post("refresh", { account: grant.account }, { ...HERE, peerPort: 4001 })).status).toBe(403);
    expect((await page.post("refresh", { account: grant.account }, { peer: "192.0.2.1" })).status).toBe(403);
    expect((await page.post("refresh", { account: grant.account }, { ...HERE, peerPort: 4000 })).status).toBe(200);
  });

  test("is for nobody but the owner to make, and for no token that may only read", async () => {
    const { api } = await openOwned();
    const account = await api.register();
    const readsOnly = await api.foreignTokenOf("local", { scope: "tasks:read" });
    for (const as of [account, await api.foreignTokenOf("ann"), readsOnly]) {
      expect((await api.ask("POST", "/api/web/codes", { as })).status).toBe(403);
    }
  });

  test("is nothing on a server that others reach, or that has no page", async () => {
    for (const parts of [{}, { web: null }]) {
      const api = await openApi({ parts });
      const made = await api.ask("POST", "/api/web/codes", { as: await api.foreignTokenOf("local") });
      expect([made.status, made.body.detail]).toEqual([
        403,
        "this server signs nobody in with a code: it has no page, or others reach it",
      ]);
    }
    const page = openPage(await openApi());
    expect((await page.post("code", { code: "x" }, HERE)).status).toBe(403);
  });
});
