import { describe, expect, test } from "bun:test";
import { ENDPOINTS } from "../../src/server/endpoints.ts";
import { openSqlite } from "../../src/db/sqlite/database.ts";
import { createOwnerSessions } from "../../src/services/accounts/owner-sessions.ts";
import { type Claims, TOKENS, useApis } from "../support/server/api.ts";

const openApi = useApis();

/** Written down by hand: which scope a token of another issuer needs, if it has any. null: any token will do. */
const NEEDED: Readonly<Record<string, "tasks:read" | "tasks:write" | null>> = {
  "GET /api/me": null,
  "GET /api/tasks": "tasks:read",
  "GET /api/tasks/{id}": "tasks:read",
  "POST /api/tasks/parse": "tasks:read",
  "GET /api/tasks/{id}/occurrences": "tasks:read",
  "GET /api/agenda": "tasks:read",
  "GET /api/stats": "tasks:read",
  "GET /api/filters": "tasks:read",
  "GET /api/filters/{name}": "tasks:read",
  "GET /api/sync/events": "tasks:read",
  "GET /api/me/export": "tasks:read",
  "POST /api/tasks": "tasks:write",
  "POST /api/tasks/bulk": "tasks:write",
  "PUT /api/tasks/{id}": "tasks:write",
  "PATCH /api/tasks/{id}": "tasks:write",
  "PATCH /api/tasks/{id}/complete": "tasks:write",
  "POST /api/tasks/{id}/skip": "tasks:write",
  "POST /api/tasks/{id}/detach": "tasks:write",
  "POST /api/tasks/{id}/move": "tasks:write",
  "DELETE /api/tasks/{id}": "tasks:write",
  "POST /api/tasks/{id}/restore": "tasks:write",
  "POST /api/tasks/{id}/notes": "tasks:write",
  "DELETE /api/tasks/{id}/notes/{note}": "tasks:write",
  "PUT /api/filters/{name}": "tasks:write",
  "DELETE /api/filters/{name}": "tasks:write",
  "POST /api/sync": "tasks:write",
  "POST /api/web/codes": "tasks:write",
};

/** Who asks, where it is not Ann. */
const USERS: Readonly<Record<string, string>> = { "POST /api/web/codes": "local" };

const BODIES: Readonly<Record<string, object>> = {
  "POST /api/tasks": { title: "x" },
  "POST /api/tasks/parse": { text: "x" },
  "POST /api/tasks/bulk": { filter: "+none", action: "complete" },
  "PUT /api/tasks/{id}": { title: "x" },
  "PATCH /api/tasks/{id}": { title: "x" },
  "POST /api/tasks/{id}/notes": { text: "x" },
  "POST /api/tasks/{id}/move": { parent: null },
  "PUT /api/filters/{name}": { filter: "+home" },
  "POST /api/sync": { protocol: 1, replica: "laptop" },
};

/** What the task of a route has to be. */
const TASKS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "POST /api/tasks/{id}/skip": { recurrence: { every: "day" } },
  "POST /api/tasks/{id}/detach": { recurrence: { every: "day" } },
};

const NOTHING = [
  { scope: "" },
  { scope: "openid" },
  { scope: "openid profile email" },
  { scope: "tasks:reader TASKS:READ tasks xtasks:read" },
  { scp: "" },
  { scp: "User.Read" },
  { scp: [] },
  { scp: ["openid"] },
  { permissions: [] },
  { permissions: ["read:tasks"] },
  { scope: "openid", scp: "profile", permissions: [] },
  { scope: "", permissions: ["tasks:write"] },
  { scope: "", scp: "tasks:write" },
  { scp: "", permissions: ["tasks:write"] },
  { scp: [], permissions: ["tasks:write"] },
  { scope: "tasks:write", scp: "" },
];
const READING = [
  { scope: "tasks:read" },
  { scope: "openid tasks:read" },
  { scp: "tasks:read" },
  { scp: ["openid", "tasks:read"] },
  { permissions: ["tasks:read"] },
  { scope: "openid profile email", permissions: ["tasks:read"] },
  { scope: "tasks:read", permissions: ["tasks:read", "tasks:write"] },
];
const WRITING = [
  {},
  { scope: "tasks:write" },
  { scope: "tasks:read tasks:write" },
  { scp: "tasks:write" },
  { scp: ["tasks:write"] },
  { permissions: ["tasks:write"] },
  { scope: "openid profile email", permissions: ["tasks:write"] },
  { scp: ["User.Read"], permissions: ["tasks:write"] },
  { scope: "openid", scp: "tasks:write" },
];

const REFUSED = { any: [], "tasks:read": NOTHING, "tasks:write": [...NOTHING, ...READING] };
const ALLOWED = {
  any: [...NOTHING, ...READING, ...WRITING],
  "tasks:read": [...READING, ...WRITING],
  "tasks:write": WRITING,
};

describe("a token's scope", () => {
  test("is named here for every route that takes tokens of other issuers", () => {
    const routes = ENDPOINTS.filter(({ access }) => access !== "public" && access !== "account");
    expect(routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`).toSorted()).toEqual(
      Object.keys(NEEDED).toSorted(),
    );
  });

  describe.each(Object.entries(NEEDED))("of %s", (route, needed) => {
    const [method = "", path = ""] = route.split(" ");

    function open() {
      const { store, sync } = openSqlite(":memory:");
      const readDatabaseId = () => Promise.resolve("a");
      const api = openApi(({ now }) => ({
        store,
        sync,
        owner: createOwnerSessions({ tokens: TOKENS, readDatabaseId, now }),
      }));
      const user = USERS[route] ?? "ann";
      return async (claims: Claims) => {
        const { id } = await api.add(TASKS[route], user);
        if (path.includes("{name}")) await api.store.editProfile(user, { [`filter:${id}`]: "+home" }, api.clock.now);
        const json = BODIES[route];
        const authorization = `Bearer ${await api.tokenOf(user, claims)}`;
        const response = await api.send(method, path.replaceAll(/\{\w+\}/g, id), { json, headers: { authorization } });
        const { status, headers } = response;
        const isStream = headers.get("content-type") === "text/event-stream";
        const body = isStream ? await response.body?.cancel() : await response.text();
        return { status, challenge: headers.get("www-authenticate"), body: body ?? "" };
      };
    }

    test("refuses who may not do it, and says which scope is needed", async () => {
      const ask = open();
      for (const claims of REFUSED[needed ?? "any"]) {
        const { status, challenge, body } = await ask(claims);
        const expected = [403, `Bearer error="insufficient_scope", scope="${needed}"`];
        expect([claims, status, challenge]).toEqual([claims, ...expected]);
        expect(JSON.parse(body)).toMatchObject({
          code: "insufficient_scope",
          detail: `the token's scope lacks ${needed}, which its issuer must name in scope, scp or permissions`,
        });
      }
    });

    test("takes who may do it, and who has no scopes at all", async () => {
      const ask = open();
      for (const claims of ALLOWED[needed ?? "any"]) {
        const { status } = await ask(claims);
        expect({ claims, isRefused: status >= 300 }).toEqual({ claims, isRefused: false });
      }
    });
  });
});

describe("GET /api/me shows", () => {
  test.each([
    [{ scope: "openid" }, ["openid"]],
    [{ scp: "a b" }, ["a", "b"]],
    [{ permissions: ["x:y"] }, ["x:y"]],
    [{ scope: "openid", permissions: ["tasks:read"] }, ["tasks:read"]],
    [{ scope: "tasks:read", permissions: ["tasks:write"] }, ["tasks:read"]],
    [{ scope: "", permissions: ["tasks:write"] }, []],
    [{}, null],
  ])("of %j the scopes that count: %j", async (claims, scopes) => {
    expect((await openApi().ask("GET", "/api/me", { claims })).body.scopes).toEqual(scopes);
  });
});

test.each([
  { scope: ["tasks:read"] },
  { scope: null },
  { scp: null },
  { scp: 1 },
  { scp: ["tasks:read tasks:write"] },
  { scp: ["tasks:read", 1] },
  { scp: "tasks:read  tasks:write" },
  { permissions: { "tasks:read": true } },
  { permissions: [""] },
])("a token whose scope can't be read is refused: %j", async (claims) => {
  expect((await openApi().ask("GET", "/api/me", { claims })).status).toBe(401);
});
