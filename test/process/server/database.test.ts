import { describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { type Home, useHomes } from "../../support/cli/home.ts";
import { eventually, startServer, tokenOf } from "../../support/server/server.ts";
import { hasSmallDisks, smallDisk } from "../../support/disks/small-disk.ts";
import { useScratch } from "../../support/disks/scratch.ts";

const newHome = useHomes();
const scratch = useScratch();

/** A running server, whose wrapper may give it less than others have. */
async function start(home: Home, wrap: readonly string[] = []) {
  const env = { BETTER_AUTH_SECRET: "Vq3kT8wZr1XyN6mB4cJ7hL2pF9sD5gAe" };
  const server = await startServer(home, { env, wrap });
  const token = await tokenOf(home, env);
  return {
    server,
    add: (title: string, description = "") => server.ask("POST", "/api/tasks", { token, json: { title, description } }),
    list: () => server.ask("GET", "/api/tasks?limit=200", { token }),
    ready: () => server.ask("GET", "/ready"),
  };
}

type Running = Awaited<ReturnType<typeof start>>;

function expectAway({ status, headers, body }: Awaited<ReturnType<Running["list"]>>, home: Home): void {
  expect(status).toBe(503);
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
  // Where the file lies is nobody's business.
  expect(JSON.stringify(body)).not.toContain(home.folder);
}

/** A write looks each time whether the file is there, a read now and then. */
async function untilAway(list: Running["list"]): Promise<void> {
  await eventually("reads see that the file is gone", async () => (await list()).status === 503, 1000);
}

describe("a database that is moved away", () => {
  test.each([
    ["the file alone", (name: string) => name === "todo.db"],
    ["with what lies beside it", (name: string) => name.startsWith("todo.db")],
  ])("(%s) is 503 for all until it is back, and then has all that was answered", async (_, isMoved) => {
    const home = newHome();
    const { server, add, list, ready } = await start(home);
    for (const title of ["first", "second"]) expect((await add(title)).status).toBe(201);
    mkdirSync(home.path("away"));
    for (const name of readdirSync(home.path("data")).filter(isMoved)) {
      renameSync(home.path("data", name), home.path("away", name));
    }
    await untilAway(list);
    for (const reply of [await list(), await add("lost"), await ready(), await list()]) expectAway(reply, home);
    expect((await server.ask("GET", "/health")).status).toBe(200);

    for (const name of readdirSync(home.path("away"))) {
      renameSync(home.path("away", name), home.path("data", name));
    }
    expect((await list()).body).toMatchObject([{ title: "first" }, { title: "second" }]);
    expect((await ready()).status).toBe(200);
    expect((await add("third")).status).toBe(201);
    expect((await server.kill("SIGTERM")).exitCode).toBe(0);
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["first", "second", "third"]);
    expect(await home.print("doctor")).toBe(`${home.db}: sound\n`);
  });

  test("may be replaced by a backup, which is used as soon as it is there", async () => {
    const home = newHome();
    const { add, list } = await start(home);
    expect((await add("in the backup")).status).toBe(201);
    await home.print("backup", home.path("work", "copy.db"));
    expect((await add("after the backup")).status).toBe(201);
    for (const name of readdirSync(home.path("data"))) rmSync(home.path("data", name));
    await untilAway(list);
    renameSync(home.path("work", "copy.db"), home.db);
    expect((await list()).body).toMatchObject([{ title: "in the backup" }]);
    expect((await add("new")).status).toBe(201);
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["in the backup", "new"]);
  });

  test("is 503 for the first write after that", async () => {
    const home = newHome();
    const { add, list } = await start(home);
    expect((await add("first")).status).toBe(201);
    expect((await list()).status).toBe(200);
    renameSync(home.db, home.path("work", "todo.db"));
    expectAway(await add("lost"), home);
    // A read trusts the last look at the file for a moment, if a reader still held it when the write found it away.
    await untilAway(list);
  });

  test("does not keep the server from ending", async () => {
    const home = newHome();
    const { server, add } = await start(home);
    expect((await add("first")).status).toBe(201);
    renameSync(home.path("data"), home.path("away"));
    expect((await server.kill("SIGTERM")).exitCode).toBe(0);
    expect(JSON.parse(await home.print("export", "--db", home.path("away", "todo.db")))).toMatchObject([
      { title: "first" },
    ]);
  });
});

// Containers without namespaces can't have a small disk.
describe.skipIf(!hasSmallDisks(scratch()))("a full disk", () => {
  test("is 503 for who writes, nothing to who reads, and over when there is space, without a restart", async () => {
    const home = newHome();
    const { server, add, list, ready } = await start(home, smallDisk(home.path("data")));
    // The folder as the server sees it, with its disk.
    const filler = `/proc/${server.pid}/root${home.path("data", "filler")}`;
    expect((await add("before")).status).toBe(201);
    writeFileSync(filler, Buffer.alloc(500_000));
    let answered = 1;
    const description = "x".repeat(10_000);
    let last = await add("a large one", description);
    for (; last.status === 201 && answered < 500; answered += 1) last = await add("a large one", description);
    expectAway(last, home);
    expect(last.body).toMatchObject({ code: "full_disk" });
    expect((await list()).body).toHaveLength(answered);
    expect((await server.ask("GET", "/health")).status).toBe(200);
    expect((await ready()).status).toBe(200);

    rmSync(filler);
    expect((await add("after")).status).toBe(201);
    expect((await list()).body).toHaveLength(answered + 1);
    expect((await server.kill("SIGTERM")).exitCode).toBe(0);
  });
});
