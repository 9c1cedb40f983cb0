import { describe, expect, test } from "bun:test";
import { PAGE_PATHS } from "../support/server/pages.ts";
import { createRateLimit, perMinute } from "../../src/server/limits/rate-limit.ts";
import { alterStore, useApis } from "../support/server/api.ts";

const openApi = useApis();

const ID = "1f8fad5b-d9cb-469f-a165-70867728950e";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("the id of a request", () => {
  test("is made for each one and comes back in X-Request-Id, whatever the status", async () => {
    const api = openApi();
    const replies = [
      await api.ask("GET", "/api/tasks"),
      await api.ask("GET", "/api/tasks", { as: null }),
      await api.ask("GET", "/api/nothing"),
      await api.ask("DELETE", "/health"),
      await api.ask("HEAD", "/health"),
    ];
    const ids = replies.map(({ headers }) => headers.get("x-request-id") ?? "");
    for (const id of ids) expect(id).toMatch(UUID);
    expect(new Set(ids).size).toBe(5);
    expect(api.lines.map(({ request }) => request)).toEqual(ids);
  });

  test.each(["a", "0", "req-1", "019a9f3c-51c8-7000-8000-0000000000ff", "A.b_c:d-e", "x".repeat(128)])(
    "is the client's %p, in the reply and in the log",
    async (id) => {
      const api = openApi();
      const { headers } = await api.ask("GET", "/api/tasks", { headers: { "x-request-id": id } });
      expect(headers.get("x-request-id")).toBe(id);
      expect(api.lines.map(({ request }) => request)).toEqual([id]);
    },
  );

  test.each([
    "x".repeat(129),
    "",
    "a b",
    'a"b',
    "a'b",
    "a\\b",
    "a,b",
    "a;b",
    "a=b",
    "a/b",
    "a<script>",
    "a{b}",
    "é",
    "a\tb",
    "${jndi:ldap://x}",
    "a%0d%0ab",
  ])("is a new one instead of %j", async (id) => {
    const api = openApi();
    const { headers } = await api.ask("GET", "/api/tasks", { headers: { "x-request-id": id } });
    expect(headers.get("x-request-id")).toMatch(UUID);
    expect(api.lines.map(({ request }) => request)).toEqual([headers.get("x-request-id") ?? ""]);
  });

  test("is a new one when the client sends two", async () => {
    const request = new Request("http://localhost/health", {
      headers: [
        ["x-request-id", "one"],
        ["x-request-id", "two"],
      ],
    });
    expect((await openApi().app.fetch(request)).headers.get("x-request-id")).toMatch(UUID);
  });
});

describe("the line of the log", () => {
  const SECRETS = "Secret-title secret-tag secret-query secret-project secret-member secret-id secret-agent".split(" ");

  test("has exactly these members, and the time in milliseconds", async () => {
    const api = openApi();
    await api.ask("GET", "/api/tasks");
    expect(api.lines).toEqual([
      {
        request: expect.stringMatching(UUID),
        route: "GET /api/tasks",
        status: 200,
        ms: expect.any(Number),
        user: "ann",
      },
    ]);
    const { ms = -1 } = api.lines[0] ?? {};
    expect(ms).toBeGreaterThan(0);
    expect(ms).toBeLessThan(5000);
  });

  test("measures the time that the request took", async () => {
    const store = alterStore((real) => ({
      find: async (user, query) => {
        await Bun.sleep(30);
        return real.find(user, query);
      },
    }));
    const api = openApi({ store });
    await api.ask("GET", "/api/tasks");
    expect(api.lines[0]?.ms).toBeGreaterThanOrEqual(29);
  });

  test.each([
    ["GET", "/api/tasks?q=secret-query&tag=secret-tag", undefined, "GET /api/tasks", 200, "ann"],
    ["HEAD", "/api/tasks", undefined, "GET /api/tasks", 200, "ann"],
    ["POST", "/api/tasks", { title: "Secret-title", project: "secret-project" }, "POST /api/tasks", 201, "ann"],
    ["POST", "/api/tasks", { title: "x", "secret-member": 1 }, "POST /api/tasks", 400, "ann"],
    ["GET", `/api/tasks/${ID}`, undefined, "GET /api/tasks/{id}", 404, "ann"],
    ["GET", "/api/tasks/secret-id", undefined, "GET /api/tasks/{id}", 400, "ann"],
    ["PUT", `/api/tasks/${ID}`, { title: "Secret-title" }, "PUT /api/tasks/{id}", 404, "ann"],
    ["PATCH", `/api/tasks/${ID}/`, { title: "Secret-title" }, "PATCH /api/tasks/{id}", 404, "ann"],
    ["PATCH", `/api/tasks/${ID}/complete`, undefined, "PATCH /api/tasks/{id}/complete", 404, "ann"],
    ["DELETE", `/api/tasks/${ID}?secret-query`, undefined, "DELETE /api/tasks/{id}", 400, "ann"],
    ["POST", `/api/tasks/${ID}/restore`, undefined, "POST /api/tasks/{id}/restore", 404, "ann"],
    ["GET", "/api/me?x=secret-query", undefined, "GET /api/me", 400, "ann"],
    ["GET", "/health?x=secret-query", undefined, "GET /health", 200, null],
    ["GET", "/ready", undefined, "GET /ready", 200, null],
    ["GET", "/secret-id?secret-query", undefined, "none", 404, null],
    ["GET", "/api/secret-id", undefined, "none", 404, "ann"],
    ["DELETE", "/api/me", { password: "secret-title" }, "DELETE /api/me", 403, "ann"],
    ["POST", "/api/auth/login", { email: "secret-id" }, "POST /api/auth/login", 403, null],
    ["GET", "/api/auth/device?user_code=secret-query", undefined, "GET /api/auth/device", 403, "ann"],
    ["DELETE", `/api/auth/tokens/${ID}`, undefined, "DELETE /api/auth/tokens/{id}", 403, "ann"],
    ["POST", "/api/me", undefined, "none", 405, "ann"],
    ["OPTIONS", "/api/tasks", undefined, "none", 405, "ann"],
  ] as const)("of %s %s with %j has the pattern of the route and no word of the request", async (...row) => {
    const [method, path, json, route, status, user] = row;
    const api = openApi();
    const token = await api.tokenOf("ann");
    await api.send(method, path, { json, headers: { "user-agent": "secret-agent", cookie: "secret-agent" } });
    expect(api.lines).toMatchObject([{ route, status, user }]);
    const text = JSON.stringify(api.lines);
    for (const secret of [...SECRETS, ID, token, ...token.split(".")]) expect(text).not.toContain(secret);
  });

  test.each(PAGE_PATHS)("of %s has its path, and no user", async (path) => {
    const api = openApi();
    await api.send("GET", path);
    expect(api.lines).toMatchObject([{ route: `GET ${path}`, status: 200, user: null }]);
  });

  test.each([
    ["nobody, where there is no token", { as: null }, 401, null],
    ["nobody, where the token is a bad one", { as: null, headers: { authorization: "Bearer a.b.secret" } }, 401, null],
    ["the user, where the scope does not do", { claims: { scope: "" } }, 403, "ann"],
    ["the user with an odd name", { as: 'a"b,c{d}' }, 400, 'a"b,c{d}'],
  ])("names %s", async (_, ask, status, user) => {
    const api = openApi();
    await api.ask("POST", "/api/tasks", { text: "{", ...ask });
    expect(api.lines).toMatchObject([{ status, user }]);
    expect(JSON.stringify(api.lines)).not.toContain("secret");
  });

  test("names who is over the limit", async () => {
    const api = openApi(({ now }) => ({ limitUser: createRateLimit(perMinute(1), now) }));
    await api.ask("GET", "/api/me");
    await api.ask("GET", "/api/me", { headers: { "x-request-id": "second" } });
    expect(api.lines[1]).toMatchObject({ request: "second", route: "GET /api/me", status: 429, user: "ann" });
  });

  test("is one for each of many requests at once, each with its own user and id", async () => {
    const api = openApi();
    const users = Array.from({ length: 20 }, (_, at) => `user-${at}`);
    await Promise.all(users.map((as) => api.ask("GET", "/api/tasks", { as, headers: { "x-request-id": as } })));
    expect(api.lines).toHaveLength(20);
    for (const { request, user } of api.lines) expect(request).toBe(user ?? "");
    expect(new Set(api.lines.map(({ user }) => user))).toEqual(new Set(users));
  });
});

describe("every reply", () => {
  const SECURITY = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };

  test.each([
    ["GET", "/api/tasks", 200],
    ["HEAD", "/api/tasks", 200],
    ["POST", "/api/tasks", 400],
    ["DELETE", `/api/tasks/${ID}`, 404],
    ["GET", "/api/nothing", 404],
    ["GET", "/nosuch", 404],
    ["PUT", "/api/me", 405],
    ["GET", "/health", 200],
    ["GET", "/ready", 200],
  ] as const)("%s %s (%d) keeps browsers from guessing, framing and storing", async (method, path, status) => {
    const response = await openApi().send(method, path);
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject(SECURITY);
  });

  test("with 201, 204, 304, 401 and 500 does so too", async () => {
    const api = openApi();
    const { id } = await api.add();
    const { headers } = await api.ask("GET", `/api/tasks/${id}`);
    const broken = openApi({ store: alterStore(() => ({ find: () => Promise.reject(new Error("x")) })) });
    const responses = [
      await api.send("POST", "/api/tasks", { json: { title: "x" } }),
      await api.send("GET", `/api/tasks/${id}`, { headers: { "if-none-match": headers.get("etag") ?? "" } }),
      await api.send("DELETE", `/api/tasks/${id}`),
      await api.send("GET", "/api/tasks", { as: null }),
      await broken.send("GET", "/api/tasks"),
    ];
    expect(responses.map(({ status }) => status)).toEqual([201, 304, 204, 401, 500]);
    for (const response of responses) expect(Object.fromEntries(response.headers)).toMatchObject(SECURITY);
  });

  test.each(PAGE_PATHS)("%s keeps its own policy and how long it is kept, and has the rest", async (path) => {
    const { headers } = await openApi().send("GET", path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("x-request-id")).toMatch(UUID);
    expect(headers.get("cache-control")).not.toBe("no-store");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("keeps browsers to TLS for a year where that is what people use, pages and errors too", async () => {
    const read = async (publicUrl: string | null) => {
      const api = openApi({ publicUrl, origins: ["http://front.test"] });
      const preflight = { origin: "http://front.test", "access-control-request-method": "GET" };
      const responses = [
        await api.send("GET", "/health"),
        await api.send("POST", "/api/tasks"),
        await api.send("OPTIONS", "/api/tasks", { headers: preflight }),
        await api.send("GET", "/api/me/export"),
        ...(await Promise.all(PAGE_PATHS.map((path) => api.send("GET", path)))),
      ];
      return new Set(responses.map(({ headers }) => headers.get("strict-transport-security")));
    };
    expect([...(await read("https://todo.example.com"))]).toEqual(["max-age=31536000"]);
    const others = [
      "http://todo.example.com",
      "https://localhost:8443",
      "https://localhost/todo",
      "https://127.0.0.1",
      "https://[::1]:1",
      null,
    ];
    for (const publicUrl of others) expect([publicUrl, ...(await read(publicUrl))]).toEqual([publicUrl, null]);
  });

  test("of the documentation has a status that the document knows", async () => {
    const api = openApi();
    const { default: document } = await import("../../openapi.json");
    for (const path of ["/openapi.json", "/docs", "/redoc"] as const) {
      const known = Object.keys(document.paths[path].get.responses);
      const etag = (await api.send("GET", path)).headers.get("etag") ?? "";
      for (const asked of ["", etag, "nonsense"]) {
        const { status } = await api.send("GET", path, { headers: asked === "" ? {} : { "if-none-match": asked } });
        expect(known).toContain(String(status));
      }
    }
  });

  test("tells nothing of what serves it", async () => {
    const { headers } = await openApi().send("GET", "/api/tasks");
    for (const name of ["server", "x-powered-by", "via"]) expect(headers.get(name)).toBeNull();
  });
});
