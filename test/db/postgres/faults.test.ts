import { rmSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { openPostgres } from "../../../src/db/postgres/database.ts";
import type { ErrorCode, TodoError } from "../../../src/domain/errors.ts";
import { createTestUser, type TestUser, only } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";
import { type Alter, hurry } from "../../support/postgres/altered-store.ts";
import {
  type FaultyConnection,
  type FaultyConnectionOptions,
  openFaultyConnection,
} from "../../support/postgres/faulty-connection.ts";
import { expectDiscreet, PRIVATE_TITLE, unfold } from "../../support/leaks.ts";
import type { TestDatabase } from "../../support/postgres/databases.ts";
import { holdLock } from "../../support/postgres/hold.ts";
import { queryPostgres } from "../../support/postgres/query.ts";
import { describeReplies } from "../../support/postgres/replies.ts";
import { describeStates, LOOK_FIRST } from "../../support/postgres/states.ts";
import { usePostgresStores } from "../../support/postgres/stores.ts";
import { type Certificate, canMakeCertificates, makeCertificate, offerTls } from "../../support/postgres/tls.ts";
import { useClusters } from "../../support/postgres/postgres.ts";
import type { Held } from "../../support/postgres/query-tap.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { eventually } from "../../support/server/server.ts";
import { canMakeSmallSpaces, useSmallSpaces } from "../../support/disks/small-space.ts";
import { startEarly } from "../../support/start-early.ts";
import { expectDone, MERGE, READ, type Trial, TRIALS, WRITE } from "../../support/stores/trials.ts";

const openDatabase = usePostgresStores();
const startCluster = useClusters();
const smallSpace = useSmallSpaces();
const scratch = useScratch();
let shared: TestDatabase;

beforeAll(async () => {
  shared = await makeDatabase();
});

/** A database for what would trouble others in it. */
async function makeDatabase(): Promise<TestDatabase> {
  const { server, database } = await openDatabase("bun");
  await server.store.close();
  return database;
}

async function migrate(database: TestDatabase): Promise<TestDatabase> {
  const owner = await openPostgres(database.ownerUrl, {});
  await owner.migrate();
  await owner.store.close();
  return database;
}

/** A line for the tests around it. */
function useLine(options?: FaultyConnectionOptions): () => FaultyConnection {
  let connection: FaultyConnection | undefined;
  beforeAll(async () => {
    connection = await openFaultyConnection(shared, options);
  });
  afterAll(() => connection?.close());
  return () => {
    if (!connection) throw new Error("the line is not open");
    return connection;
  };
}

const COMMIT = "commit\0";

type Scene = { readonly connection: FaultyConnection; readonly testUser: TestUser; readonly trial: Trial };
type Strike = (scene: Scene) => unknown;

/** Does something to a connection when it is asked for what is tried. */
function inTheMiddle(act: (held: Held, connection: FaultyConnection) => unknown): Strike {
  return ({ connection, testUser, trial }) =>
    void connection.tap.once(trial.words(testUser), (held) => act(held, connection));
}

const PASSING: readonly (readonly [fault: string, strike: Strike])[] = [
  [
    "nobody listens for a while",
    ({ connection: { proxy } }) => {
      proxy.refuse();
      proxy.cut();
      setTimeout(() => void proxy.listen(), 60);
    },
  ],
  ["all connections are reset while nothing runs", ({ connection }) => connection.proxy.cut()],
  [
    "all connections were reset some time ago",
    async ({ connection: { proxy } }) => {
      proxy.cut();
      await eventually("they are gone", () => proxy.connections() === 0);
    },
  ],
  ["the server ends all connections while nothing runs", ({ connection }) => connection.terminate()],
  ["a connection is reset in the middle", inTheMiddle(({ reset }) => reset())],
  ["the answer of a statement is lost", inTheMiddle(({ loseAnswer }) => loseAnswer())],
  ["the answer of a statement is cut off", inTheMiddle(({ loseAnswer }) => loseAnswer(7))],
  ["the server ends all connections in the middle", inTheMiddle((_, { terminate }) => terminate())],
  [
    "the server ends all connections while one waits for a lock",
    async ({ connection }) => {
      const held = await holdLock(shared.url, "lock table tasks");
      const end = async () => {
        await held.untilWaiting(1);
        await connection.terminate();
        await held.release();
      };
      void end();
    },
  ],
];

describe.each(PASSING)("%s", (_, strike) => {
  const open = useLine();
  test.each(TRIALS)("and a %s is done all the same, once", async (_name, trial) => {
    const connection = open();
    const testUser = await connection.newUser();
    await strike({ connection, testUser, trial });
    await trial.run(testUser);
    expect(connection.tap.waiting()).toBe(0);
    await expectDone(testUser, trial);
  });
});

const AT_COMMIT: readonly (readonly [
  fault: string,
  isDone: 0 | 1,
  act: (held: Held, connection: FaultyConnection) => unknown,
])[] = [
  ["its connection is reset before the server hears of the commit", 0, ({ reset }) => reset()],
  ["the answer to its commit is lost", 1, ({ loseAnswer }) => loseAnswer()],
  ["the answer to its commit is cut off", 1, ({ loseAnswer }) => loseAnswer(7)],
  ["the server ends its connection before the commit", 0, (_, { terminate }) => terminate()],
];

describe.each(AT_COMMIT)("where %s", (_, times, act) => {
  const open = useLine();

  test("a write is not made again, and whoever made it is told to look", async () => {
    const { tap, ...line } = open();
    const testUser = await line.newUser();
    const before = tap.count(COMMIT);
    void tap.once(COMMIT, (held) => act(held, open()));
    const error = await refusalOf(WRITE.run(testUser));
    expect(error).toMatchObject({ code: "unavailable", hints: [LOOK_FIRST], retryAfter: 2 });
    expectDiscreet(unfold(error));
    expect(tap.count(COMMIT) - before).toBe(1);
    await expectDone(testUser, WRITE, times);
  });

  test("a merge is made again, which changes nothing the second time", async () => {
    const { tap, ...line } = open();
    const testUser = await line.newUser();
    const before = tap.count(COMMIT);
    void tap.once(COMMIT, (held) => act(held, open()));
    await MERGE.run(testUser);
    expect(tap.count(COMMIT) - before).toBe(2);
    await expectDone(testUser, MERGE);
  });
});

/** What a fault ends with that does not go away by itself. */
type Ended = { readonly code: ErrorCode; readonly hints: readonly string[]; readonly attempts: "one" | "many" };

type Lasting = {
  readonly settings?: string;
  /** Breaks something and answers what mends it. */
  readonly strike: (connection: FaultyConnection, database: TestDatabase) => (() => unknown) | Promise<() => unknown>;
  readonly read: Ended | "works";
  readonly write: Ended;
  /** In which that is to be said, if each connection takes 5 s to fail. */
  readonly maxErrorMs?: number;
};

const AWAY = { code: "unavailable", hints: ["Try again in a moment."], attempts: "many" } as const;
const BUSY = { code: "locked", hints: [], attempts: "many" } as const;
const LATE = { code: "timed_out", hints: [], attempts: "one" } as const;
const FROZEN = { code: "read_only_store", hints: [], attempts: "one" } as const;

/** Has the server treat new sessions of a database in another way, and ends the old ones. */
function alterDatabase(change: string, back: string): Lasting["strike"] {
  return async ({ terminate }, { name, url }) => {
    const alter = async (what: string) => {
      await queryPostgres(url, "set default_transaction_read_only = off", `alter database ${name} ${what}`);
      await terminate();
    };
    await alter(change);
    return () => alter(back);
  };
}

const lockTable: Lasting["strike"] = async (_, { url }) => (await holdLock(url, "lock table tasks")).release;

const LASTING: Readonly<Record<string, Lasting>> = {
  "nobody listens": {
    strike: ({ proxy }) => {
      proxy.refuse();
      proxy.cut();
      return proxy.listen;
    },
    read: AWAY,
    write: AWAY,
  },
  "connections are taken and never answered": {
    strike: ({ proxy }) => {
      proxy.cut();
      proxy.mode = "silent";
      return () => (proxy.mode = "pass");
    },
    read: AWAY,
    write: AWAY,
    maxErrorMs: 9000,
  },
  "connections are reset as soon as they begin": {
    strike: ({ proxy }) => {
      proxy.cut();
      proxy.mode = "reset";
      return () => (proxy.mode = "pass");
    },
    read: AWAY,
    write: AWAY,
    maxErrorMs: 9000,
  },
  "the server takes no more connections": {
    strike: alterDatabase("connection limit 0", "connection limit -1"),
    read: AWAY,
    write: AWAY,
  },
  "someone else holds the table, and nobody waits for long": {
    settings: "-c lock_timeout=50",
    strike: lockTable,
    read: BUSY,
    write: BUSY,
  },
  "someone else holds the table, and the server ends what takes long": {
    settings: "-c statement_timeout=200",
    strike: lockTable,
    read: { ...LATE, code: "read_timed_out" },
    write: LATE,
  },
  "the database can only be read": {
    strike: alterDatabase("set default_transaction_read_only = on", "reset default_transaction_read_only"),
    read: "works",
    write: FROZEN,
  },
};

/** A fault that may pass is waited for 2.5 s. */
const [RETRY_TIMEOUT_MS, MAX_ERROR_MS] = [2400, 5000];

type Run = () => Promise<unknown>;

async function expectEnded(run: Run, { code, hints, attempts }: Ended, maxMs = MAX_ERROR_MS): Promise<void> {
  const start = performance.now();
  const error = await refusalOf(run());
  const passed = performance.now() - start;
  expect(error).toMatchObject({ code, hints });
  expect(error.retryAfter).toBeGreaterThan(0);
  expectDiscreet(unfold(error));
  expect(passed).toBeGreaterThan(attempts === "many" ? RETRY_TIMEOUT_MS : 0);
  expect(passed).toBeLessThan(attempts === "many" ? maxMs : RETRY_TIMEOUT_MS);
}

/** Lets a fault happen, sees what it does, and mends it. */
async function outlast({ settings, strike, read, write, maxErrorMs }: Lasting): Promise<void> {
  const database = await makeDatabase();
  const connection = await openFaultyConnection(database, { ...(settings && { settings }) });
  try {
    const testUser = await connection.newUser();
    const mend = await strike(connection, database);
    const titles = () => testUser.titles([]);
    await Promise.all([
      read === "works" ? titles() : expectEnded(titles, read, maxErrorMs),
      expectEnded(() => WRITE.run(testUser), write, maxErrorMs),
    ]);
    await mend();
    await expectDone(testUser, WRITE, 0);
    await WRITE.run(testUser);
    await expectDone(testUser, WRITE);
  } finally {
    await connection.close();
  }
}

async function endureSlowness(): Promise<void> {
  const connection = await openFaultyConnection(await makeDatabase());
  try {
    connection.proxy.mode = { delay: 150 };
    const testUser = await connection.newUser();
    await expectDone(testUser, READ);
  } finally {
    await connection.close();
  }
}

/** PostgreSQL gives up the one that looks first, which on a busy machine is not always ours. */
async function endureDeadlock(): Promise<void> {
  let isOurs = false;
  while (!isOurs) isOurs = await isGivenUp();
}

/** Whether it was our write that PostgreSQL gave up. If so, it was made again. */
async function isGivenUp(): Promise<boolean> {
  const database = await makeDatabase();
  const connection = await openFaultyConnection(database);
  try {
    const { user, edit, find, titles, store } = await connection.newUser();
    const task = only(await find([]));
    const other = await holdLock(database.url, `select from tasks where id = '${task.id}' for update`);
    const edited = edit(task, { title: PRIVATE_TITLE });
    await other.untilWaiting(1);
    const isOurs = await other.run(`select from users where id = '${user}' for update`).then(
      () => true,
      () => false,
    );
    await other.release();
    expect(await edited).toMatchObject({ title: PRIVATE_TITLE });
    expect(connection.tap.count("rollback")).toBe(isOurs ? 1 : 0);
    expect(await titles([])).toEqual([PRIVATE_TITLE]);
    expect(await store.history(user, {})).toHaveLength(2);
    return isOurs;
  } finally {
    await connection.close();
  }
}

const untilOver = startEarly({
  ...Object.fromEntries(Object.entries(LASTING).map(([name, lasting]) => [name, () => outlast(lasting)])),
  slowness: endureSlowness,
  deadlock: endureDeadlock,
});

/** Those who hang are given up after the first. Everybody else has more time. */
const [SHORT_TIMEOUT_MS, LONG_TIMEOUT_MS] = [150, 10_000];

describe("what is never answered", () => {
  const late = new Set<unknown>();
  const open = useLine({
    alter: hurry((params) => (params.some((param) => late.has(param)) ? SHORT_TIMEOUT_MS : LONG_TIMEOUT_MS)),
  });
  afterEach(() => late.clear());

  /** Has what is tried end because it takes too long. */
  const expectLate = async (testUser: TestUser, trial: Trial, hints: readonly string[] = []) => {
    late.add(testUser.user);
    const error = await refusalOf(trial.run(testUser));
    late.clear();
    expect(error).toMatchObject({ code: "timed_out", hints, retryAfter: 5 });
    expectDiscreet(unfold(error));
  };
  const hold = (user: string) => holdLock(shared.url, `select from users where id = '${user}' for update`);

  test.each(TRIALS)(
    "in a dead network: a %s ends in time, and is not made when the network is back",
    async (_, trial) => {
      const { proxy, ...line } = open();
      const testUser = await line.newUser();
      proxy.mode = "silent";
      await expectLate(testUser, trial);
      // What was sent before arrives now.
      proxy.mode = "pass";
      await eventually("the old connections end", () => proxy.connections() === 0);
      await expectDone(testUser, trial, 0);
      await trial.run(testUser);
      await expectDone(testUser, trial);
    },
  );

  test.each([
    ["write", WRITE, [LOOK_FIRST]],
    ["merge", MERGE, []],
  ] as const)("in a network that dies at the commit: who makes a %s is told what is known", async (_, trial, hints) => {
    const { proxy, tap, ...line } = open();
    const testUser = await line.newUser();
    void tap.once(COMMIT, () => void (proxy.mode = "silent"));
    await expectLate(testUser, trial, hints);
    proxy.mode = "pass";
    await expectDone(testUser, trial);
  });

  test("one who waits for a lock holds up nobody else", async () => {
    const connection = open();
    const [stuck, other] = [await connection.newUser(), await connection.newUser()];
    const held = await hold(stuck.user);
    const given = expectLate(stuck, WRITE);
    await held.untilWaiting(1);
    await Promise.all(Array.from({ length: 5 }, () => other.add({ title: "meanwhile" })));
    expect(await other.titles([])).toHaveLength(6);
    await given;
    await held.release();
    await WRITE.run(stuck);
    await expectDone(stuck, WRITE);
  });

  test("one who is given up while others are under way ends none of them, and gets nothing later", async () => {
    const connection = open();
    const [stuck, other] = [await connection.newUser(), await connection.newUser()];
    const [held, heldOther] = [await hold(stuck.user), await hold(other.user)];
    const done = WRITE.run(other);
    await heldOther.untilWaiting(1);
    await expectLate(stuck, WRITE);
    await held.release();
    await expectDone(stuck, WRITE, 0);
    await heldOther.release();
    await done;
    await expectDone(other, WRITE);
    await expectDone(stuck, WRITE, 0);
    await eventually("the pool of the one who hung is gone", () => connection.proxy.connections() <= 10);
  });
});

test("an attempt is given up before a request has to be answered, and a large import is given more time", async () => {
  const [reads, writes]: [number[], number[]] = [[], []];
  const note: Alter = (client) => ({
    ...client,
    query: (statement, timeoutMs) => {
      reads.push(timeoutMs);
      return client.query(statement, timeoutMs);
    },
    transaction: (statements, attempt) => {
      writes.push(attempt.timeoutMs);
      return client.transaction(statements, attempt);
    },
  });
  const connection = await openFaultyConnection(shared, { alter: note });
  try {
    const testUser = await connection.newUser();
    await testUser.find([], { limit: 1 });
    await testUser.add(...Array.from({ length: 2000 }, () => ({ title: "x" })));
    const [small, large] = writes;
    // A request has 15 s, of which 2.5 s are for what passes.
    expect(Math.max(...reads, small ?? 0)).toBeLessThan(12_500);
    expect(Math.min(...reads, small ?? 0)).toBeGreaterThan(9_000);
    expect(large).toBeGreaterThan(small ?? 0);
  } finally {
    await connection.close();
  }
});

const CHECK_URL = "Check the URL of the database.";

/** Opens the database at the URL of a role that is changed, tries to read and write, and answers what they end with. */
async function tryUrl(url: string): Promise<TodoError[]> {
  const { store } = await openPostgres(url, {});
  try {
    const testUser = createTestUser(store);
    return await Promise.all([READ, WRITE].map((trial) => refusalOf(trial.run(testUser))));
  } finally {
    await store.close();
  }
}

describe("a URL that the server refuses", () => {
  test.each([
    ["a wrong password", "refuses the user or the password", (url: URL) => void (url.password = PRIVATE_TITLE)],
    ["a role that is not there", "refuses the user or", (url: URL) => void (url.username = "nobody_here")],
    ["a database that is not there", "has no database of that name", (url: URL) => void (url.pathname += "x")],
    ["encryption that is not offered", "no encrypted", (url: URL) => url.searchParams.set("sslmode", "require")],
  ])("because of %s is said at once, and which part of the URL it is", async (_, why, change) => {
    const url = new URL(shared.appUrl);
    change(url);
    const start = performance.now();
    for (const error of await tryUrl(url.href)) {
      expect(error).toMatchObject({ code: "unavailable", hints: [CHECK_URL], retryAfter: 30 });
      expect(error.message).toContain(why);
      expectDiscreet(unfold(error));
    }
    expect(performance.now() - start).toBeLessThan(1500);
  });
});

describe.skipIf(!canMakeCertificates())("a server whose certificate nobody has signed", () => {
  let database: TestDatabase;
  let own: Certificate;
  let another: Certificate;
  const urlOf = (host: string, query: Record<string, string>) => {
    const url = new URL(database.appUrl);
    url.hostname = host;
    url.search = String(new URLSearchParams(query));
    return url.href;
  };

  beforeAll(async () => {
    const cluster = await startCluster();
    database = await migrate(await cluster.createDatabase());
    [own, another] = [makeCertificate(scratch(), "IP:127.0.0.1"), makeCertificate(scratch(), "IP:127.0.0.1")];
    await offerTls(database.url, own);
    const isOffered = async () => {
      const sessions = await queryPostgres(
        `${database.url}?sslmode=prefer`,
        "select ssl from pg_stat_ssl where pid = pg_backend_pid()",
      );
      return only(only(sessions)) === true;
    };
    await eventually("encryption is offered", isOffered);
  });

  test.each([
    ["", "127.0.0.1", () => ({ sslmode: "require" })],
    [", where another certificate is named", "127.0.0.1", () => ({ sslmode: "require", sslrootcert: another.path })],
    [", where it is for another name", "localhost", () => ({ sslmode: "verify-full", sslrootcert: own.path })],
  ])("is refused%s, and that it is the URL is said", async (_, host, query) => {
    for (const error of await tryUrl(urlOf(host, query()))) {
      expect(error).toMatchObject({ code: "unavailable", hints: [CHECK_URL], retryAfter: 30 });
    }
  });

  test("is taken where the certificate is named and the name is right, and everything is then encrypted", async () => {
    const { store } = await openPostgres(urlOf("127.0.0.1", { sslmode: "verify-full", sslrootcert: own.path }), {});
    const { titles, add } = createTestUser(store);
    await add({ title: "before" });
    expect(await titles([])).toEqual(["before"]);
    const query =
      "select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'todo'";
    expect(await queryPostgres(database.url, query)).toEqual([[true]]);
    await store.close();
  });
});

describe.skipIf(!canMakeSmallSpaces())("a full disk", () => {
  test("is said to who writes and not to who reads, and is over when there is space", async () => {
    const database = await makeDatabase();
    const folder = smallSpace();
    const space = `space_${database.name}`;
    // Only a folder of the server's own will do. A program that ends before it has read what it is sent would break the pipe.
    await queryPostgres(database.url, `copy (select 1) to program 'cat > /dev/null && mkdir ${folder}/space'`);
    await queryPostgres(database.url, `create tablespace ${space} location '${folder}/space'`);
    await queryPostgres(database.url, `alter table tasks set tablespace ${space}`);
    const connection = await openFaultyConnection(database);
    try {
      const testUser = await connection.newUser();
      writeFileSync(`${folder}/filler`, Buffer.alloc(500_000));
      const description = Array.from({ length: 10_000 }, () =>
        String.fromCodePoint(33 + Math.floor(Math.random() * 90)),
      ).join("");
      let made = 0;
      const fill = async () => {
        for (; made < 500; made += 1) await testUser.add({ title: PRIVATE_TITLE, description });
      };
      const error = await refusalOf(fill());
      expect(error).toMatchObject({ code: "full_disk", hints: [], retryAfter: 30 });
      expectDiscreet(unfold(error));
      expect(made).toBeGreaterThan(0);
      expect(await testUser.titles([])).toHaveLength(1 + made);
      rmSync(`${folder}/filler`);
      await testUser.add({ title: "after", description });
      expect(await testUser.titles([])).toHaveLength(2 + made);
    } finally {
      await connection.close();
      await queryPostgres(database.url, "alter table tasks set tablespace pg_default", `drop tablespace ${space}`);
    }
  });
});

describe("an error of the server", () => describeStates("bun"));

describe("an error of the server over HTTP", () => describeReplies("bun"));

describe("a fault that lasts", () => {
  test.each(Object.keys(LASTING))("%s: said soon, and over as soon as it is mended", (name) => untilOver(name));
});

test("a slow network only takes longer", () => untilOver("slowness"));

test("a write that PostgreSQL gives up to end a deadlock is made again, once", () => untilOver("deadlock"));
