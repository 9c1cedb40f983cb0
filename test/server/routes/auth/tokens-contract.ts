import { describe, expect, test } from "bun:test";
import { createPasswords } from "../../../../src/services/accounts/passwords.ts";
import { type Bearer, DAY, type OpenAccountApi, PASSWORD } from "../../../support/server/account-api.ts";
import { eventually } from "../../../support/server/server.ts";

const PATH = "/api/auth/tokens";
const WRONG = "nine small red lamps";
const ID = "1f8fad5b-d9cb-469f-a165-70867728950e";

/** What only a device may do, which somebody signed in to. */
const FOR_DEVICES = [
  ["GET", "/api/auth/sessions", undefined],
  ["DELETE", `/api/auth/sessions/${ID}`, undefined],
  ["GET", PATH, undefined],
  ["POST", PATH, { password: PASSWORD, name: "more" }],
  ["DELETE", `${PATH}/${ID}`, undefined],
  ["POST", "/api/auth/password", { current_password: PASSWORD, new_password: "nine small red lamps" }],
  ["GET", "/api/auth/device?user_code=BCDF-GHJK", undefined],
  ["POST", "/api/auth/device/decision", { user_code: "BCDF-GHJK", approve: true }],
  ["DELETE", "/api/me", { password: PASSWORD }],
] as const;

export function describeTokens(openApi: OpenAccountApi): void {
  describe("POST /api/auth/tokens", () => {
    test("makes a token, shows it once, and lists it without", async () => {
      const api = await openApi();
      const mine = await api.register();
      const { token, ...made } = await api.makeToken(mine, { name: " backup " });
      expect(token).toMatch(/^todo_pat_[\w-]{43}$/);
      expect(made).toEqual({
        id: expect.any(String),
        name: "backup",
        last8: token.slice(-8),
        scopes: ["tasks:read", "tasks:write"],
        created_at: "2026-11-20T09:00:00.000Z",
        last_used_at: null,
        expires_at: "2027-02-18T09:00:00.000Z",
      });
      expect((await api.ask("GET", PATH, { as: mine })).body).toEqual([made]);
    });

    test("makes none without the password, for who has a session and nothing more", async () => {
      const api = await openApi();
      const mine = await api.register();
      for (const password of ["", WRONG, `${PASSWORD} `]) {
        const { status, body } = await api.ask("POST", PATH, { as: mine, json: { password, name: "more" } });
        expect([status, body.detail]).toEqual([403, "the password is wrong"]);
      }
      expect((await api.ask("GET", PATH, { as: mine })).body).toEqual([]);
    });

    test("makes none where the password is changed at the same moment", async () => {
      const api = await openApi();
      const mine = await api.register();
      const passwordHash = await createPasswords({ memoryCost: 8, timeCost: 1 }).hash(WRONG);
      const slow = api.beside({
        alter: (accounts) => ({
          createToken: async (token, max) => {
            const { account, createdAt: now } = token;
            await accounts.setPassword({ account, hash: passwordHash, now, keep: mine.session_id, tokens: true });
            return accounts.createToken(token, max);
          },
        }),
      });
      const json = { password: PASSWORD, name: "more" };
      expect((await slow.ask("POST", PATH, { as: mine, json })).status).toBe(403);
      expect((await api.ask("GET", PATH, { as: mine })).body).toEqual([]);
    });

    test("makes one that is its user's", async () => {
      const api = await openApi();
      const mine = await api.register();
      const program = await api.makeToken(mine, { scopes: ["tasks:read"] });
      expect((await api.ask("GET", "/api/me", { as: program })).body).toEqual({
        ...mine.user,
        name: null,
        issuer: "todo",
        scopes: ["tasks:read"],
        expires_at: "2027-02-18T09:00:00.000Z",
      });
      const forever = await api.makeToken(mine, { days: null });
      expect((await api.ask("GET", "/api/me", { as: forever })).body.expires_at).toBeNull();
    });

    test.each([
      [["tasks:read"], 200, 403],
      [["tasks:write"], 200, 201],
      [["tasks:write", "tasks:read", "tasks:write"], 200, 201],
    ] as const)("makes one that may do no more than %j says", async (scopes, read, write) => {
      const api = await openApi();
      const program = await api.makeToken(await api.register(), { scopes });
      const replies = [
        await api.ask("GET", "/api/tasks", { as: program }),
        await api.ask("GET", "/api/me/export", { as: program }),
        await api.ask("POST", "/api/tasks", { as: program, json: { title: "x" } }),
      ];
      expect(replies.map(({ status }) => status)).toEqual([read, read, write]);
      if (write === 201) return;
      expect(replies[2]?.headers.get("www-authenticate")).toBe(
        'Bearer error="insufficient_scope", scope="tasks:write"',
      );
      expect((await api.ask("DELETE", `/api/tasks/${ID}`, { as: program })).status).toBe(403);
    });

    test.each(FOR_DEVICES)("makes none that may %s %s", async (method, path, json) => {
      const api = await openApi();
      const mine = await api.register();
      const program = await api.makeToken(mine);
      const { status, headers } = await api.ask(method, path, { as: program, json });
      expect([status, headers.get("www-authenticate")]).toEqual([403, null]);
      expect([await api.knock(mine), await api.knock(program)]).toEqual([200, 200]);
    });

    test("makes one that is good for as many days as it was told, to the millisecond", async () => {
      const api = await openApi();
      const mine = await api.register();
      const [day, longest] = [await api.makeToken(mine, { days: 1 }), await api.makeToken(mine, { days: 3650 })];
      api.clock.now += DAY - 1;
      expect(await api.knock(day)).toBe(200);
      api.clock.now += 1;
      expect([await api.knock(day), await api.knock(longest)]).toEqual([401, 200]);
      api.clock.now += 3649 * DAY - 1;
      expect(await api.knock(longest)).toBe(200);
      api.clock.now += 1;
      expect(await api.knock(longest)).toBe(401);
    });

    test("makes a hundred of one account, also of those that come at once, and then as many as are removed", async () => {
      const api = await openApi();
      const mine = await api.register();
      for (let made = 0; made < 95; made += 1) await api.makeToken(mine);
      const order = { as: mine, json: { password: PASSWORD, name: "more" } };
      const replies = await Promise.all(Array.from({ length: 20 }, () => api.ask("POST", PATH, order)));
      expect(replies.filter(({ status }) => status === 201)).toHaveLength(5);
      const { status, body } = await api.ask("POST", PATH, order);
      expect([status, body.detail]).toEqual([
        403,
        "you can have 100 tokens here and have 100: revoke one first, with todo token revoke",
      ]);
      const listed = await api.ask("GET", PATH, { as: mine });
      expect(listed.body).toHaveLength(100);
      await api.ask("DELETE", `${PATH}/${listed.body[0].id}`, { as: mine });
      expect((await api.ask("POST", PATH, order)).status).toBe(201);
    });

    test.each([
      ["name", {}],
      ["name", { name: " " }],
      ["name", { name: "x".repeat(101) }],
      ["name", { name: "a\0" }],
      ["scopes", { name: "x", scopes: [] }],
      ["scopes.0", { name: "x", scopes: ["tasks:admin"] }],
      ["scopes", { name: "x", scopes: "tasks:read" }],
      ["days", { name: "x", days: 0 }],
      ["days", { name: "x", days: 3651 }],
      ["days", { name: "x", days: 1.5 }],
      ["account", { name: "x", account: "acct_x" }],
      ["password", { name: "x", password: null }],
      ["password", { name: "x", password: undefined }],
    ])("refuses a bad %s in %j", async (path, json) => {
      const api = await openApi();
      const mine = await api.register();
      const { status, body } = await api.ask("POST", PATH, { as: mine, json: { password: PASSWORD, ...json } });
      expect([status, body.errors[0].path]).toEqual([400, path]);
      expect((await api.ask("GET", PATH, { as: mine })).body).toEqual([]);
    });
  });

  describe("GET /api/auth/tokens", () => {
    test("lists them oldest first, with those that are over, and when each was used", async () => {
      const api = await openApi();
      let mine = await api.register();
      for (const name of ["b", "a", "c"]) {
        const program = await api.makeToken(mine, { name, days: name === "a" ? 1 : null });
        api.clock.now += DAY / 2;
        if (name === "b") await api.ask("GET", "/api/tasks", { as: program });
        mine = await api.refresh(mine);
      }
      const list = async () => (await api.ask("GET", PATH, { as: mine })).body;
      // Nobody who uses a token waits for the note of it.
      await eventually("the use is noted", async () => (await list())[0].last_used_at !== null);
      expect(await list()).toMatchObject([
        { name: "b", last_used_at: "2026-11-20T21:00:00.000Z", expires_at: null },
        { name: "a", last_used_at: null, expires_at: "2026-11-21T21:00:00.000Z" },
        { name: "c", last_used_at: null, expires_at: null },
      ]);
    });
  });

  describe("DELETE /api/auth/tokens/{id}", () => {
    test("ends a token at once, and no other", async () => {
      const api = await openApi();
      const mine = await api.register();
      const [one, other] = [await api.makeToken(mine), await api.makeToken(mine)];
      expect(await api.knock(one)).toBe(200);
      expect((await api.ask("DELETE", `${PATH}/${one.id.toUpperCase()}`, { as: mine })).status).toBe(204);
      expect([await api.knock(one), await api.knock(other)]).toEqual([401, 200]);
      expect((await api.ask("DELETE", `${PATH}/${one.id}`, { as: mine })).status).toBe(404);
    });

    test.each([
      [ID, 404],
      ["nonsense", 400],
    ])("of %s answers %d", async (id, expected) => {
      const api = await openApi();
      const as: Bearer = await api.register();
      expect((await api.ask("DELETE", `${PATH}/${id}`, { as })).status).toBe(expected);
    });
  });
}
