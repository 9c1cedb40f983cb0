import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { type Home, useHomes } from "../../support/cli/home.ts";
import { eventually, type Server, startServer, tokenOf } from "../../support/server/server.ts";
import { chunked, head, useWires, type Wire } from "../../support/server/wire.ts";

const newHome = useHomes();
const open = useWires();

const LIMIT = 65_536;
const MB = 1_048_576;
const TASK = JSON.stringify({ title: "Pay rent" });

/** A running server and the headers of a user who is let in. */
async function start(home: Home) {
  const server = await startServer(home);
  const token = await tokenOf(home);
  return { server, json: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" } };
}

/** A task that has just so many bytes as JSON. */
function taskOf(bytes: number): string {
  return TASK + " ".repeat(bytes - TASK.length);
}

/** The memory of a process in MB. */
function memoryOf({ pid }: Server): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** Sends a body as fast as the other side takes it, until all is sent or the connection ends. */
async function pour(wire: Wire, megabytes: number): Promise<void> {
  const part = chunked("x".repeat(MB));
  for (let count = 0; count < megabytes && !wire.isClosed(); count += 1) await wire.sendAll(part);
}

describe("a body of more than 64 KB", () => {
  test.each(["POST /api/tasks", "GET /health", "PATCH /api/tasks/bbbbbbbbbbbb", "POST /nowhere"])(
    "that says its length is refused before any of it is sent: %s",
    async (line) => {
      const { server, json } = await start(newHome());
      for (const length of [LIMIT + 1, 10 * MB, 1024 * MB]) {
        const wire = await open(server.port);
        wire.send(head(line, { ...json, "Content-Length": String(length) }));
        const { status, headers, body } = await wire.reply();
        expect([length, status]).toEqual([length, 413]);
        expect(headers.get("content-type")).toBe("application/problem+json");
        expect(JSON.parse(body)).toMatchObject({ code: "too_large" });
        // The rest of the body would be read as the next request.
        expect(await wire.closed()).toBe("");
      }
    },
  );

  test("that comes in chunks is refused with its first byte too much", async () => {
    const home = newHome();
    const { server, json } = await start(home);
    const wire = await open(server.port);
    wire.send(head("POST /api/tasks", { ...json, "Transfer-Encoding": "chunked" }));
    const text = taskOf(LIMIT);
    for (let at = 0; at < LIMIT; at += LIMIT / 4) wire.send(chunked(text.slice(at, at + LIMIT / 4)));
    const reply = wire.reply();
    expect(await Promise.race([reply, Bun.sleep(100)])).toBeUndefined();
    wire.send(chunked(" "));
    const { status, body } = await reply;
    expect({ status, ...JSON.parse(body) }).toMatchObject({ status: 413, code: "too_large" });
    expect(await wire.closed()).toBe("");
    expect(await home.tasks()).toEqual([]);
  });

  test("is none of 64 KB exactly, with a length or in chunks", async () => {
    const home = newHome();
    const { server, json } = await start(home);
    const text = taskOf(LIMIT);
    const requests = [
      head("POST /api/tasks", { ...json, "Content-Length": String(LIMIT) }) + text,
      `${head("POST /api/tasks", { ...json, "Transfer-Encoding": "chunked" })}${chunked(text)}0\r\n\r\n`,
    ];
    for (const request of requests) {
      const wire = await open(server.port);
      wire.send(request);
      expect((await wire.reply()).status).toBe(201);
    }
    expect(await home.tasks()).toHaveLength(2);
  });
});

describe("what nobody reads takes no memory", () => {
  test.each(["GET /health", "POST /api/tasks", "POST /nowhere", "DELETE /api/tasks/bbbbbbbbbbbb"])(
    "100 MB in chunks for %s",
    async (line) => {
      const { server, json } = await start(newHome());
      // With a token only where the route reads no body.
      const headers = line.startsWith("DELETE") ? json : {};
      await server.ask("GET", "/health");
      const before = memoryOf(server);
      const wire = await open(server.port);
      wire.send(head(line, { ...headers, "Transfer-Encoding": "chunked" }));
      let most = 0;
      const watch = setInterval(() => (most = Math.max(most, memoryOf(server))), 5);
      await pour(wire, 100);
      clearInterval(watch);
      expect(most - before).toBeLessThan(40);
      expect((await server.ask("GET", "/health")).status).toBe(200);
    },
  );

  test("100 MB in chunks for a route that reads 64 KB of them", async () => {
    const { server, json } = await start(newHome());
    await server.ask("GET", "/health");
    const before = memoryOf(server);
    const wires = await Promise.all(Array.from({ length: 10 }, () => open(server.port)));
    for (const wire of wires) wire.send(head("POST /api/tasks", { ...json, "Transfer-Encoding": "chunked" }));
    await Promise.all(wires.map((wire) => pour(wire, 10)));
    await Promise.all(wires.map((wire) => wire.closed()));
    expect(memoryOf(server) - before).toBeLessThan(40);
    expect((await server.ask("GET", "/health")).status).toBe(200);
  });
});

describe("a client that leaves in the middle of its body", () => {
  test.each([{ "Content-Length": "1000" }, { "Transfer-Encoding": "chunked" }])(
    "makes no task, disturbs nobody and is no crash in the log: %p",
    async (framing) => {
      const home = newHome();
      const { server, json } = await start(home);
      const wire = await open(server.port);
      wire.send(head("POST /api/tasks", { ...json, ...framing }) + chunked(TASK.slice(0, 8)));
      await server.ask("GET", "/health");
      wire.close();
      await eventually("it is in the log", () => server.log().some(({ route }) => route === "POST /api/tasks"));
      expect((await server.ask("GET", "/ready")).status).toBe(200);
      expect(await home.tasks()).toEqual([]);
      const entry = server.log().find(({ route }) => route === "POST /api/tasks");
      expect(entry).not.toHaveProperty("error");
      expect(entry?.status).toBeLessThan(500);
    },
  );
});
