import { describe, expect, test } from "bun:test";
import { TodoError } from "../../../src/domain/errors.ts";
import { alterStore, useApis } from "../../support/server/api.ts";

const openApi = useApis();

describe("GET /health", () => {
  test("says that the process is up, to anyone", async () => {
    const { status, body } = await openApi().ask("GET", "/health", { as: null });
    expect([status, body]).toEqual([200, { status: "ok", version: "1.2.3" }]);
  });

  test("says so while the store is away and while the server stops", async () => {
    const away = () => Promise.reject(new TodoError("unavailable", "away"));
    const api = openApi({
      store: alterStore(() => ({ ping: away, find: away, ensureUser: away })),
      isDraining: () => true,
    });
    expect((await api.ask("GET", "/health", { as: null })).status).toBe(200);
  });

  test("asks no token, not even a valid one", async () => {
    const headers = { authorization: "Bearer nonsense" };
    expect((await openApi().ask("GET", "/health", { as: null, headers })).status).toBe(200);
  });

  test("answers HEAD, and the same with a slash behind the path", async () => {
    const api = openApi();
    expect((await api.ask("HEAD", "/health", { as: null })).status).toBe(200);
    expect((await api.ask("GET", "/health/", { as: null })).status).toBe(200);
  });
});
