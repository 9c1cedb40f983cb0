import { describe, expect, test } from "bun:test";
import {
  type AccountApi,
  type Bearer,
  EMAIL,
  type OpenAccountApi,
  PASSWORD,
} from "../../support/server/account-api.ts";

function remove(api: AccountApi, as: Bearer, password: unknown) {
  return api.ask("DELETE", "/api/me", { as, json: { password } });
}

async function add(api: AccountApi, as: Bearer): Promise<number> {
  return (await api.ask("POST", "/api/tasks", { as, json: { title: "Water the lamps" } })).status;
}

export function describeDeleteAccount(openApi: OpenAccountApi): void {
  describe("DELETE /api/me", () => {
    test("takes the account, its tasks, its devices and its programs with it, and nobody else's", async () => {
      const api = await openApi();
      const [ada, ben] = [await api.register(), await api.register({ email: "ben@example.com" })];
      const programs = [await api.makeToken(ada), await api.makeToken(ben)];
      for (const as of [ada, ben]) expect(await add(api, as)).toBe(201);
      expect((await remove(api, ada, PASSWORD)).status).toBe(204);
      const bearers = [ada, ...programs, ben];
      expect(await Promise.all(bearers.map(api.knock))).toEqual([401, 401, 200, 200]);
      expect(await api.store.count(ada.user.id, [])).toBe(0);
      expect(await api.store.history(ada.user.id, {})).toEqual([]);
      expect(await api.store.count(ben.user.id, [])).toBe(1);
      const people = await api.accounts.listAccounts();
      expect(people.map(({ email }) => email)).toEqual(["ben@example.com"]);
    });

    test("leaves nothing behind of what another server writes that has not heard of it", async () => {
      const api = await openApi();
      const ada = await api.register();
      const other = api.beside();
      expect(await other.knock(ada)).toBe(200);
      await remove(api, ada, PASSWORD);
      expect(await add(other, ada)).toBe(401);
      expect(await api.store.count(ada.user.id, [])).toBe(0);
      expect(await api.store.history(ada.user.id, {})).toEqual([]);
    });

    test("frees the address, for an account that is another one", async () => {
      const api = await openApi();
      const before = await api.register();
      await add(api, before);
      await remove(api, before, PASSWORD);
      expect((await api.ask("POST", "/api/auth/login", { json: { email: EMAIL, password: PASSWORD } })).status).toBe(
        401,
      );
      const after = await api.register();
      expect(after.user.id).not.toBe(before.user.id);
      expect((await api.ask("GET", "/api/tasks", { as: after })).body).toEqual([]);
      expect(await api.knock(before)).toBe(401);
    });

    test("is 403 for a wrong password, and changes nothing", async () => {
      const api = await openApi();
      const ada = await api.register();
      await add(api, ada);
      for (const wrong of ["", "wrong", PASSWORD.toUpperCase(), `${PASSWORD}\0`]) {
        const { status, body, headers } = await remove(api, ada, wrong);
        expect([status, body.detail, headers.get("www-authenticate")]).toEqual([403, "the password is wrong", null]);
      }
      expect((await api.ask("GET", "/api/tasks", { as: ada })).body).toHaveLength(1);
    });

    test("needs the password", async () => {
      const api = await openApi();
      const ada = await api.register();
      expect((await api.ask("DELETE", "/api/me", { as: ada })).status).toBe(400);
      for (const password of [null, 1, [PASSWORD]]) expect((await remove(api, ada, password)).status).toBe(400);
      expect(await api.knock(ada)).toBe(200);
    });

    test("answers one of two that come at once, and the other too where it was in time", async () => {
      const api = await openApi();
      const ada = await api.register();
      const replies = await Promise.all([remove(api, ada, PASSWORD), remove(api, ada, PASSWORD)]);
      const statuses = replies.map(({ status }) => status);
      expect(statuses).toContain(204);
      for (const status of statuses) expect([204, 401, 403]).toContain(status);
      expect(await api.accounts.listAccounts()).toEqual([]);
    });

    test("is not for users of another issuer", async () => {
      const api = await openApi();
      const foreign = await api.foreignTokenOf("ben");
      expect(await add(api, foreign)).toBe(201);
      const { status, body } = await remove(api, foreign, PASSWORD);
      expect([status, body.detail]).toEqual([
        403,
        "only a device that is signed in to an account of this server can do this",
      ]);
      expect((await api.ask("GET", "/api/tasks", { as: foreign })).body).toHaveLength(1);
    });
  });
}
