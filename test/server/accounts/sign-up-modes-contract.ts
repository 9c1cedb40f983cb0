import { describe, expect, test } from "bun:test";
import { type AccountApi, DAY, EMAIL, type OpenAccountApi, PASSWORD } from "../../support/server/account-api.ts";
import { statusesOf } from "../../support/server/replies.ts";

/** Signs up as somebody who was never there. */
async function signUp(api: AccountApi, more: Readonly<Record<string, string>> = {}) {
  const email = `${crypto.randomUUID()}@example.com`;
  return api.ask("POST", "/api/auth/register", { json: { email, password: PASSWORD, ...more } });
}

function at20<Made>(make: (at: number) => Promise<Made>): Promise<Made[]> {
  return Promise.all(Array.from({ length: 20 }, (_, at) => make(at)));
}

const NINETEEN_REFUSED = Array.from({ length: 19 }, () => 403);

export function describeSignUpModes(openApi: OpenAccountApi): void {
  describe("a server that is for the first who comes", () => {
    test("lets them in, and then only who was invited", async () => {
      const api = await openApi({ signup: "first" });
      expect((await signUp(api)).status).toBe(201);
      const { status, body } = await signUp(api);
      expect([status, body.detail]).toEqual([403, "only who was invited can sign up here"]);
      expect((await signUp(api, { invite: await api.invite() })).status).toBe(201);
    });

    test("has one first of 20 that come at once", async () => {
      const api = await openApi({ signup: "first" });
      const replies = await at20(() => signUp(api));
      expect(statusesOf(replies)).toEqual([201, ...NINETEEN_REFUSED]);
      expect(await api.accounts.listAccounts()).toHaveLength(1);
    });

    test("has one first of 20 that come at once to two servers with one address", async () => {
      const api = await openApi({ signup: "first" });
      const other = api.beside({ signup: "first" });
      const replies = await at20((at) => signUp(at % 2 === 0 ? api : other, { email: EMAIL }));
      expect(statusesOf(replies)).toEqual([201, ...NINETEEN_REFUSED]);
    });

    test("is nobody's again after the only one has left, but who was invited comes in", async () => {
      const api = await openApi({ signup: "first" });
      const as = await api.register();
      expect((await api.ask("DELETE", "/api/me", { as, json: { password: PASSWORD } })).status).toBe(204);
      for (const email of [EMAIL, "stranger@example.com"]) {
        const { status, body } = await signUp(api, { email });
        expect([status, body.detail]).toEqual([403, "only who was invited can sign up here"]);
      }
      expect((await signUp(api, { invite: "first" })).status).toBe(403);
      expect((await signUp(api, { email: EMAIL, invite: await api.invite() })).status).toBe(201);
    });

    test("tells who was not invited nothing of who is here", async () => {
      const api = await openApi({ signup: "first" });
      await api.register();
      const [known, unknown] = [await signUp(api, { email: EMAIL }), await signUp(api)];
      expect([known.status, known.body]).toEqual([403, unknown.body]);
    });

    test("keeps its first place where the first one's password is no good", async () => {
      const api = await openApi({ signup: "first" });
      expect((await signUp(api, { password: "short" })).status).toBe(400);
      expect((await signUp(api)).status).toBe(201);
    });
  });

  describe("a server for all", () => {
    test("lets in 20 that come at once, with and without an invitation", async () => {
      const api = await openApi({ signup: "open" });
      const replies = await at20((at) => signUp(api, at % 2 === 0 ? {} : { invite: "todo_inv_nonsense" }));
      expect(statusesOf(replies)).toEqual(Array.from({ length: 20 }, () => 201));
    });
  });

  describe("a server for who was invited", () => {
    test("lets nobody in without a code, also the first one", async () => {
      const api = await openApi({ signup: "invite" });
      for (const more of [{}, { invite: "" }, { invite: "todo_inv_nonsense" }]) {
        expect((await signUp(api, more)).status).toBe(403);
      }
    });

    test("takes a code once", async () => {
      const api = await openApi({ signup: "invite" });
      const invite = await api.invite();
      expect((await signUp(api, { invite })).status).toBe(201);
      const { status, body } = await signUp(api, { invite });
      expect([status, body.detail]).toEqual([403, "nobody can sign up here without an invitation that is good"]);
    });

    test("takes a code once of 20 that come with it at once", async () => {
      const api = await openApi({ signup: "invite" });
      const invite = await api.invite();
      expect(statusesOf(await at20(() => signUp(api, { invite })))).toEqual([201, ...NINETEEN_REFUSED]);
    });

    test("takes a code for seven days", async () => {
      const api = await openApi({ signup: "invite" });
      const [one, other] = [await api.invite(), await api.invite()];
      api.clock.now += 7 * DAY - 1;
      expect((await signUp(api, { invite: one })).status).toBe(201);
      api.clock.now += 1;
      expect((await signUp(api, { invite: other })).status).toBe(403);
    });

    test("keeps a code good with which no account was made", async () => {
      const api = await openApi({ signup: "invite" });
      await signUp(api, { email: EMAIL, invite: await api.invite() });
      const invite = await api.invite();
      expect((await signUp(api, { email: EMAIL, invite })).status).toBe(409);
      expect((await signUp(api, { password: "short", invite })).status).toBe(400);
      expect((await signUp(api, { invite })).status).toBe(201);
    });

    test("tells who has no good code nothing of who is here", async () => {
      const api = await openApi({ signup: "invite" });
      const used = await api.invite();
      await signUp(api, { email: EMAIL, invite: used });
      for (const invite of [used, "todo_inv_nonsense"]) {
        const [known, unknown] = [await signUp(api, { email: EMAIL, invite }), await signUp(api, { invite })];
        expect([known.status, known.body]).toEqual([403, unknown.body]);
      }
    });
  });

  describe("a server that is closed", () => {
    test("lets nobody in, whether invited, known, or the first", async () => {
      const api = await openApi({ signup: "closed" });
      const invite = await api.invite();
      const replies = [await signUp(api), await signUp(api, { invite })];
      await api.beside().register();
      replies.push(await signUp(api, { email: EMAIL, invite }));
      for (const { status, body } of replies) {
        expect([status, body.detail]).toEqual([403, "nobody can sign up here"]);
      }
      expect((await api.logIn()).user.email).toBe(EMAIL);
      expect((await signUp(api.beside({ signup: "invite" }), { invite })).status).toBe(201);
    });
  });
}
