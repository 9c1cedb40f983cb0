import { describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { type Home, useHomes } from "../../support/cli/home.ts";
import { eventually, type Server, startServer, tokenOf } from "../../support/server/server.ts";
import { head, useWires } from "../../support/server/wire.ts";

const newHome = useHomes();
const open = useWires();

const SIGNALS = ["SIGTERM", "SIGINT"] as const;
const BODY = JSON.stringify({ title: "Pay rent" });
/** For what happens at once, on a machine that is busy with other tests. The server itself waits for 10 seconds. */
const AT_ONCE_MS = 3000;

/** Starts a server and sends it all but the last bytes of a request to make a task. */
async function startBusy(home: Home) {
  const server = await startServer(home);
  const wire = await open(server.port);
  const headers = {
    Authorization: `Bearer ${await tokenOf(home)}`,
    "Content-Type": "application/json",
    "Content-Length": String(BODY.length),
  };
  wire.send(head("POST /api/tasks", headers) + BODY.slice(0, -2));
  // It is under way when another request, which was sent later, is answered.
  await server.ask("GET", "/health");
  return { server, wire, finish: () => wire.send(BODY.slice(-2)) };
}

/** Resolves when nobody listens at the address any more. */
async function untilDeaf({ port }: Server): Promise<void> {
  const isDeaf = () =>
    open(port).then(
      (wire) => {
        wire.close();
        return false;
      },
      () => true,
    );
  await eventually("new connections are refused", isDeaf);
}

/** How a server ended, or that it still runs. */
function endedSoon(server: Server) {
  return Promise.race([server.ended(), Bun.sleep(AT_ONCE_MS).then(() => ({ exitCode: "still running" }))]);
}

describe.each(SIGNALS)("%s", (signal) => {
  test("ends an idle server at once, with exit code 0 and a closed database", async () => {
    const home = newHome();
    const server = await startServer(home);
    await server.ask("GET", "/health");
    server.signal(signal);
    expect(await endedSoon(server)).toMatchObject({ exitCode: 0, signal: null });
    expect(readdirSync(home.path("data")).toSorted()).toEqual(["todo.db", "todo.db.secret"]);
  });

  // Ten, because the moment in which it could go wrong is a short one.
  test("is understood as soon as the address is printed", async () => {
    const ends = Array.from({ length: 10 }, async () => (await startServer(newHome())).kill(signal));
    const wrong = (await Promise.all(ends)).filter(({ exitCode }) => exitCode !== 0);
    expect(wrong).toEqual([]);
  });

  test("lets a request that is under way finish, which is then in the database and in the log", async () => {
    const home = newHome();
    const { server, wire, finish } = await startBusy(home);
    server.signal(signal);
    await untilDeaf(server);
    finish();
    expect((await wire.reply()).status).toBe(201);
    expect(await endedSoon(server)).toMatchObject({ exitCode: 0, signal: null });
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["Pay rent"]);
    expect(server.log()).toContainEqual(expect.objectContaining({ route: "POST /api/tasks", status: 201 }));
  });

  test.each(SIGNALS)("and then %s ends a server at once that still waits for a request", async (second) => {
    const home = newHome();
    const { server } = await startBusy(home);
    server.signal(signal);
    await untilDeaf(server);
    server.signal(second);
    expect(await endedSoon(server)).toMatchObject({ exitCode: 1, signal: null });
    expect(await home.tasks()).toEqual([]);
    expect(await home.print("doctor")).toBe(`${home.db}: sound\n`);
  });
});

test("connections that stay open without a request don't delay the end", async () => {
  const server = await startServer(newHome());
  const wires = await Promise.all(Array.from({ length: 20 }, () => open(server.port)));
  // The others are never used: Linux does not even hand them to the server.
  const used = wires.slice(0, 10);
  for (const wire of used) wire.send(head("GET /health"));
  await Promise.all(used.map((wire) => wire.reply()));
  server.signal("SIGTERM");
  expect(await endedSoon(server)).toMatchObject({ exitCode: 0 });
  expect(await Promise.all(used.map((wire) => wire.closed()))).toEqual(used.map(() => ""));
});

test("a server that stops is not ready, which it says to who is asking at the moment", async () => {
  const { server, wire, finish } = await startBusy(newHome());
  const probe = await open(server.port);
  const question = head("GET /ready");
  probe.send(question.slice(0, -2));
  await server.ask("GET", "/health");
  server.signal("SIGTERM");
  await untilDeaf(server);
  probe.send(question.slice(-2));
  const { status, headers } = await probe.reply();
  expect(status).toBe(503);
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
  finish();
  expect((await wire.reply()).status).toBe(201);
  expect(await endedSoon(server)).toMatchObject({ exitCode: 0 });
});

test("an answer that is read slowly is sent to its end", async () => {
  const home = newHome();
  // 8 MB, of which the kernel takes only a part from the server while nobody reads.
  const description = "📚".repeat(10_000);
  const tasks = Array.from({ length: 200 }, (_, number) => ({ title: `task ${number}`, description }));
  await home.run({ args: ["import", "-"], input: JSON.stringify(tasks) });
  const server = await startServer(home);
  const wire = await open(server.port);
  wire.pause();
  wire.send(head("GET /api/me/export", { Authorization: `Bearer ${await tokenOf(home)}` }));
  await eventually("it is answered", () => server.log().some(({ route }) => route === "GET /api/me/export"));
  server.signal("SIGTERM");
  await untilDeaf(server);
  expect(await Promise.race([server.ended(), Bun.sleep(200)])).toBeUndefined();
  wire.resume();
  const text = await wire.closed();
  expect(text.match(/"title":"task \d+"/g)).toHaveLength(200);
  // The chunk that ends a body.
  expect(text).toEndWith("\r\n0\r\n\r\n");
  expect(await endedSoon(server)).toMatchObject({ exitCode: 0 });
});
