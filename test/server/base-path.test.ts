import { describe, expect, test } from "bun:test";
import { ENDPOINTS } from "../../src/server/endpoints.ts";
import { PAGE_PATHS } from "../support/server/pages.ts";
import { EMAIL, PASSWORD, useAccountApis } from "../support/server/account-api.ts";
import { useApis } from "../support/server/api.ts";

const BASE = "/apps/todo";
const ID = "1f8fad5b-d9cb-469f-a165-70867728950e";

const openApi = useApis();
const openAccountApi = useAccountApis();

const ROUTES = [
  ...ENDPOINTS.map(({ method, path }) => [method.toUpperCase(), path.replace("{id}", ID)] as const),
  ...PAGE_PATHS.map((path) => ["GET", path] as const),
];

describe("a server below a path", () => {
  test.each(ROUTES)("answers %s %s there as one at the root does, and nothing at the root", async (method, path) => {
    const [plain, below] = [openApi(), openApi({ basePath: BASE })];
    const signal = AbortSignal.timeout(50);
    // Without a token, because streams and deletions are no matter here: a route is known by its refusal too.
    const ask = { as: null, signal };
    const expected = await plain.send(method, path, ask);
    const found = await below.send(method, BASE + path, ask);
    expect([found.status, found.headers.get("content-type")]).toEqual([
      expected.status,
      expected.headers.get("content-type"),
    ]);
    expect(below.lines.at(-1)?.route).toBe(plain.lines.at(-1)?.route ?? "");
    expect((await below.send(method, path, ask)).status).toBe(404);
    expect(below.lines.at(-1)?.route).toBe("none");
  });

  test.each([
    "/",
    "/app",
    "/apps",
    "/apps/todos/health",
    "/apps/TODO/health",
    "/apps%2Ftodo/health",
    "//apps/todo/health",
  ])("answers 404 at %s, which is not below it", async (path) => {
    expect((await openApi({ basePath: BASE }).send("GET", path)).status).toBe(404);
  });

  test("names addresses below it: of a new task, of the next page, and of the page that lets a device in", async () => {
    const api = openApi({ basePath: BASE });
    for (const title of ["Pay rent", "Call Ann"]) {
      const { headers } = await api.send("POST", `${BASE}/api/tasks`, { json: { title } });
      expect((await api.send("GET", headers.get("location") ?? "")).status).toBe(200);
    }
    const [, next = ""] =
      /^<([^>]*)>/.exec((await api.send("GET", `${BASE}/api/tasks?limit=1`)).headers.get("link") ?? "") ?? [];
    expect(next).toStartWith(`${BASE}/api/tasks?`);
    expect((await api.send("GET", next)).status).toBe(200);
    const accounts = await openAccountApi({ parts: { basePath: BASE } });
    const started = await accounts.send("POST", `${BASE}/api/auth/device`, { json: {} });
    expect(await started.text()).toContain(`"verification_uri":"http://localhost:8787${BASE}/device"`);
  });

  test("describes itself with its path, and leads pages with a slash behind them back", async () => {
    const api = openApi({ basePath: BASE });
    const read = async (served: typeof api, path: string) => (await served.send("GET", path)).text();
    expect(await read(api, `${BASE}/openapi.json`)).toContain(`"servers": [{ "url": "${BASE}" }]`);
    expect(await read(openApi(), "/openapi.json")).toContain('"servers": [{ "url": "/" }]');
    const { status, headers } = await api.send("GET", `${BASE}/device/?user_code=BCDF-GHJK`);
    expect([status, headers.get("location")]).toEqual([308, `${BASE}/device?user_code=BCDF-GHJK`]);
    const root = await api.send("GET", BASE);
    expect([root.status, root.headers.get("location")]).toEqual([308, `${BASE}/`]);
  });

  test("lets an account in and out by its requests", async () => {
    const api = await openAccountApi({ parts: { basePath: BASE } });
    const json = { email: EMAIL, password: PASSWORD };
    expect((await api.send("POST", "/api/auth/register", { json })).status).toBe(404);
    expect((await api.send("POST", `${BASE}/api/auth/register`, { json })).status).toBe(201);
  });
});
