import { describe, expect, test } from "bun:test";
import { ENDPOINTS } from "../../../src/server/endpoints.ts";
import { useAccountApis } from "../../support/server/account-api.ts";

const openApi = useAccountApis();

const ROUTES = ENDPOINTS.filter(({ access, path }) => access === "account" || path.startsWith("/api/auth/"));

describe("a server without a secret", () => {
  test.each(ROUTES.map(({ method, path }) => [method.toUpperCase(), path] as const))(
    "says what it lacks, whatever is sent to %s %s",
    async (method, path) => {
      const api = await openApi({ parts: { accounts: null } });
      const as = await api.foreignTokenOf("ben");
      for (const json of [undefined, {}, "nonsense"]) {
        const { status, body, headers } = await api.ask(method, path.replace("{id}", "nonsense"), { as, json });
        expect([status, body.code, body.detail]).toEqual([
          403,
          "forbidden",
          "this server has no accounts: it needs a secret to sign tokens with, TODO_SECRET",
        ]);
        expect(headers.get("www-authenticate")).toBeNull();
      }
    },
  );

  test("serves users of other issuers all the same", async () => {
    const api = await openApi({ parts: { accounts: null } });
    const as = await api.foreignTokenOf("ben");
    expect((await api.ask("POST", "/api/tasks", { as, json: { title: "Water the lamps" } })).status).toBe(201);
    expect((await api.ask("GET", "/api/me/export", { as })).body).toHaveLength(1);
  });
});
