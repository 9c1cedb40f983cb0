import { describe, expect, test } from "bun:test";
import { createRateLimit, perMinute } from "../../../src/server/limits/rate-limit.ts";
import { alterStore, useApis } from "../../support/server/api.ts";

const openApi = useApis();

const FRONT_END = "https://app.example.com";
const OTHERS = [
  "https://evil.example.com",
  "https://app.example.com.evil.test",
  "https://app.example.com:8443",
  "http://app.example.com",
  "https://APP.example.com",
  "https://sub.app.example.com",
  "https://app.example.com/",
  "https://app-example.com",
  "null",
  "*",
  "",
];

/** Only what CORS adds to a reply. */
function corsOf(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name.startsWith("access-control-")));
}

function words(header: string | null): string[] {
  return (header ?? "").split(",").map((word) => word.trim().toLowerCase());
}

describe("with an allowed origin", () => {
  const open = () => openApi({ origins: [FRONT_END, "http://localhost:3000"] });

  test.each([FRONT_END, "http://localhost:3000"])("a page of %s may read the reply", async (origin) => {
    const { status, headers } = await open().ask("GET", "/api/tasks", { headers: { origin } });
    expect(status).toBe(200);
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(words(headers.get("vary"))).toContain("origin");
    expect(headers.get("access-control-allow-credentials")).toBe("true");
  });

  test("a page may read the headers that the API speaks with", async () => {
    const { headers } = await open().ask("GET", "/api/tasks", { headers: { origin: FRONT_END } });
    for (const name of [
      "allow",
      "accept-patch",
      "content-disposition",
      "etag",
      "link",
      "location",
      "retry-after",
      "todo-protocol",
      "www-authenticate",
      "x-request-id",
    ]) {
      expect(words(headers.get("access-control-expose-headers"))).toContain(name);
    }
  });

  test.each(OTHERS)("a page of %p may not", async (origin) => {
    const { headers } = await open().ask("GET", "/api/tasks", { headers: { origin } });
    expect(corsOf(headers)).toEqual({});
    expect(words(headers.get("vary"))).toContain("origin");
  });

  test("a page may read why something was refused", async () => {
    const broken = { find: () => Promise.reject(new Error("x")) };
    const api = openApi(({ now }) => ({
      origins: [FRONT_END],
      store: alterStore(() => broken),
      limitAddress: createRateLimit(perMinute(8), now),
    }));
    const asks = [
      ["GET", "/api/tasks", {}, 500],
      ["GET", "/api/tasks", { as: null }, 401],
      ["GET", "/api/tasks?x=1", {}, 400],
      ["GET", "/api/nothing", {}, 404],
      ["PUT", "/api/me", {}, 405],
      ["POST", "/api/tasks", { text: "{}", headers: { "content-length": "70000" } }, 413],
      ["POST", "/api/tasks", { text: "{}", headers: { "content-type": "text/plain" } }, 415],
      ["POST", "/api/tasks", { claims: { scope: "" } }, 403],
      ["POST", "/api/tasks", { json: { title: "x" } }, 201],
      ["GET", "/api/tasks", {}, 429],
    ] as const;
    for (const [method, path, ask, status] of asks) {
      const headers = { origin: FRONT_END, ...("headers" in ask && ask.headers) };
      const reply = await api.ask(method, path, { ...ask, headers });
      expect([method, path, reply.status]).toEqual([method, path, status]);
      expect(reply.headers.get("access-control-allow-origin")).toBe(FRONT_END);
      expect(words(reply.headers.get("vary"))).toContain("origin");
    }
  });

  test.each(["GET", "POST", "PUT", "PATCH", "DELETE"])(
    "a browser may ask before %s, without a token",
    async (method) => {
      const api = open();
      const response = await api.send("OPTIONS", "/api/tasks/1f8fad5b-d9cb-469f-a165-70867728950e", {
        as: null,
        headers: {
          origin: FRONT_END,
          "access-control-request-method": method,
          "access-control-request-headers": "authorization,content-type,if-match",
        },
      });
      expect([response.status, await response.text()]).toEqual([204, ""]);
      const { headers } = response;
      expect(headers.get("access-control-allow-origin")).toBe(FRONT_END);
      expect(words(headers.get("access-control-allow-methods"))).toContain(method.toLowerCase());
      for (const name of [
        "authorization",
        "content-encoding",
        "content-type",
        "if-match",
        "if-none-match",
        "todo-protocol",
        "x-request-id",
      ]) {
        expect(words(headers.get("access-control-allow-headers"))).toContain(name);
      }
      expect(Number(headers.get("access-control-max-age"))).toBeGreaterThan(0);
      expect(words(headers.get("vary"))).toContain("origin");
      expect(headers.get("x-request-id")).toBeString();
      expect(api.lines).toMatchObject([{ status: 204, user: null }]);
    },
  );

  test.each(OTHERS)("a browser that asks before a request of a page of %p is not let through", async (origin) => {
    const response = await open().send("OPTIONS", "/api/tasks", {
      as: null,
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" },
    });
    expect(corsOf(response.headers)).toEqual({});
    expect(words(response.headers.get("vary"))).toContain("origin");
  });

  /** Which headers a page may send, beside those that it may always send. */
  async function askFor(names: string): Promise<string[]> {
    const headers = { origin: FRONT_END, "access-control-request-method": "PATCH" };
    const asked = { ...headers, "access-control-request-headers": names };
    const [plain, answered] = [
      await open().send("OPTIONS", "/api/tasks", { as: null, headers }),
      await open().send("OPTIONS", "/api/tasks", { as: null, headers: asked }),
    ];
    expect(answered.status).toBe(204);
    expect(words(answered.headers.get("vary"))).toContain("access-control-request-headers");
    const usual = words(plain.headers.get("access-control-allow-headers"));
    return words(answered.headers.get("access-control-allow-headers")).filter((name) => !usual.includes(name));
  }

  test("a page may send the headers of tracers and clients, which nobody here knows", async () => {
    const names = ["baggage", "cache-control", "idempotency-key", "sentry-trace", "traceparent", "tracestate"];
    expect(await askFor([...names, "x-requested-with"].join(","))).toEqual([...names, "x-requested-with"]);
    expect(await askFor(" b3 , X-B3-TraceId,,authorization")).toEqual(["b3", "x-b3-traceid"]);
  });

  test.each([
    ["a star, which would stand for any", "*"],
    ["what is no name of a header", 'a b,a:b,a;b,(x),é,"x"'],
    ["more than a page needs", Array.from({ length: 300 }, (_, at) => `x-header-${at}`).join(",")],
  ])("a page may not send %s", async (_, names) => {
    expect(await askFor(names)).toEqual([]);
  });

  test("a page may read which methods there are, and the name of its export", async () => {
    const api = open();
    const headers = { origin: FRONT_END };
    for (const [method, path, name] of [
      ["PUT", "/api/me", "allow"],
      ["GET", "/api/me/export", "content-disposition"],
    ] as const) {
      const reply = await api.ask(method, path, { headers });
      expect(reply.headers.get(name)).toBeString();
      expect(words(reply.headers.get("access-control-expose-headers"))).toContain(name);
    }
  });

  test("a cookie is no token, although a page may send it", async () => {
    const api = open();
    const cookie = `token=${await api.tokenOf("ann")}`;
    const { status } = await api.ask("GET", "/api/tasks", { as: null, headers: { origin: FRONT_END, cookie } });
    expect(status).toBe(401);
  });

  test("a preflight does nothing", async () => {
    const api = open();
    const task = await api.add();
    const headers = { origin: FRONT_END, "access-control-request-method": "DELETE" };
    await api.send("OPTIONS", `/api/tasks/${task.id}`, { headers });
    expect((await api.ask("GET", "/api/tasks")).body).toEqual([task]);
  });

  test("who is no browser sends no origin and is answered as always", async () => {
    const api = open();
    const { status, headers } = await api.ask("GET", "/api/tasks");
    expect([status, headers.get("access-control-allow-origin")]).toEqual([200, null]);
    expect((await api.send("OPTIONS", "/api/tasks")).status).toBe(405);
  });

  test("nothing allows every origin", async () => {
    for (const origin of [FRONT_END, ...OTHERS]) {
      for (const method of ["GET", "OPTIONS"]) {
        const { headers } = await open().send(method, "/api/tasks", { headers: { origin } });
        expect(Object.values(corsOf(headers)).join(",")).not.toContain("*");
        const isAllowed = origin === FRONT_END;
        expect(headers.get("access-control-allow-credentials")).toBe(isAllowed ? "true" : null);
        expect(headers.get("access-control-allow-origin")).toBe(isAllowed ? FRONT_END : null);
      }
    }
  });
});

describe("without an allowed origin", () => {
  test.each([FRONT_END, "http://localhost:3000", "null"])(
    "no reply to a page of %s says anything of CORS",
    async (origin) => {
      const api = openApi();
      const { status, headers } = await api.ask("GET", "/api/tasks", { headers: { origin } });
      expect([status, corsOf(headers)]).toEqual([200, {}]);
    },
  );

  test("a preflight is a method that no route takes", async () => {
    const headers = { origin: FRONT_END, "access-control-request-method": "GET" };
    const response = await openApi().send("OPTIONS", "/api/tasks", { headers });
    expect([response.status, corsOf(response.headers)]).toEqual([405, {}]);
    expect((await openApi().send("OPTIONS", "/api/tasks", { as: null, headers })).status).toBe(401);
  });
});
