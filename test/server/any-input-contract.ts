import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Api, OpenApi } from "../support/server/api.ts";

/** How often a property is tried, from how often that is with a store in memory. */
type Runs = (count: number) => { readonly numRuns: number };

const MEMBERS = ["id", "title", "description", "completed", "due_date", "priority", "project", "tags", "recurrence"];
const OTHER_MEMBERS = [
  "handle",
  "completed_at",
  "created_at",
  "deleted_at",
  "__proto__",
  "constructor",
  "toString",
  "",
  "tag:x",
];

/** Texts that something on the way could stumble over. */
const nastyText = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\0",
    "\ud800",
    "\udfff\ud800",
    "a\ud83d",
    "\uffff",
    "\u202e",
    "null",
    "none",
    "x".repeat(501),
  ),
  fc.constantFrom(
    "2026-12-01",
    "2026-02-30",
    "2026-12-01T10:00:00Z",
    "-271821-04-20T00:00:00Z",
    "+275760-09-13",
    "high",
    "🦊",
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.uuid(),
);

const number = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 2 ** 53, -(2 ** 63), 1e308, 5e-324, Number.MAX_VALUE, 8.64e15 + 1),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  number,
  fc.boolean(),
  fc.constant(null),
  fc.array(nastyText, { maxLength: 5 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Objects that often are a task, or nearly. */
const likeTask = fc.record(
  {
    ...Object.fromEntries([...MEMBERS, ...OTHER_MEMBERS].map((name) => [name, anyValue])),
    title: fc.oneof(
      { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) },
      { weight: 1, arbitrary: anyValue },
    ),
    tags: fc.oneof(fc.array(fc.string({ minLength: 1, maxLength: 5 })), anyValue),
    completed: fc.oneof(fc.boolean(), anyValue),
  },
  { requiredKeys: [] },
);

/** A task with one to three of its members, of the right kind, so that many requests get through. */
const task = fc.record(
  {
    title: fc.string({ minLength: 1, maxLength: 20 }),
    description: fc.option(nastyText),
    due_date: fc.option(fc.constantFrom("2026-12-01", "0000-01-01", "9999-12-31", "2026-12-01T10:00:00+14:00")),
    priority: fc.option(fc.constantFrom("high", "medium", "low")),
    project: fc.option(fc.string({ minLength: 1, maxLength: 20 })),
    tags: fc.option(fc.array(fc.stringMatching(/^[a-zä-ü🦊]{1,5}$/u), { maxLength: 4 })),
  },
  { requiredKeys: [] },
);

const nested = fc
  .tuple(fc.constantFrom("[", '{"a":', '{"title":', '{"tags":['), fc.integer({ min: 1, max: 5000 }), fc.boolean())
  .map(([open, depth, closed]) => {
    const close = open.endsWith("[") ? (open.length > 1 ? "]}" : "]") : "}";
    return open.repeat(depth) + (closed ? (open.endsWith("[") ? "" : "1") + close.repeat(depth) : "");
  });

const hugeNumber = fc
  .tuple(
    fc.constantFrom("title", "completed", "due_date", "tags"),
    fc.constantFrom("1e999", "-1e999", "1".repeat(5000), "1e-999", "-0"),
  )
  .map(([name, digits]) => `{"title":"x","${name}":${digits}}`);

const escapes = fc
  .tuple(
    fc.constantFrom("title", "description", "project", "\\ud800"),
    fc.constantFrom("\\ud800", "\\udfff", "\\ud83d\\ud83d", "\\u0000", "\\uffff"),
  )
  .map(([name, escape]) => `{"title":"x","${name}":"a${escape}b"}`);

const twice = fc
  .tuple(anyValue, anyValue)
  .map(([one, other]) => `{"title":"x","title":${JSON.stringify(one)},"title":${JSON.stringify(other)}}`);

/** A body as text: valid JSON of all kinds, and what is none. */
const anyBody = fc.oneof(
  { weight: 4, arbitrary: task.map((value) => JSON.stringify(value)) },
  { weight: 4, arbitrary: likeTask.map((value) => JSON.stringify(value)) },
  fc.json(),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.string({ unit: "binary" }),
  nested,
  hugeNumber,
  escapes,
  twice,
);

/** A slower store takes a share of the inputs. */
export function describeAnyInput(openApi: OpenApi, share = 1): void {
  const runs: Runs = (count) => ({ numRuns: Math.ceil(count * share) });
  describeBodies(openApi, runs);
  describeQueries(openApi, runs);
  describePaths(openApi, runs);
  describeHeaders(openApi, runs);
}

/** Sends a body and checks what any reply to it must be. */
async function probe(api: Api, method: string, path: string, text: string): Promise<void> {
  const { status, headers, body } = await api.ask(method, path, { text });
  expect([200, 201, 400, 404, 409]).toContain(status);
  if (status >= 400) return;
  const read = await api.ask("GET", `/api/tasks/${body.id}`);
  expect(read.status).toBe(200);
  expect(read.body).toEqual(body);
  expect(read.headers.get("etag")).toBe(headers.get("etag"));
}

function describeBodies(openApi: OpenApi, runs: Runs): void {
  describe("any body at all", () => {
    test("to POST makes a task that is read back as it was answered, or is refused", async () => {
      const api = openApi();
      await fc.assert(
        fc.asyncProperty(anyBody, (text) => probe(api, "POST", "/api/tasks", text)),
        // All of them on every store: of few bodies it is chance whether enough are good ones.
        { numRuns: 500 },
      );
      const { body } = await api.ask("GET", "/api/tasks?limit=200");
      expect(body.length).toBeGreaterThan(20);
    });

    test.each(["PUT", "PATCH"])("to %s changes the task to what is read back, or is refused", async (method) => {
      const api = openApi();
      const { id } = await api.add({
        description: "d",
        due_date: "2026-12-01",
        priority: "low",
        project: "p",
        tags: ["t"],
      });
      await fc.assert(
        fc.asyncProperty(anyBody, async (text) => {
          const before = (await api.ask("GET", `/api/tasks/${id}`)).body;
          await probe(api, method, `/api/tasks/${id}`, text);
          const after = (await api.ask("GET", `/api/tasks/${id}`)).body;
          const given = readMembers(text);
          for (const name of MEMBERS) {
            if (!given.includes(name) || name === "id") expect([name, after[name]]).toEqual([name, before[name]]);
          }
        }),
        runs(250),
      );
    });

    test("to complete sets the state, turns it round, or is refused", async () => {
      const api = openApi();
      const { id } = await api.add();
      await fc.assert(
        fc.asyncProperty(anyBody, (text) => probe(api, "PATCH", `/api/tasks/${id}/complete`, text)),
        runs(250),
      );
    });

    test("to restore and DELETE is not looked at", async () => {
      const api = openApi();
      const { id } = await api.add();
      await fc.assert(
        fc.asyncProperty(anyBody, async (text) => {
          expect((await api.ask("DELETE", `/api/tasks/${id}`, { text })).status).toBe(204);
          expect((await api.ask("POST", `/api/tasks/${id}/restore`, { text })).status).toBe(200);
        }),
        runs(30),
      );
    });

    test("of any bytes is read or refused", async () => {
      const api = openApi();
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 40 }), async (bytes) => {
          const { status } = await api.ask("POST", "/api/tasks", { text: new Uint8Array(bytes) });
          expect(status).toBe(400);
        }),
        runs(250),
      );
    });
  });
}

/** The members that a body names, where it is an object. */
function readMembers(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? Object.keys(value) : [];
  } catch {
    return [];
  }
}

const PARAMETERS = [
  "status",
  "sort",
  "order",
  "q",
  "tag",
  "project",
  "priority",
  "due_before",
  "due_after",
  "limit",
  "cursor",
];

const parameterValue = fc.oneof(
  nastyText,
  fc.constantFrom("all", "pending", "completed", "asc", "desc", "title", "updated", "high", "1", "200", "201", "x"),
  fc.integer().map(String),
);

const written = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PARAMETERS) }, { weight: 1, arbitrary: nastyText }),
      parameterValue,
    ),
    {
      maxLength: 5,
    },
  )
  .map((pairs) => new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString());

const raw = fc
  .array(
    fc.constantFrom(
      ...PARAMETERS,
      "=",
      "&",
      "%",
      "%00",
      "%ff",
      "%C3%A4",
      "+",
      "?",
      "a",
      "1",
      ";",
      "[]",
      "'",
      '"',
      "<",
      "é",
    ),
    {
      maxLength: 12,
    },
  )
  .map((pieces) => pieces.join(""));

function describeQueries(openApi: OpenApi, runs: Runs): void {
  describe("any query at all", () => {
    test("to GET /api/tasks is answered with a list or refused", async () => {
      const api = openApi();
      for (const title of ["a", "b", "c"]) await api.add({ title, tags: ["x"], due_date: "2026-12-01" });
      const statuses = new Map<number, number>();
      await fc.assert(
        fc.asyncProperty(fc.oneof(written, raw), async (query) => {
          const { status, headers, body } = await api.ask("GET", `/api/tasks?${query}`);
          expect([200, 400]).toContain(status);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          if (status !== 200) return;
          expect(Array.isArray(body)).toBe(true);
          const link = /^<(.+)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
          if (link !== undefined) expect((await api.ask("GET", link)).status).toBe(200);
        }),
        runs(1500),
      );
      for (const status of [200, 400]) expect(statuses.get(status) ?? 0).toBeGreaterThan(runs(50).numRuns);
    });

    test("to every other route is refused, or none", async () => {
      const api = openApi();
      const { id } = await api.add();
      await fc.assert(
        fc.asyncProperty(raw, async (query) => {
          for (const path of ["/api/me", `/api/tasks/${id}`]) {
            expect([200, 400]).toContain((await api.ask("GET", `${path}?${query}`)).status);
          }
        }),
        runs(250),
      );
    });
  });
}

function describePaths(openApi: OpenApi, runs: Runs): void {
  describe("any path at all", () => {
    test("is a route, or 404, or refused", async () => {
      const api = openApi();
      const piece = fc.oneof(
        fc.constantFrom(
          "api",
          "tasks",
          "me",
          "health",
          "complete",
          "restore",
          "docs",
          "..",
          ".",
          "",
          "%2e%2e",
          "%2f",
          "%00",
          "%ff",
          "%",
        ),
        fc.webPath({ size: "small" }).map((path) => path.slice(1)),
        fc.string({ unit: "grapheme", maxLength: 5 }).map(encodeURIComponent),
        fc.uuid(),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
          fc.array(piece, { maxLength: 5 }),
          fc.boolean(),
          async (method, pieces, isApi) => {
            const response = await api.send(method, `/${isApi ? "api/" : ""}${pieces.join("/")}`);
            // What is about an account is refused to those of other issuers.
            expect([200, 304, 400, 403, 404, 405, 409]).toContain(response.status);
            const stranger = await api.send(method, `/api/${pieces.join("/")}`, { as: null });
            const { pathname } = new URL(`http://localhost/api/${pieces.join("/")}`);
            if (pathname.startsWith("/api")) expect(stranger.status).toBe(401);
          },
        ),
        runs(500),
      );
    });
  });
}

function describeHeaders(openApi: OpenApi, runs: Runs): void {
  describe("any header at all", () => {
    test("If-Match and If-None-Match are heeded or refused", async () => {
      const api = openApi();
      const { id } = await api.add();
      const path = `/api/tasks/${id}`;
      const header = fc
        .oneof(
          fc.string(),
          fc.array(fc.constantFrom('"', "W/", ",", " ", "*", "a", "\u00ff", "\t")).map((pieces) => pieces.join("")),
        )
        .filter((text) => /^[\t\x20-\x7e\x80-\xff]*$/.test(text));
      await fc.assert(
        fc.asyncProperty(header, async (text) => {
          const read = await api.ask("GET", path, { headers: { "if-none-match": text } });
          expect([200, 304]).toContain(read.status);
          const changed = await api.ask("PATCH", path, { json: { title: "x" }, headers: { "if-match": text } });
          expect([200, 400, 412]).toContain(changed.status);
        }),
        runs(250),
      );
    });

    test("Authorization, Content-Type and the id of the request never break the server", async () => {
      const api = openApi();
      const value = fc.string({ maxLength: 200 }).filter((text) => /^[\x20-\x7e]*$/.test(text));
      await fc.assert(
        fc.asyncProperty(value, value, value, async (authorization, type, id) => {
          const headers = { "content-type": type, "x-request-id": id, "x-forwarded-for": authorization };
          expect((await api.ask("POST", "/api/tasks", { headers, text: "{}" })).status).toBeLessThan(500);
          expect(
            (await api.ask("GET", "/api/tasks", { as: null, headers: { ...headers, authorization } })).status,
          ).toBe(401);
        }),
        runs(250),
      );
    });
  });
}
