import { describe, expect, test } from "bun:test";
import { type Home, useHomes } from "../../support/cli/home.ts";
import { eventually, startServer, tokenOf } from "../../support/server/server.ts";
import { head, useWires } from "../../support/server/wire.ts";

const newHome = useHomes();
const open = useWires();

const BODY = JSON.stringify({ title: "Pay rent" });

async function start(home: Home) {
  const bearer = { Authorization: `Bearer ${await tokenOf(home)}` };
  const server = await startServer(home);
  return {
    server,
    bearer,
    json: { ...bearer, "Content-Type": "application/json", "Content-Length": String(BODY.length) },
  };
}

describe("one connection", () => {
  test("carries many requests, one after the other, and each body ends where it ends", async () => {
    const home = newHome();
    const { server, bearer, json } = await start(home);
    const wire = await open(server.port);
    const statuses: number[] = [];
    for (let count = 0; count < 50; count += 1) {
      wire.send(head("POST /api/tasks", json) + BODY);
      statuses.push((await wire.reply()).status);
      wire.send(head("GET /api/me", bearer));
      statuses.push((await wire.reply()).status);
    }
    expect(statuses).toEqual(Array.from({ length: 50 }, () => [201, 200]).flat());
    expect(await home.tasks()).toHaveLength(50);
  });

  test("carries on after an error and after a body that nobody read", async () => {
    const { server, bearer, json } = await start(newHome());
    const wire = await open(server.port);
    const { Authorization: _, ...stranger } = json;
    const requests: [string, number][] = [
      [head("POST /api/tasks", stranger) + BODY, 401],
      [head("GET /health", stranger) + BODY, 200],
      [head("POST /health", json) + BODY, 405],
      [head("POST /api/tasks", { ...json, "Content-Type": "text/plain" }) + BODY, 415],
      [head("GET /api/tasks?limit=x", bearer), 400],
      [head("GET /nowhere"), 404],
      [head("POST /api/tasks", json) + BODY, 201],
    ];
    for (const [request, status] of requests) {
      wire.send(request);
      expect([request.split(" HTTP")[0], (await wire.reply()).status]).toEqual([request.split(" HTTP")[0], status]);
    }
  });

  test("with requests that don't wait for answers gets them in order, or ends: none is swallowed", async () => {
    const home = newHome();
    const { server, json } = await start(home);
    const wire = await open(server.port);
    wire.send(
      Array.from({ length: 5 }, (_, number) => head("GET /health", { "X-Request-Id": `health-${number}` })).join(""),
    );
    const replies = [wire.reply(), wire.reply(), wire.reply(), wire.reply(), wire.reply()];
    const ids = (await Promise.all(replies)).map(({ headers }) => headers.get("x-request-id"));
    expect(ids).toEqual(["health-0", "health-1", "health-2", "health-3", "health-4"]);

    wire.send((head("POST /api/tasks", json) + BODY).repeat(3));
    const answered = (await Promise.allSettled([wire.reply(), wire.reply(), wire.reply()])).filter(
      ({ status }) => status === "fulfilled",
    );
    expect(answered.length === 3 || wire.isClosed()).toBe(true);
    expect((await home.tasks()).length).toBeGreaterThanOrEqual(answered.length);
    expect((await server.ask("GET", "/ready")).status).toBe(200);
  });

  test("ends where the client asks for that", async () => {
    const { server } = await start(newHome());
    const wire = await open(server.port);
    wire.send(head("GET /health", { Connection: "close" }));
    expect((await wire.reply()).status).toBe(200);
    expect(await wire.closed()).toBe("");
  });

  test("may ask before it sends a body", async () => {
    const home = newHome();
    const { server, json } = await start(home);
    const wire = await open(server.port);
    wire.send(head("POST /api/tasks", { ...json, Expect: "100-continue" }));
    expect((await wire.reply()).status).toBe(100);
    wire.send(BODY);
    expect((await wire.reply()).status).toBe(201);
  });
});

describe("what is not HTTP/1.1", () => {
  test.each([
    ["a TLS hello", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["a NUL in a header", head("GET /health", { X: "a\u0000b" })],
    ["a header on two lines", head("GET /health", { X: "a\r\n b" })],
    ["two lengths that differ", `${head("POST /api/tasks", { "Content-Length": "5\r\nContent-Length: 6" })}123456`],
    [
      "a length and chunks",
      `${head("POST /api/tasks", { "Content-Length": "5", "Transfer-Encoding": "chunked" })}0\r\n\r\n`,
    ],
    ["a negative length", `${head("POST /api/tasks", { "Content-Length": "-1" })}x`],
    ["an encoding that nobody knows", `${head("POST /api/tasks", { "Transfer-Encoding": "xchunked" })}0\r\n\r\n`],
    ["20 KB of headers", head("GET /health", { X: "x".repeat(20_000) })],
    ["a path of 20 KB", head(`GET /${"x".repeat(20_000)}`)],
  ])("is refused without harm and the connection ended: %s", async (_, request) => {
    const { server } = await start(newHome());
    const wire = await open(server.port);
    wire.send(request);
    expect(await wire.closed()).toMatch(/^(HTTP\/1\.1 (4\d\d|505) |$)/);
    expect((await server.ask("GET", "/ready")).status).toBe(200);
    expect((await server.kill("SIGTERM")).exitCode).toBe(0);
  });

  // HAProxy and others look after a server in this way.
  test.each([
    ["GET /health HTTP/1.0\r\n\r\n"],
    ["GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n"],
    ["GET /ready HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"],
  ])("but HTTP/1.0 is answered: %p", async (request) => {
    const { server } = await start(newHome());
    const wire = await open(server.port);
    wire.send(request);
    expect((await wire.reply()).status).toBe(200);
  });
});

test("a hundred connections at once are all answered", async () => {
  const home = newHome();
  const { server, json } = await start(home);
  const wires = await Promise.all(Array.from({ length: 100 }, () => open(server.port)));
  for (const wire of wires) wire.send(head("POST /api/tasks", json) + BODY);
  const replies = await Promise.all(wires.map((wire) => wire.reply()));
  expect(replies.filter(({ status }) => status !== 201)).toEqual([]);
  expect(await home.tasks()).toHaveLength(100);
  await eventually("all are in the log", () => server.log().length === 100);
});
