import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { useHomes } from "../../support/cli/home.ts";
import { eventually, type Server, startServer, tokenOf } from "../../support/server/server.ts";

const newHome = useHomes();

/** Nothing of these may be in a log. */
const TITLE = "Buy the surprise";
const QUERY = "embarrassing";
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

async function untilLogged(server: Server, count: number): Promise<void> {
  await eventually(`${count} lines in the log`, () => server.log().length >= count);
}

test("every request is one line of JSON with its id, route, status, time and user, and nothing of what was sent", async () => {
  const home = newHome();
  const token = await tokenOf(home);
  const server = await startServer(home);
  const json = { title: TITLE };
  const made = await server.ask("POST", `/api/tasks`, { token, json, headers: { "x-request-id": "my-request.1" } });
  const replies = [
    made,
    await server.ask("GET", `/api/tasks?q=${QUERY}&limit=10`, { token }),
    await server.ask("GET", `/api/tasks/${made.body.id}`, { token }),
    await server.ask("GET", `/api/tasks?wrong=${QUERY}`, { token }),
    await server.ask("GET", "/api/me", { token: `${token}x` }),
    await server.ask("GET", "/api/me"),
    await server.ask("GET", `/${QUERY}?${QUERY}=${QUERY}`, { headers: { "x-request-id": `${QUERY} "\n`.trim() } }),
    await server.ask("POST", "/health", { json }),
    await server.ask("GET", "/health"),
  ];
  await untilLogged(server, replies.length);
  const entries = server.log();
  expect(entries.map(({ route, status, user }) => [route, status, user])).toEqual([
    ["POST /api/tasks", 201, "local"],
    ["GET /api/tasks", 200, "local"],
    ["GET /api/tasks/{id}", 200, "local"],
    ["GET /api/tasks", 400, "local"],
    ["GET /api/me", 401, null],
    ["GET /api/me", 401, null],
    ["none", 404, null],
    ["none", 405, null],
    ["GET /health", 200, null],
  ]);
  expect(entries.map(({ request }) => request)).toEqual(
    replies.map(({ headers }) => headers.get("x-request-id") ?? ""),
  );
  expect(entries[0]?.request).toBe("my-request.1");
  for (const { request } of entries.slice(1)) expect(request).toMatch(UUID);
  for (const { at, ms } of entries) {
    expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(30_000);
    expect(ms).toBeWithin(0, 10_000);
  }
  const { out, err } = await server.kill("SIGTERM");
  const secret = readFileSync(`${home.db}.secret`, "utf8").trimEnd();
  for (const part of [TITLE, QUERY, made.body.id, secret, ...token.split(".")]) expect(out + err).not.toContain(part);
});

describe("a crash in one request", () => {
  test("is a 500 that says nothing but its id, a line in the log without values, and nobody else's trouble", async () => {
    const home = newHome();
    const token = await tokenOf(home);
    const server = await startServer(home);
    expect((await server.ask("POST", "/api/tasks", { token, json: { title: "before" } })).status).toBe(201);
    const raw = new Database(home.db, { readwrite: true });
    raw.run("alter table history rename to elsewhere");

    const [failed, ...others] = await Promise.all([
      server.ask("POST", "/api/tasks", { token, json: { title: TITLE }, headers: { "x-request-id": "crash-1" } }),
      server.ask("GET", "/api/tasks", { token }),
      server.ask("GET", "/health"),
    ]);
    expect(others.map(({ status }) => status)).toEqual([200, 200]);
    expect(failed.status).toBe(500);
    expect(failed.headers.get("content-type")).toBe("application/problem+json");
    const said = {
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      code: "internal",
      request_id: "crash-1",
    };
    expect(failed.body).toEqual(said);
    await untilLogged(server, 4);
    const entry = server.log().find(({ request }) => request === "crash-1");
    expect(entry).toMatchObject({
      route: "POST /api/tasks",
      status: 500,
      user: "local",
      error: expect.stringContaining("internal"),
    });
    expect(JSON.stringify(entry)).not.toMatch(/history|insert|surprise/i);

    raw.run("alter table elsewhere rename to history");
    raw.close(true);
    expect((await server.ask("POST", "/api/tasks", { token, json: { title: "after" } })).status).toBe(201);
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["before", "after"]);
    expect((await server.kill("SIGTERM")).exitCode).toBe(0);
  });
});

describe("a log that nobody can read", () => {
  test.each(["2>/dev/full", "2>&-", "2> >(true)"])("keeps no request from its answer: %s", async (redirect) => {
    const home = newHome();
    const server = await startServer(home, { wrap: ["bash", "-c", `exec "$@" ${redirect}`, "bash"] });
    const token = await tokenOf(home);
    for (const title of ["first", "second", "third"]) {
      expect((await server.ask("POST", "/api/tasks", { token, json: { title } })).status).toBe(201);
    }
    expect((await server.kill("SIGTERM")).exitCode).toBe(0);
    expect(await home.tasks()).toHaveLength(3);
  });
});
