import { describe, expect, test } from "bun:test";
import { useChildren } from "../../support/children/child.ts";
import { type Home, useHomes } from "../../support/cli/home.ts";
import { type Server, startServer, tokenOf } from "../../support/server/server.ts";

const newHome = useHomes();
const runScript = useChildren();

/** Keeps everybody else from writing until it is released. */
async function lock(home: Home) {
  const holder = runScript("hold-lock.ts", [home.db]);
  await holder.firstLine();
  return holder;
}

async function start(home: Home) {
  const server = await startServer(home);
  const token = await tokenOf(home);
  const add = (title: string) => server.ask("POST", "/api/tasks", { token, json: { title } });
  expect((await add("before")).status).toBe(201);
  return { server, token, add };
}

/** Reads again and again. Each must succeed, nearly all as fast as always, and none wait for the lock. */
async function expectReads(server: Server, token: string): Promise<void> {
  const times: number[] = [];
  for (let count = 0; count < 20; count += 1) {
    const begin = performance.now();
    expect((await server.ask("GET", "/api/tasks", { token })).status).toBe(200);
    expect((await server.ask("GET", "/ready")).status).toBe(200);
    times.push(performance.now() - begin);
  }
  // The slowest say more of what else this machine does.
  const sorted = times.toSorted((one, other) => one - other);
  expect(sorted[16]).toBeLessThan(200);
  expect(sorted[19]).toBeLessThan(2000);
}

describe("while another process holds the database", () => {
  test("reads are answered as always, and writes when it is released", async () => {
    const home = newHome();
    const { server, token, add } = await start(home);
    const holder = await lock(home);
    const titles = Array.from({ length: 20 }, (_, number) => `during ${number}`);
    const writes = Promise.all(titles.map(add));
    expect(await Promise.race([writes, Bun.sleep(300)])).toBeUndefined();
    await expectReads(server, token);
    await holder.kill();
    expect((await writes).map(({ status }) => status)).toEqual(titles.map(() => 201));
    expect((await home.tasks()).map(({ title }) => title).toSorted()).toEqual(["before", ...titles].toSorted());
  });

  // Slow: the 5 seconds for which a write waits.
  test("for more than 5 seconds a write is 503 with when to come back, and the next one is as good as ever", async () => {
    const home = newHome();
    const { server, token, add } = await start(home);
    const holder = await lock(home);
    const begin = performance.now();
    const writes = Promise.all([add("never"), add("never"), add("never")]);
    await expectReads(server, token);
    for (const { status, headers, body } of await writes) {
      expect({ status, code: body.code }).toEqual({ status: 503, code: "locked" });
      expect(headers.get("content-type")).toBe("application/problem+json");
      expect(headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
      expect(JSON.stringify(body)).not.toContain(home.folder);
    }
    expect(performance.now() - begin).toBeWithin(4900, 9000);
    await holder.kill();
    expect((await add("after")).status).toBe(201);
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["before", "after"]);
    expect((await server.kill("SIGTERM")).exitCode).toBe(0);
  });
});
