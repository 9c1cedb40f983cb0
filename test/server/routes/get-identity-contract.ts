import { describe, expect, test } from "bun:test";
import type { OpenApi } from "../../support/server/api.ts";

export function describeGetIdentity(openApi: OpenApi): void {
  describe("GET /api/me", () => {
    test("says what the token says, and null for what it doesn't", async () => {
      const { status, body } = await openApi().ask("GET", "/api/me");
      expect([status, body]).toEqual([
        200,
        { id: "ann", email: null, name: null, issuer: null, scopes: null, expires_at: "2026-11-20T10:00:00.000Z" },
      ]);
    });

    test("says everything that is known", async () => {
      const claims = {
        iss: "https://auth.test",
        email: "ann@example.com",
        name: "Ann",
        scope: "tasks:read tasks:write",
      };
      const { body } = await openApi().ask("GET", "/api/me", { claims });
      expect(body).toMatchObject({
        issuer: "https://auth.test",
        email: "ann@example.com",
        name: "Ann",
        scopes: ["tasks:read", "tasks:write"],
      });
    });

    test.each([
      ["", []],
      ["tasks:read", ["tasks:read"]],
    ])("answers a token with the scope %p", async (scope, scopes) => {
      expect((await openApi().ask("GET", "/api/me", { claims: { scope } })).body.scopes).toEqual(scopes);
    });

    test.each(["Ädä Lövelace", "auth0|5f7c8ec7c33c6c004bbafe82", "日本", "a/b?c#d", "'; drop table users --"])(
      "takes %s for a user like any other",
      async (user) => {
        const api = openApi();
        expect((await api.ask("GET", "/api/me", { as: user })).body.id).toBe(user);
        const task = await api.add({}, user);
        expect((await api.ask("GET", "/api/tasks", { as: user })).body).toEqual([task]);
      },
    );

    test.each([
      ["of milliseconds instead of seconds", Date.UTC(2027, 0)],
      ["in the last year that has four digits", Date.UTC(9999, 11, 31) / 1000],
      ["in the year 10000", Date.UTC(10_000, 0) / 1000],
      ["that is the largest number", Number.MAX_SAFE_INTEGER],
    ])("does not break on a token with an expiry %s", async (_, exp) => {
      const { status } = await openApi().ask("GET", "/api/me", { claims: { exp } });
      expect([200, 401]).toContain(status);
    });

    test("answers HEAD, and refuses a parameter", async () => {
      const api = openApi();
      expect((await api.ask("HEAD", "/api/me")).status).toBe(200);
      expect((await api.ask("GET", "/api/me?as=ben")).status).toBe(400);
    });

    test("is 401 without a token and with one that has expired", async () => {
      const api = openApi();
      expect((await api.ask("GET", "/api/me", { as: null })).status).toBe(401);
      const authorization = `Bearer ${await api.tokenOf("ann")}`;
      expect((await api.ask("GET", "/api/me", { headers: { authorization } })).status).toBe(200);
      api.clock.now += 3_600_000;
      const { status, headers, body } = await api.ask("GET", "/api/me", { headers: { authorization } });
      expect([status, body.code, body.detail]).toEqual([401, "token_expired", "the token has expired"]);
      expect(headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    });
  });
}
