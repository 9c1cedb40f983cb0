import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { useApis } from "../../support/server/api.ts";
import { chunked, drip, head, useWires } from "../../support/server/wire.ts";

// The deadline of the built server is 15 seconds, which nobody waits for here: this is the same API with a shorter one, on a
// real socket. In the built one a slow head of a request ends after 12 seconds, which is up to Bun and was measured by hand.

setDefaultTimeout(30_000);
const openApi = useApis();
const open = useWires();

const DEADLINE_MS = 300;
const BODY = JSON.stringify({ title: "Pay rent", description: "x".repeat(500) });

const servers: { stop: (now: boolean) => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop(true)));
});

async function start() {
  const api = openApi({ deadlineMs: DEADLINE_MS });
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: api.app.fetch });
  servers.push(server);
  const port = server.port ?? 0;
  const wire = await open(port);
  return {
    api,
    wire,
    port,
    json: { Authorization: `Bearer ${await api.tokenOf("ann")}`, "Content-Type": "application/json" },
  };
}

test.each([
  ["that drips", { "Content-Length": String(BODY.length) }, BODY],
  ["that drips in chunks", { "Transfer-Encoding": "chunked" }, BODY.split("").map(chunked).join("")],
  ["that never comes", { "Content-Length": "10" }, ""],
  ["that never ends", { "Transfer-Encoding": "chunked" }, chunked(BODY)],
])("a body %s is answered in time with 503, and makes no task", async (_, framing, body) => {
  const { api, wire, json } = await start();
  const begin = performance.now();
  wire.send(head("POST /api/tasks", { ...json, ...framing }));
  const reply = wire.reply();
  void drip(wire, body, 5);
  const { status, headers, body: said } = await reply;
  expect(performance.now() - begin).toBeWithin(DEADLINE_MS - 10, 3000);
  expect(status).toBe(503);
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
  expect(JSON.parse(said)).toMatchObject({ status: 503, code: "timed_out" });
  expect((await api.ask("GET", "/api/tasks")).body).toEqual([]);
});

test("a body whose end comes after that makes no task either: the connection has ended with the 503", async () => {
  const { api, wire, json } = await start();
  wire.send(head("POST /api/tasks", { ...json, "Content-Length": String(BODY.length) }) + BODY.slice(0, -1));
  expect((await wire.reply()).status).toBe(503);
  wire.send(BODY.slice(-1) + head("GET /api/tasks", json));
  expect(await wire.reply().catch(String)).toContain("the connection ended without a reply");
  expect((await api.ask("GET", "/api/tasks")).body).toEqual([]);
});

test("a body that is slow, but in time, makes its task", async () => {
  const { api, wire, json } = await start();
  const body = JSON.stringify({ title: "Pay rent" });
  wire.send(head("POST /api/tasks", { ...json, "Content-Length": String(body.length) }));
  await drip(wire, body, 2);
  expect((await wire.reply()).status).toBe(201);
  expect((await api.ask("GET", "/api/tasks")).body).toMatchObject([{ title: "Pay rent" }]);
});

test("fifty dripping bodies keep nobody else waiting", async () => {
  const { api, wire, json, port } = await start();
  const slow = await Promise.all(Array.from({ length: 50 }, () => open(port)));
  const replies = slow.map((each) => {
    each.send(head("POST /api/tasks", { ...json, "Content-Length": String(BODY.length) }));
    void drip(each, BODY, 20);
    return each.reply();
  });
  const begin = performance.now();
  wire.send(head("GET /api/tasks", json));
  expect((await wire.reply()).status).toBe(200);
  expect(performance.now() - begin).toBeLessThan(DEADLINE_MS);
  expect((await Promise.all(replies)).filter(({ status }) => status !== 503)).toEqual([]);
  expect((await api.ask("GET", "/api/tasks")).body).toEqual([]);
});
