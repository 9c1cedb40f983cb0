import { afterEach, expect, test } from "bun:test";
import { readlinkSync } from "node:fs";
import { getPriority } from "node:os";
import type { WireTask } from "../../../src/contract/task.ts";
import { openTerminal } from "../../support/cli/built-terminal.ts";
import { type Ended, type Home, type Order, useHomes } from "../../support/cli/home.ts";
import { logIn, signUp, startAccountServer } from "../../support/cli/people.ts";
import { eventually, type Server } from "../../support/server/server.ts";

const newHome = useHomes();
const homes: Home[] = [];

/** Longer than a sync in the background may take. */
const SYNC_TIMEOUT_MS = 35_000;
const ON = { TODO_SYNC_AUTO: undefined };

afterEach(async () => {
  for (const home of homes.splice(0)) await untilAlone(home);
});

type Device = ReturnType<typeof createDevice>;

/** A home in which syncs are started in the background. */
function createDevice(home: Home) {
  homes.push(home);
  const run = (order: Order): Promise<Ended> => home.run({ ...order, env: { ...ON, ...order.env } });
  const print = async (...args: string[]): Promise<string> => {
    const ended = await run({ args });
    expect(ended).toMatchObject({ exitCode: 0, err: "" });
    return ended.out;
  };
  return {
    home,
    run,
    print,
    titles: async () => JSON.parse(await print("list", "--json")).map(({ title }: WireTask): string => title),
    /** Does not start anything. */
    status: async () => JSON.parse(await print("sync", "--status", "--json")),
  };
}

/** Waits for a sync that has brought and taken everything. A process that was just started has no arguments yet by which to find it. */
function untilSynced({ status }: Device): Promise<void> {
  const isSynced = async () => {
    const { synced_at, unsent, failure } = await status();
    return synced_at !== null && unsent === 0 && failure === null;
  };
  return eventually("it has synced", isSynced, SYNC_TIMEOUT_MS);
}

/** Waits until nothing runs in the background any more. */
function untilAlone(home: Home): Promise<void> {
  return eventually("no sync runs", () => !isSyncing(home), SYNC_TIMEOUT_MS);
}

function isSyncing(home: Home): boolean {
  return findSync(home) !== undefined;
}

/** The process that syncs in the background. */
function findSync({ db }: Home): number | undefined {
  const { stdout } = Bun.spawnSync(["ps", "axww", "-o", "pid,args"]);
  const line = stdout
    .toString()
    .split("\n")
    .find((each) => each.endsWith(` sync --background --db ${db}`));
  return line === undefined ? undefined : Number.parseInt(line, 10);
}

/** Two devices of somebody who was just logged in on both. */
async function openTwo() {
  const machine = newHome();
  const server = await startAccountServer(machine);
  const [laptop, phone] = [createDevice(newHome()), createDevice(newHome())];
  await signUp(laptop.home, server.url);
  await logIn(phone.home, server.url);
  return { server, laptop, phone };
}

function countExchanges(server: Server): number {
  return server.log().filter(({ route }) => route === "POST /api/sync").length;
}

test("a burst of commands makes one sync, and another device shows it after its next command", async () => {
  const { server, laptop, phone } = await openTwo();
  const burst = { command: "bash", args: ["-c", "for i in {1..30}; do todo add task $i; done"] };
  const { exitCode, err } = await laptop.run(burst);
  expect([exitCode, err]).toEqual([0, ""]);
  await untilSynced(laptop);
  // A sync is two of them, and one for each command would be sixty. On a busy machine the pauses in a burst are long enough for some.
  expect(countExchanges(server)).toBeLessThan(40);
  expect(await phone.titles()).toEqual([]);
  await untilSynced(phone);
  await untilAlone(phone.home);
  expect(await phone.titles()).toHaveLength(30);
  expect(isSyncing(phone.home)).toBe(false);
});

test("a terminal that is closed ends no sync", async () => {
  const { laptop } = await openTwo();
  const { exitCode } = await openTerminal(laptop.home, { command: "sh", args: ["-c", "todo add Milk"], env: ON }).ended;
  expect(exitCode).toBe(0);
  await untilSynced(laptop);
});

test("a sync holds no folder and goes behind what people wait for", async () => {
  const { server, laptop } = await openTwo();
  server.signal("SIGSTOP");
  await laptop.print("add", "Milk");
  await eventually("a sync runs", () => isSyncing(laptop.home));
  const pid = findSync(laptop.home) ?? 0;
  expect([readlinkSync(`/proc/${pid}/cwd`), getPriority(pid) - getPriority()]).toEqual(["/", 10]);
  server.signal("SIGCONT");
  await untilSynced(laptop);
});

test("commands go on without a word where the server is away, and start no second sync at once", async () => {
  const { server, laptop } = await openTwo();
  await server.kill("SIGKILL");
  await laptop.print("add", "Milk");
  await eventually("it has failed", async () => (await laptop.status()).failure !== null, SYNC_TIMEOUT_MS);
  const { failure } = await laptop.status();
  expect(failure).toMatchObject({ code: "unavailable" });
  await laptop.print("add", "Bread");
  await untilAlone(laptop.home);
  expect(await laptop.status()).toMatchObject({ unsent: 2, failure });
});
