import { describe, expect, test } from "bun:test";
import {
  type AccountApi,
  type Bearer,
  EMAIL,
  type OpenAccountApi,
  PASSWORD,
} from "../../../support/server/account-api.ts";
import { decide, poll } from "../../../support/server/device-flow.ts";

const NEXT = "nine small red lamps";

function change(api: AccountApi, as: Bearer, current: string, next: string) {
  return api.ask("POST", "/api/auth/password", { as, json: { current_password: current, new_password: next } });
}

async function tryPassword(api: AccountApi, password: string) {
  return (await api.ask("POST", "/api/auth/login", { json: { email: EMAIL, password } })).status;
}

export function describeChangePassword(openApi: OpenAccountApi): void {
  describe("POST /api/auth/password", () => {
    test("changes it, and signs all other devices out at once", async () => {
      const api = await openApi();
      const [mine, other] = [await api.register(), await api.logIn()];
      expect(await api.knock(other)).toBe(200);
      expect((await change(api, mine, PASSWORD, NEXT)).status).toBe(204);
      expect([await api.knock(mine), await api.knock(other)]).toEqual([200, 401]);
      expect([await tryPassword(api, PASSWORD), await tryPassword(api, NEXT)]).toEqual([401, 200]);
      expect((await api.refresh(mine)).session_id).toBe(mine.session_id);
      const json = { refresh_token: other.refresh_token };
      expect((await api.ask("POST", "/api/auth/refresh", { json })).status).toBe(401);
    });

    test("ends the personal tokens at once, which a thief may have made", async () => {
      const api = await openApi();
      const [mine, other] = [await api.register(), await api.register({ email: "ben@example.com" })];
      const [program, theirs] = [await api.makeToken(mine, { days: null }), await api.makeToken(other)];
      expect(await api.knock(program)).toBe(200);
      await change(api, mine, PASSWORD, NEXT);
      expect([await api.knock(program), await api.knock(theirs)]).toEqual([401, 200]);
      expect((await api.ask("GET", "/api/auth/tokens", { as: mine })).body).toEqual([]);
    });

    test.each([
      [true, 200],
      [false, 401],
    ])("with keep_tokens %p answers programs %d", async (keep_tokens, status) => {
      const api = await openApi();
      const [mine, other] = [await api.register(), await api.logIn()];
      const program = await api.makeToken(mine);
      const json = { current_password: PASSWORD, new_password: NEXT, keep_tokens };
      expect((await api.ask("POST", "/api/auth/password", { as: mine, json })).status).toBe(204);
      expect([await api.knock(program), await api.knock(other)]).toEqual([status, 401]);
    });

    test("takes keep_tokens for nothing but true or false", async () => {
      const api = await openApi();
      const mine = await api.register();
      for (const keep_tokens of [null, "true", 1]) {
        const json = { current_password: PASSWORD, new_password: NEXT, keep_tokens };
        expect((await api.ask("POST", "/api/auth/password", { as: mine, json })).status).toBe(400);
      }
      expect(await tryPassword(api, PASSWORD)).toBe(200);
    });

    test("refuses devices that were let in before and have not asked since", async () => {
      const api = await openApi();
      const mine = await api.register();
      const { device_code, user_code } = await api.startDevice();
      await decide(api, mine, user_code);
      await change(api, mine, PASSWORD, NEXT);
      expect(await poll(api, { device_code })).toBe("access_denied");
    });

    test("is 403 where the current one is wrong, and changes nothing", async () => {
      const api = await openApi();
      const [mine, other] = [await api.register(), await api.logIn()];
      for (const wrong of ["", NEXT, `${PASSWORD} `, "short"]) {
        const { status, body } = await change(api, mine, wrong, NEXT);
        expect([status, body.detail]).toEqual([403, "the password is wrong"]);
      }
      expect([await api.knock(other), await tryPassword(api, PASSWORD)]).toEqual([200, 200]);
    });

    test.each([
      ["too short", "tall lamps!"],
      ["the address", EMAIL.toUpperCase()],
      ["a common one", "Password1234"],
    ])("refuses a new one that is %s, says in which member, and changes nothing", async (_, next) => {
      const api = await openApi();
      const mine = await api.register();
      const { status, body } = await change(api, mine, PASSWORD, next);
      expect([status, body.errors]).toEqual([400, [{ path: "new_password", message: expect.any(String) }]]);
      expect(await tryPassword(api, PASSWORD)).toBe(200);
    });

    test("takes one of two that come at once", async () => {
      const api = await openApi();
      const mine = await api.register();
      const nexts = [NEXT, "five round blue lamps"];
      const statuses = await Promise.all(nexts.map(async (next) => (await change(api, mine, PASSWORD, next)).status));
      expect(statuses).toContain(204);
      const good = await Promise.all(nexts.map((next) => tryPassword(api, next)));
      expect(new Set(good)).toEqual(new Set([200, 401]));
      expect(await tryPassword(api, PASSWORD)).toBe(401);
    });
  });
}
