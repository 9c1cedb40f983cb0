import { describe, expect, test } from "bun:test";
import document from "../../openapi.json";
import { PAGE_PATHS } from "../support/server/pages.ts";
import { useApis } from "../support/server/api.ts";

const openApi = useApis();

/** Written down by hand: what strangers may ask. */
const PUBLIC = ["GET /health", "GET /ready", "GET /openapi.json", "GET /docs", "GET /redoc", "GET /app/config.json"];
/** By which strangers come in. */
const OPEN = [
  "POST /api/auth/register",
  "POST /api/auth/login",
  "POST /api/auth/refresh",
  "POST /api/auth/logout",
  "POST /api/auth/device",
  "POST /api/auth/device/token",
  "POST /api/web/register",
  "POST /api/web/login",
  "POST /api/web/refresh",
  "POST /api/web/logout",
  "POST /api/web/code",
];
/** The first page, that for people who let a device in, and what pages load. They are no part of the API, so the document leaves them out. */
const ASSETS = PAGE_PATHS.filter((path) => /\.(?:css|js)$|^\/(?:device)?$/.test(path)).map((path) => `GET ${path}`);

const API = [
  "GET /api/tasks",
  "POST /api/tasks",
  "POST /api/tasks/parse",
  "POST /api/tasks/bulk",
  "GET /api/tasks/{id}",
  "PUT /api/tasks/{id}",
  "PATCH /api/tasks/{id}",
  "DELETE /api/tasks/{id}",
  "PATCH /api/tasks/{id}/complete",
  "POST /api/tasks/{id}/skip",
  "POST /api/tasks/{id}/detach",
  "GET /api/tasks/{id}/occurrences",
  "POST /api/tasks/{id}/move",
  "POST /api/tasks/{id}/restore",
  "POST /api/tasks/{id}/notes",
  "DELETE /api/tasks/{id}/notes/{note}",
  "GET /api/agenda",
  "GET /api/stats",
  "GET /api/filters",
  "GET /api/filters/{name}",
  "PUT /api/filters/{name}",
  "DELETE /api/filters/{name}",
  "POST /api/sync",
  "GET /api/sync/events",
  "GET /api/me",
  "GET /api/me/export",
  "DELETE /api/me",
  "POST /api/auth/password",
  "GET /api/auth/log",
  "GET /api/auth/sessions",
  "DELETE /api/auth/sessions/{id}",
  "GET /api/auth/tokens",
  "POST /api/auth/tokens",
  "DELETE /api/auth/tokens/{id}",
  "GET /api/auth/device",
  "POST /api/auth/device/decision",
  "POST /api/web/codes",
];

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "TRACE", "PROPFIND"];
const ID = "1f8fad5b-d9cb-469f-a165-70867728950e";

function routesOfApp(): string[] {
  const { routes } = openApi().app;
  return routes
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
}

function routesOfDocument(): string[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

function split(route: string): [method: string, path: string] {
  const [method = "", path = ""] = route.split(" ");
  return [method, path.replaceAll(/\{\w+\}/g, ID)];
}

const ROUTES = [...PUBLIC, ...OPEN, ...ASSETS, ...API].map(split);
/** Every path, with the methods that it takes. */
const PATHS = [...Map.groupBy(ROUTES, ([, path]) => path)].map(([path, routes]) => ({
  path,
  methods: routes.flatMap(([method]) => (method === "GET" ? ["GET", "HEAD"] : [method])).toSorted(),
}));

describe("the routes", () => {
  test("are the same in the app, in the document and in the specification", () => {
    const app = routesOfApp();
    expect(new Set(app).size).toBe(app.length);
    const specified = [...PUBLIC, ...OPEN, ...API].toSorted();
    expect(app.filter((route) => !ASSETS.includes(route)).toSorted()).toEqual(specified);
    expect(routesOfDocument().toSorted()).toEqual(specified);
  });

  test("are all written out, so that no pattern lets through what nobody listed", () => {
    for (const { path } of openApi().app.routes) if (path !== "/*") expect(path).not.toContain("*");
  });

  test("that the document calls public are the public ones", () => {
    const free = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => "security" in operation && operation.security.length === 0)
        .map(([method]) => `${method.toUpperCase()} ${path}`),
    );
    expect(free.toSorted()).toEqual([...PUBLIC, ...OPEN].toSorted());
    expect(document.security).toEqual([{ bearer: [] }]);
  });

  test.each(routesOfApp().filter((route) => ![...PUBLIC, ...OPEN, ...ASSETS].includes(route)))(
    "%s answers 401 without a token and with a bad one, whatever else comes with it",
    async (route) => {
      const api = openApi();
      const [method, path] = split(route);
      const asks = [
        {},
        ...(method === "GET" ? [] : [{ json: { title: "x" } }, { text: "{" }]),
        { headers: { authorization: "Bearer " } },
        { headers: { authorization: "Bearer a.b.c" } },
        { headers: { authorization: `Basic ${btoa("ann:x")}` } },
        { headers: { cookie: `token=${await api.tokenOf("ann")}` } },
        { headers: { authorization: await api.tokenOf("ann") } },
        { headers: { "if-match": "*", "content-type": "text/plain" } },
      ];
      for (const ask of asks) {
        const { status, headers, body } = await api.ask(method, path, { as: null, ...ask });
        expect([status, body.code]).toEqual([401, "unauthorized"]);
        expect(headers.get("www-authenticate")).toStartWith("Bearer");
      }
      const inQuery = await api.ask(method, `${path}?access_token=${await api.tokenOf("ann")}`, { as: null });
      expect(inQuery.status).toBe(401);
    },
  );

  test.each([...PUBLIC, ...ASSETS])("%s answers without a token", async (route) => {
    const [method, path] = split(route);
    expect((await openApi().send(method, path, { as: null })).status).toBe(200);
  });

  test.each(OPEN)("%s looks at what is sent, and at no token", async (route) => {
    const api = openApi();
    const [method, path] = split(route);
    for (const headers of [{}, { authorization: "Bearer nonsense" }, { authorization: await api.tokenOf("ann") }]) {
      const { status, body } = await api.ask(method, path, { as: null, json: { nonsense: 1 }, headers });
      // Not for want of a token, but because this server has no accounts.
      expect([status, body.code]).toEqual([403, "forbidden"]);
    }
  });

  test("that are public don't look at the token", async () => {
    for (const route of PUBLIC) {
      const [method, path] = split(route);
      const headers = { authorization: "Bearer nonsense" };
      expect((await openApi().send(method, path, { as: null, headers })).status).toBe(200);
    }
  });
});

describe.each(PATHS)("$path", ({ path, methods }) => {
  const isPublic = !path.startsWith("/api");

  test.each(METHODS.filter((method) => !methods.includes(method)))(
    "answers 405 for %s and says what it takes",
    async (method) => {
      const api = openApi();
      const response = await api.send(method, path);
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe(methods.join(", "));
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(response.headers.get("x-request-id")).toBeString();
      const stranger = await api.send(method, path, { as: null });
      expect(stranger.status).toBe(isPublic ? 405 : 401);
      if (!isPublic) expect(stranger.headers.get("allow")).toBeNull();
    },
  );

  test("answers the same with a slash behind it", async () => {
    const api = openApi();
    for (const method of METHODS) {
      const [plain, slashed] = [await api.send(method, path), await api.send(method, `${path}/`)];
      // What a page names relative to itself would be elsewhere with a slash behind it.
      const isPage = path !== "/" && (plain.headers.get("content-type")?.startsWith("text/html") ?? false);
      expect([method, slashed.status]).toEqual([method, isPage ? 308 : plain.status]);
      expect(slashed.headers.get("location")).toBe(isPage ? path : plain.headers.get("location"));
      expect(slashed.headers.get("allow")).toBe(plain.headers.get("allow"));
    }
  });

  test("answers HEAD as GET, without a body", async () => {
    if (!methods.includes("GET")) return;
    const api = openApi();
    const [get, head] = [await api.send("GET", path), await api.send("HEAD", path)];
    expect([head.status, await head.text()]).toEqual([get.status, ""]);
    expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
  });
});

describe("a path that there is not", () => {
  test.each(["/health//", "/api/tasks//", `/api/tasks/${ID}//`, "/docs//"])("%s answers 404", async (path) => {
    expect((await openApi().ask("GET", path)).status).toBe(404);
  });

  test.each([
    "/api",
    "/api/",
    "/api/task",
    "/api/tasks/a/b/c",
    `/api/tasks/${ID}/complete/x`,
    `/api/tasks/${ID}/toggle`,
    "/api/v1/tasks",
    "/api/users",
    "/api/me/tokens",
    "/api/*",
    "/api/tasks.json",
    "/apis",
  ])("%s answers 404, and 401 to who has no token", async (path) => {
    const api = openApi();
    for (const method of ["GET", "POST", "DELETE", "OPTIONS"]) {
      expect((await api.ask(method, path)).status).toBe(404);
      expect((await api.ask(method, path, { as: null })).status).toBe(401);
    }
  });

  test.each([
    "/tasks",
    "/API/tasks",
    "/health/x",
    "/docs/x.js",
    "/docs/package.json",
    "/redoc/init.js.map",
    "/constructor",
    "/toString",
    "/.env",
    "/.git/config",
    "/src/main.ts",
    "/openapi.yaml",
    "//api/tasks",
  ])("%s answers 404 to anyone", async (path) => {
    const api = openApi();
    for (const as of ["ann", null]) expect((await api.ask("GET", path, { as })).status).toBe(404);
  });

  test.each([
    "/docs/..%2f..%2fpackage.json",
    "/docs/%2e%2e%2fopenapi.json",
    "/docs/page.css%00",
    "/docs/%5c..%5cpackage.json",
  ])("%s leads to no file", async (path) => expect((await openApi().ask("GET", path)).status).toBe(404));

  test.each(["/%61pi/tasks", "/api%2ftasks", "/api/%74asks", "/api/./tasks", "/health/../api/tasks"])(
    "%s is no way round the token",
    async (path) => {
      const response = await openApi().send("GET", path, { as: null });
      expect([401, 404]).toContain(response.status);
    },
  );
});
