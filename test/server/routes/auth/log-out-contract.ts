import { describe, expect, test } from "bun:test";
import { makeRefreshToken } from "../../../../src/services/accounts/opaque-secrets.ts";
import { type AccountApi, type OpenAccountApi } from "../../../support/server/account-api.ts";

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

    test("ends nothing where the token is none", async () => {
      const api = await openApi();
      const grant = await api.register();
      for (const text of ["", "nonsense", makeRefreshToken(crypto.randomUUID()).text, grant.session_id]) {
        expect((await logOut(api, text)).status).toBe(204);
      }
      expect(await api.knock(grant)).toBe(200);
    });
  });
}
