import { describe, expect, test } from "bun:test";
import type { AccountApi, Grant, NewToken, OpenAccountApi } from "../../support/server/account-api.ts";
import { readBytes } from "../../support/server/reply-bytes.ts";

const RANDOM = "1f8fad5b-d9cb-469f-a165-70867728950e";

/** Two who know nothing of each other, each with a device and a program. */
type Two = {
  readonly api: AccountApi;
  readonly ada: Grant;
  readonly ben: Grant;
  readonly programs: readonly NewToken[];
};

/** Every route with something of an account in its path. */
const ROUTES = [
  ["DELETE", "/api/auth/sessions/{id}", ({ ada, ben }: Two) => [ada.session_id, ben.session_id]],
  ["DELETE", "/api/auth/tokens/{id}", ({ programs }: Two) => programs.map(({ id }) => id)],
] as const;

export function describeTwoAccounts(openApi: OpenAccountApi): void {
  async function setUp(): Promise<Two> {
    const api = await openApi();
    const [ada, ben] = [await api.register(), await api.register({ email: "ben@example.com" })];
    return { api, ada, ben, programs: [await api.makeToken(ada), await api.makeToken(ben)] };
  }

  /** What of Ben's still is as it was. */
  async function keepsOf({ api, ben, programs }: Two) {
    const { accounts, clock } = api;
    const sessions = await accounts.listSessions(ben.user.id, clock.now);
    const tokens = (await accounts.listTokens(ben.user.id)).map(({ id }) => id);
    return { sessions, tokens, knocks: [await api.knock(ben), await api.knock(programs[1] ?? "")] };
  }

  describe.each(ROUTES)("%s %s", (method, path, idsOf) => {
    test.each([
      ["mine", 204],
      ["theirs", 404],
      ["theirs in capitals", 404],
      ["random", 404],
      ["malformed", 400],
    ])("for %s answers %d", async (kind, expected) => {
      const two = await setUp();
      const before = await keepsOf(two);
      const [mine = "", theirs = ""] = idsOf(two);
      const ids: Readonly<Record<string, string>> = {
        mine,
        theirs,
        "theirs in capitals": theirs.toUpperCase(),
        random: RANDOM,
        malformed: "019a9f3c-51c8",
      };
      const { status } = await two.api.ask(method, path.replace("{id}", ids[kind] ?? ""), { as: two.ada });
      expect(status).toBe(expected);
      expect(await keepsOf(two)).toEqual(before);
    });

    test("answers for theirs what it answers for none, byte for byte", async () => {
      const two = await setUp();
      const [, theirs = ""] = idsOf(two);
      const headers = { authorization: `Bearer ${two.ada.access_token}` };
      const [known, unknown] = await Promise.all(
        [theirs, RANDOM].map(async (id) =>
          readBytes(await two.api.send(method, path.replace("{id}", id), { as: null, headers })),
        ),
      );
      expect(known).toEqual(unknown ?? known);
    });
  });

  describe("two accounts", () => {
    test("see their own devices and tokens only", async () => {
      const two = await setUp();
      for (const [at, as] of [two.ada, two.ben].entries()) {
        const sessions = await two.api.ask("GET", "/api/auth/sessions", { as });
        expect(sessions.body).toMatchObject([{ id: as.session_id, current: true }]);
        const tokens = await two.api.ask("GET", "/api/auth/tokens", { as });
        expect(tokens.body).toMatchObject([{ id: two.programs[at]?.id }]);
      }
    });

    test("have no task in common", async () => {
      const { api, ada, ben, programs } = await setUp();
      const { body } = await api.ask("POST", "/api/tasks", { as: programs[1] ?? "", json: { title: "Theirs" } });
      expect((await api.ask("GET", `/api/tasks/${body.id}`, { as: ada })).status).toBe(404);
      expect((await api.ask("GET", "/api/tasks", { as: programs[0] ?? "" })).body).toEqual([]);
      expect((await api.ask("GET", "/api/tasks", { as: ben })).body).toEqual([body]);
    });

    test("have no password in common", async () => {
      const { api, ada } = await setUp();
      const json = { current_password: "nine small red lamps", new_password: "five round blue lamps" };
      await api.register({ email: "cem@example.com", password: json.current_password });
      expect((await api.ask("POST", "/api/auth/password", { as: ada, json })).status).toBe(403);
    });
  });

  describe("a user of another issuer", () => {
    test.each([
      ["GET", "/api/auth/log", undefined],
      ["GET", "/api/auth/sessions", undefined],
      ["DELETE", `/api/auth/sessions/${RANDOM}`, undefined],
      ["GET", "/api/auth/tokens", undefined],
      ["POST", "/api/auth/tokens", { name: "x" }],
      ["DELETE", `/api/auth/tokens/${RANDOM}`, undefined],
      ["POST", "/api/auth/password", { current_password: "x", new_password: "y" }],
      ["GET", "/api/auth/device?user_code=x", undefined],
      ["POST", "/api/auth/device/decision", { user_code: "x", approve: true }],
    ] as const)("has no account for %s %s", async (method, path, json) => {
      const api = await openApi();
      const as = await api.foreignTokenOf("ben");
      const { status, body, headers } = await api.ask(method, path, { as, json });
      expect([status, body.detail, headers.get("www-authenticate")]).toEqual([
        403,
        "only a device that is signed in to an account of this server can do this",
        null,
      ]);
    });
  });
}
