import { beforeAll, describe, expect, test } from "bun:test";
import { postgresMigrations } from "../../../src/db/postgres/migrations.ts";
import { newId } from "../../support/stores/test-user.ts";
import { type Home, useHomes } from "../../support/cli/home.ts";
import { expectDiscreet, PRIVATE_TITLE } from "../../support/leaks.ts";
import { type Cluster, type TestDatabase, useClusters } from "../../support/postgres/postgres.ts";
import { queryPostgres } from "../../support/postgres/query.ts";
import { type Answered, eventually, type Server, startServer, tokenOf } from "../../support/server/server.ts";

const newHome = useHomes();
const startCluster = useClusters();

const BETTER_AUTH_SECRET = "Vq3kT8wZr1XyN6mB4cJ7hL2pF9sD5gAe";
const WORKERS = 20;
const MIGRATIONS = postgresMigrations.map(({ name }) => name);
/** In which a server must have seen that its database is back. */
const READY_TIMEOUT_MS = 2000;
/** What a server gives to the last requests. */
const DRAIN_TIMEOUT_MS = 10_000;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ durable: true });
});

function start(home: Home, { appUrl, ownerUrl }: TestDatabase, ...flags: readonly string[]): Promise<Server> {
  const env = { BETTER_AUTH_SECRET, DATABASE_URL: appUrl, TODO_MIGRATE_URL: ownerUrl };
  return startServer(home, { args: ["--port", "0", ...flags], env });
}

/** A reply without its body. Status 0 is a request to which there was none. */
type Noted = { readonly status: number; readonly retryAfter: string | null };

/** Twenty clients that make tasks with ids of their own and read them again, each task until it is there. */
function startLoad(server: Server, token: string) {
  const noted: Noted[] = [];
  const made: string[] = [];
  const over = new AbortController();
  const note = async (asking: Promise<Answered>): Promise<number> => {
    const reply = await asking.catch(() => undefined);
    noted.push({ status: reply?.status ?? 0, retryAfter: reply?.headers.get("retry-after") ?? null });
    return reply?.status ?? 0;
  };
  const make = async (id: string): Promise<void> => {
    const status = await note(server.ask("POST", "/api/tasks", { token, json: { id, title: PRIVATE_TITLE } }));
    if (status === 201 || status === 200) made.push(id);
    else if (!over.signal.aborted) await make(id);
  };
  const work = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const id = newId();
      await make(id);
      await note(server.ask("GET", `/api/tasks/${id}`, { token }));
    }
  };
  const working = Promise.all(Array.from({ length: WORKERS }, work));
  return {
    made,
    noted,
    untilMade: async (more: number) => {
      const enough = made.length + more;
      await eventually(`${more} more tasks are made`, () => made.length >= enough);
    },
    finish: async () => {
      over.abort();
      await working;
    },
  };
}

/** Milliseconds until a server answers a request that it gets from now on. */
async function untilAnswered(server: Server, token: string): Promise<number> {
  const begin = performance.now();
  await eventually("it answers", async () => (await server.ask("GET", "/api/tasks", { token })).status === 200);
  return performance.now() - begin;
}

type Outage = {
  readonly end: () => Promise<void>;
  /** What is to be over before the database comes back. */
  readonly meanwhile?: (load: ReturnType<typeof startLoad>) => Promise<unknown>;
  readonly afterwards?: () => Promise<unknown>;
};

/** A server under load whose database goes away and comes back, and what became of both. */
async function endure({ end, meanwhile, afterwards }: Outage) {
  const [home, database] = [newHome(), await cluster.createDatabase()];
  const token = await tokenOf(home, { BETTER_AUTH_SECRET });
  const server = await start(home, database);
  const load = startLoad(server, token);
  await load.untilMade(40);
  await end();
  await meanwhile?.(load);
  await cluster.start();
  const [passed] = await Promise.all([untilAnswered(server, token), afterwards?.()]);
  await load.untilMade(40);
  await load.finish();
  const ended = await server.kill("SIGTERM");
  const kept = await queryPostgres(database.url, "select id from tasks");
  const changes = await queryPostgres(database.url, "select id from history");
  return { ...load, token, passed, ended, kept: kept.flat(), changes: changes.flat() };
}

type Endured = Awaited<ReturnType<typeof endure>>;

function describeEndured(endured: () => Endured): void {
  test("is answered with nothing but success and 503, which says when to come back", () => {
    const { noted } = endured();
    expect(
      [...new Set(noted.map(({ status }) => status))].filter((status) => ![200, 201, 503].includes(status)),
    ).toEqual([]);
    const refused = noted.filter(({ status }) => status === 503);
    expect(refused.filter(({ retryAfter }) => !/^[1-9]\d*$/.test(retryAfter ?? ""))).toEqual([]);
  });

  test("goes on by itself as soon as the database is back, and ends in order", () => {
    const { passed, ended } = endured();
    expect(passed).toBeLessThan(READY_TIMEOUT_MS);
    expect(ended).toMatchObject({ exitCode: 0, signal: null });
  });

  test("has every task that it said it made, each made once", () => {
    const { made, kept, changes } = endured();
    const there = new Set(kept);
    expect(made.filter((id) => !there.has(id))).toEqual([]);
    expect(new Set(changes).size).toBe(changes.length);
  });

  test("says nothing of tasks, tokens or the password in its log", () => {
    const { ended, token } = endured();
    expect(ended.err).toContain('"status":201');
    expectDiscreet(ended.err, token);
  });
}

describe("a server under load whose PostgreSQL is stopped and comes back at once", () => {
  let endured: Endured;
  beforeAll(async () => {
    endured = await endure({ end: cluster.stop });
  });
  describeEndured(() => endured);
});

/** A request that waits for the database. Processes of a PostgreSQL that was killed may still answer for a moment. */
async function askInVain(server: Server, token: string): Promise<{ readonly asking: Promise<Answered> }> {
  for (;;) {
    const asking = server.ask("GET", "/api/tasks", { token });
    if ((await Promise.race([asking, Bun.sleep(300)])) === undefined) return { asking };
  }
}

/** A server that is asked to stop while a request waits for its database. */
async function stopWaiting(server: Server, token: string) {
  const { asking } = await askInVain(server, token);
  const begin = performance.now();
  const ended = await server.kill("SIGTERM");
  return { passed: performance.now() - begin, ended, reply: await asking };
}

const statusOf = async (server: Server, path: string): Promise<number> => (await server.ask("GET", path)).status;

/** What a server says that is started while its database is away. */
async function startWithout(home: Home, database: TestDatabase) {
  const server = await start(home, database);
  return { server, health: await statusOf(server, "/health"), ready: await statusOf(server, "/ready") };
}

async function untilReady(server: Server): Promise<number> {
  const begin = performance.now();
  await eventually("it is ready", async () => (await statusOf(server, "/ready")) === 200);
  return performance.now() - begin;
}

const readMigrations = ({ url }: TestDatabase) => queryPostgres(url, "select name from migrations order by name");

// One outage for all, because the first half of it is waiting for 2.5 s.
describe("a PostgreSQL that is killed under load and stays away", () => {
  let endured: Endured;
  let stopped: Awaited<ReturnType<typeof stopWaiting>>;
  let started: Awaited<ReturnType<typeof startWithout>>;
  let untilStartedIsReady: number;
  let migrations: unknown[][];

  beforeAll(async () => {
    const [home, used, empty] = [newHome(), await cluster.createDatabase(), await cluster.createDatabase()];
    const token = await tokenOf(home, { BETTER_AUTH_SECRET });
    const stopping = await start(home, used);
    await untilAnswered(stopping, token);
    endured = await endure({
      end: cluster.kill,
      meanwhile: async ({ noted }) => {
        [stopped, started] = await Promise.all([
          stopWaiting(stopping, token),
          startWithout(home, empty),
          eventually("requests are refused", () => noted.some(({ status }) => status === 503)),
        ]);
      },
      afterwards: async () => {
        untilStartedIsReady = await untilReady(started.server);
      },
    });
    migrations = await readMigrations(empty);
    await started.server.kill("SIGTERM");
  });

  describe("for a server at work", () => describeEndured(() => endured));

  test("keeps no server from ending that is asked to, after its last answer", () => {
    expect(stopped.reply.status).toBe(503);
    expect(stopped.reply.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    expect(stopped.ended).toMatchObject({ exitCode: 0, signal: null });
    expect(stopped.passed).toBeLessThan(DRAIN_TIMEOUT_MS);
  });

  test("keeps no server from starting, which is alive and not ready", () => {
    expect(started).toMatchObject({ health: 200, ready: 503 });
  });

  test("and comes back is brought up to date by that server, which is then ready", () => {
    expect(untilStartedIsReady).toBeLessThan(READY_TIMEOUT_MS);
    expect(migrations.flat()).toEqual(MIGRATIONS);
  });
});

describe("an empty database", () => {
  test("is not ready with --no-migrate until somebody has run `todo db migrate`", async () => {
    const [home, database] = [newHome(), await cluster.createDatabase()];
    const server = await start(home, database, "--no-migrate");
    expect(await statusOf(server, "/health")).toBe(200);
    expect(await statusOf(server, "/ready")).toBe(503);
    const token = await tokenOf(home, { BETTER_AUTH_SECRET });
    const { status, headers } = await server.ask("GET", "/api/tasks", { token });
    expect({ status, again: headers.get("retry-after") }).toEqual({
      status: 503,
      again: expect.stringMatching(/^[1-9]\d*$/),
    });
    const { exitCode, out } = await home.run({ args: ["db", "migrate"], env: { TODO_MIGRATE_URL: database.ownerUrl } });
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: MIGRATIONS.map((name) => `${name}\n`).join("") });
    expect(await untilReady(server)).toBeLessThan(READY_TIMEOUT_MS);
    expect(await server.ask("GET", "/api/tasks", { token })).toMatchObject({ status: 200, body: [] });
  });

  test("is made ready by servers that start at the same moment, each migration by one of them", async () => {
    const [home, database] = [newHome(), await cluster.createDatabase()];
    const servers = await Promise.all([start(home, database), start(home, database)]);
    expect(await Promise.all(servers.map((server) => statusOf(server, "/ready")))).toEqual([200, 200]);
    const ends = await Promise.all(servers.map((server) => server.kill("SIGTERM")));
    const applied = ends.flatMap(({ err }) => [...err.matchAll(/^Applied (\S+)$/gm)].map(([, name = ""]) => name));
    expect(applied.toSorted()).toEqual(MIGRATIONS);
    expect((await readMigrations(database)).flat()).toEqual(MIGRATIONS);
  });
});
