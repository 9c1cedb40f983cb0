import { describe, expect, test } from "bun:test";
import { type AccountApi, type OpenAccountApi } from "../../../support/server/account-api.ts";
import { makeUpRefreshToken } from "../../../support/server/forged-tokens.ts";
import { openOldSession } from "../../../support/server/old-session.ts";

function logOut(api: AccountApi, refresh_token: string) {
  return api.ask("POST", "/api/auth/logout", { json: { refresh_token } });
}

export function describeLogOut(openApi: OpenAccountApi): void {
  describe("POST /api/auth/logout", () => {
    test("ends the session at once, and no other", async () => {
      const api = await openApi();
      const [mine, other] = [await api.register(), await api.logIn()];
      expect(await api.knock(mine)).toBe(200);
      expect((await logOut(api, mine.refresh_token)).status).toBe(204);
      expect([await api.knock(mine), await api.knock(other)]).toEqual([401, 200]);
      const { status } = await api.ask("POST", "/api/auth/refresh", { json: { refresh_token: mine.refresh_token } });
      expect(status).toBe(401);
    });

    test("takes a token that was used before, and one whose session is over", async () => {
      const api = await openApi();
      const first = await api.register();
      const second = await api.refresh(first);
      for (const grant of [first, second, first]) expect((await logOut(api, grant.refresh_token)).status).toBe(204);
      expect(await api.knock(second)).toBe(401);
    });

    test("takes a token that was used up long ago", async () => {
      const api = await openApi();
      const first = await api.register();
      const third = await api.refresh(await api.refresh(first));
      expect((await logOut(api, first.refresh_token)).status).toBe(204);
      expect(await api.knock(third)).toBe(401);
    });

    test.each([
      ["the current one", 0, false],
      ["the one before", 1, false],
      ["neither", 2, true],
    ] as const)("knows a token from before they proved themselves while it is %s", async (_, renewals, isOpen) => {
      const api = await openApi();
      const { user } = await api.register();
      const { id, refresh_token } = await openOldSession(api, user.id);
      let newest = { refresh_token };
      for (let renewal = 0; renewal < renewals; renewal += 1) newest = await api.refresh(newest);
      expect((await logOut(api, refresh_token)).status).toBe(204);
      expect((await api.accounts.findSession(id, api.clock.now)) !== null).toBe(isOpen);
    });

    test("ends nothing where the token is none", async () => {
      const api = await openApi();
      const grant = await api.register();
      const made = [crypto.randomUUID(), grant.session_id].map((id) => makeUpRefreshToken(id));
      for (const text of ["", "nonsense", ...made, grant.session_id]) {
        expect((await logOut(api, text)).status).toBe(204);
      }
      expect(await api.knock(grant)).toBe(200);
    });

    test("writes nothing for a stranger who makes up a token, as asking for a new one does not", async () => {
      const api = await openApi();
      const grant = await api.register();
      const writes: string[] = [];
      const server = api.beside({
        alter: (accounts) => ({
          endSession: (by, now) => {
            writes.push("endSession");
            return accounts.endSession(by, now);
          },
          renewSession: (renewal) => {
            writes.push("renewSession");
            return accounts.renewSession(renewal);
          },
        }),
      });
      for (const id of [crypto.randomUUID(), grant.session_id]) {
        const refresh_token = makeUpRefreshToken(id);
        expect((await logOut(server, refresh_token)).status).toBe(204);
        expect((await server.ask("POST", "/api/auth/refresh", { json: { refresh_token } })).status).toBe(401);
      }
      expect(writes).toEqual([]);
      await server.refresh(grant);
      await logOut(server, grant.refresh_token);
      expect(writes).toEqual(["renewSession", "endSession"]);
    });
  });
}
