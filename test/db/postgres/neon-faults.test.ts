import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { openPostgres } from "../../../src/db/postgres/database.ts";
import type { Store } from "../../../src/ports/store.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { hurry, openAltered } from "../../support/postgres/altered-store.ts";
import { at, createTestUser, type TestUser, newId, only, OPENING } from "../../support/stores/test-user.ts";
import { MONTHS, OPEN_ACTIVITY } from "../../support/stores/activity.ts";
import { refusalOf } from "../../support/errors.ts";
import { expectDiscreet, PRIVATE_TITLE, unfold } from "../../support/leaks.ts";
import type { Intercept, Neon, NeonRequest } from "../../support/postgres/neon.ts";
import { describeReplies } from "../../support/postgres/replies.ts";
import { describeStates, LOOK_FIRST } from "../../support/postgres/states.ts";
import { DRIVERS, nameNeonHost, type OpenedDatabase, usePostgresStores } from "../../support/postgres/stores.ts";
import { type Act, type QueryTap, startQueryTap } from "../../support/postgres/query-tap.ts";
import { useServedStores } from "../../support/server/served-store.ts";
import { eventually } from "../../support/server/server.ts";
import { startEarly } from "../../support/start-early.ts";
import { startTcpProxy, type TcpProxy } from "../../support/server/tcp-proxy.ts";
import { expectDone, MERGE, READ, type Trial, TRIALS, WRITE } from "../../support/stores/trials.ts";

const openDatabase = usePostgresStores();
const serveStore = useServedStores();
let opened: WithNeon;
let neon: Neon;

type WithNeon = OpenedDatabase & { readonly neon: Neon };

async function open(): Promise<WithNeon> {
  const made = await openDatabase("neon");
  if (!made.neon) throw new Error("there is no stand-in");
  return { ...made, neon: made.neon };
}

beforeAll(async () => {
  opened = await open();
  ({ neon } = opened);
});
afterEach(() => {
  neon.intercept = undefined;
});
afterAll(() => opened.server.store.close());

async function newDesk(store: Store): Promise<TestUser> {
  const testUser = createTestUser(store);
  await testUser.add({ title: "before" });
  return testUser;
}

/** A test user since whom nothing was asked of the stand-in. */
async function newUser(store: Store = opened.server.store): Promise<TestUser> {
  const testUser = await newDesk(store);
  neon.clear();
  return testUser;
}

/** What a proxy says that is none of Neon's answers. It repeats all that it was told. */
const BROKEN: readonly (readonly [name: string, reply: (told: string) => Response])[] = [
  ["500 with a page", (told) => new Response(`<html>${told}</html>`, { status: 500 })],
  ["502 with a page", (told) => new Response(`<html>${told}</html>`, { status: 502 })],
  ["503 with JSON", (told) => Response.json({ message: told, code: "" }, { status: 503 })],
  ["504 with nothing", () => new Response(null, { status: 504 })],
  ["429 with JSON", (told) => Response.json({ message: told, code: null }, { status: 429 })],
  ["404 with a text", (told) => new Response(told, { status: 404 })],
  ["400 with JSON of someone else's", (told) => Response.json({ error: told }, { status: 400 })],
  ["400 with an error that has no code", (told) => Response.json({ message: told, code: "" }, { status: 400 })],
  ["200 with what is no JSON", (told) => new Response(`{"rows":[${told}`)],
  ["200 with half of the JSON", () => new Response('{"results":[{"rows":[["a"')],
  ["200 with nothing", () => new Response("")],
  ["200 with null", () => Response.json(null)],
  ["200 with a number for the results", () => Response.json({ results: 5, rows: 5, fields: 5 })],
  ["200 with results of too few statements", () => Response.json({ results: [] })],
];

/** What does no harm when it is done a second time. */
const REPEATED: readonly (readonly [name: string, trial: Trial])[] = [
  ["read", READ],
  ["merge", MERGE],
];

/** Loses the first answer, with the work or when that was done. */
function breakOnce(reply: (told: string) => Response, isDone: boolean): Intercept {
  let isBroken = false;
  return async (body, answer) => {
    if (isBroken) return answer();
    isBroken = true;
    if (isDone) await answer();
    return reply(`${body} ${neon.requests.at(-1)?.headers.get("neon-connection-string")}`);
  };
}

describe.each(BROKEN)("%s in place of the answer", (_, reply) => {
  describe.each([
    ["before the database hears of it", 0],
    ["after the database has done it", 1],
  ] as const)("%s", (_when, times) => {
    test.each(REPEATED.filter(([name]) => name === "merge" || times === 0))(
      "a %s is asked for again and done once",
      async (_name, trial) => {
        const testUser = await newUser();
        neon.intercept = breakOnce(reply, times === 1);
        await trial.run(testUser);
        expect(neon.requests).toHaveLength(2);
        await expectDone(testUser, trial);
      },
    );

    test("a write is not made again, and whoever made it is told to look", async () => {
      const testUser = await newUser();
      neon.intercept = breakOnce(reply, times === 1);
      const error = await refusalOf(WRITE.run(testUser));
      expect(error).toMatchObject({ code: "unavailable", hints: [LOOK_FIRST], retryAfter: 2 });
      expectDiscreet(unfold(error));
      expect(neon.requests).toHaveLength(1);
      await expectDone(testUser, WRITE, times);
    });
  });
});

type Road = {
  /** A store whose requests go through the proxy and the tap to the stand-in. Statements for users who are `late` get 300 ms. */
  readonly store: Store;
  readonly late: Set<unknown>;
  readonly proxy: TcpProxy;
  readonly tap: QueryTap;
  readonly stop: () => void;
};

async function openRoad({ database, neon: { endpoint } }: WithNeon): Promise<Road> {
  const tap = await startQueryTap(Number(new URL(endpoint).port));
  const proxy = await startTcpProxy({ target: tap.port });
  const late = new Set<unknown>();
  const env = { TODO_NEON_ENDPOINT: `http://127.0.0.1:${proxy.port}/sql` };
  const inTime = hurry((params) => (params.some((param) => late.has(param)) ? 300 : 10_000));
  return {
    store: openAltered({ url: nameNeonHost(database.appUrl), env }, inTime),
    late,
    proxy,
    tap,
    stop: () => {
      proxy.stop();
      tap.stop();
    },
  };
}

describe("on the way to Neon", () => {
  let road: Road;
  beforeAll(async () => {
    road = await openRoad(opened);
  });
  afterAll(() => road.stop());
  afterEach(() => road.late.clear());

  test.each([
    [
      "nobody listens for a while",
      ({ proxy }: Road) => {
        proxy.refuse();
        proxy.cut();
        setTimeout(() => void proxy.listen(), 60);
      },
    ],
    ["the connection is reset while nothing runs", ({ proxy }: Road) => proxy.cut()],
  ])("%s: a read, a write and a merge are done all the same, once", async (_, strike) => {
    for (const [, trial] of TRIALS) {
      const testUser = await newUser(road.store);
      strike(road);
      await trial.run(testUser);
      await expectDone(testUser, trial);
    }
  });

  const LOST: readonly (readonly [fault: string, times: 0 | 1, act: Act])[] = [
    ["the connection is reset before the request arrives", 0, ({ reset }) => reset()],
    ["the connection is reset in place of the answer", 1, ({ loseAnswer }) => loseAnswer()],
    ["the head of the answer is cut off", 1, ({ loseAnswer }) => loseAnswer(20)],
    ["the body of the answer is cut off", 1, ({ loseAnswer }) => loseAnswer(120)],
  ];

  describe.each(LOST)("%s", (_, times, act) => {
    test.each(REPEATED)("a %s is asked for again and done once", async (_name, trial) => {
      const testUser = await newUser(road.store);
      void road.tap.once(trial.words(testUser), act);
      await trial.run(testUser);
      expect(road.tap.waiting()).toBe(0);
      await expectDone(testUser, trial);
    });

    test("a write is not made again, and whoever made it is told to look", async () => {
      const testUser = await newUser(road.store);
      void road.tap.once(WRITE.words(testUser), act);
      const error = await refusalOf(WRITE.run(testUser));
      expect(error).toMatchObject({ code: "unavailable", hints: [LOOK_FIRST] });
      expectDiscreet(unfold(error));
      expect(neon.requests).toHaveLength(times);
      await expectDone(testUser, WRITE, times);
    });
  });

  const ENDLESS: readonly (readonly [fault: string, reply: () => Response | Promise<Response>])[] = [
    ["never comes", () => Promise.withResolvers<Response>().promise],
    ["never ends", () => new Response(new ReadableStream({ start: (body) => body.enqueue('{"results":') }))],
  ];

  test.each(ENDLESS)("an answer that %s is given up in time, and others are answered meanwhile", async (_, reply) => {
    const desks = await Promise.all(TRIALS.map(() => newUser(road.store)));
    const other = await newUser(road.store);
    for (const { user } of desks) road.late.add(user);
    neon.intercept = (body) => (desks.some(({ user }) => body.includes(user)) ? reply() : undefined);
    const running = Promise.all(TRIALS.map(([, { run }], number) => refusalOf(run(at(desks, number)))));
    expect(await other.titles([])).toEqual(["before"]);
    const errors = await running;
    neon.intercept = undefined;
    for (const [number, [, trial]] of TRIALS.entries()) {
      const [error, hints] = [at(errors, number), trial === WRITE ? [LOOK_FIRST] : []];
      expect(error).toMatchObject({ code: "timed_out", hints, retryAfter: 5 });
      expectDiscreet(unfold(error));
      await expectDone(at(desks, number), trial, 0);
    }
  });
});

/** What waits for a fault to pass, until it may be said that it does not. */
async function expectPatience(testUser: TestUser, trial: Trial, hints: readonly string[]): Promise<void> {
  const start = performance.now();
  const error = await refusalOf(trial.run(testUser));
  const passed = performance.now() - start;
  expect(error).toMatchObject({ code: "unavailable", hints, retryAfter: 2 });
  expectDiscreet(unfold(error));
  expect(passed).toBeGreaterThan(2400);
  expect(passed).toBeLessThan(5000);
}

const AGAIN = "Try again in a moment.";

const untilOver = startEarly({
  refused: async () => {
    const road = await openRoad(await open());
    const testUser = await newDesk(road.store);
    road.proxy.refuse();
    road.proxy.cut();
    await Promise.all([READ, WRITE, MERGE].map((trial) => expectPatience(testUser, trial, [AGAIN])));
    await road.proxy.listen();
    await WRITE.run(testUser);
    await expectDone(testUser, WRITE);
    road.stop();
  },
  broken: async () => {
    const own = await open();
    const testUser = await newDesk(own.server.store);
    own.neon.intercept = (body) => new Response(body, { status: 503 });
    await Promise.all([READ, MERGE].map((trial) => expectPatience(testUser, trial, [AGAIN])));
    own.neon.intercept = undefined;
    await MERGE.run(testUser);
    await expectDone(testUser, MERGE);
    await own.server.store.close();
  },
});

describe("an error of the server", () => describeStates("neon"));

describe("an error of the server over HTTP", () => describeReplies("neon"));

test.each(BROKEN)("nothing of %s reaches who asks over HTTP, or the log", async (_, reply) => {
  const { ask, log, token } = await serveStore(opened.server.store, newId());
  expect((await ask("GET", "/api/tasks")).status).toBe(200);
  neon.intercept = (body) => (body.includes(PRIVATE_TITLE) ? reply(body) : undefined);
  const answered = await ask("POST", "/api/tasks", { title: PRIVATE_TITLE });
  expect(answered).toMatchObject({ status: 503, body: { code: "unavailable" } });
  expectDiscreet(JSON.stringify([answered.body, ...answered.headers]), token);
  await eventually("it is logged", () => log().includes('"status":503'));
  expectDiscreet(log(), token);
});

test("a wrong password is said at once, and that it is the URL", async () => {
  const url = new URL(opened.url);
  url.password = PRIVATE_TITLE;
  const store = openAltered({ url: url.href, env: opened.env }, (client) => client);
  const testUser = createTestUser(store);
  for (const trial of [READ, WRITE]) {
    neon.clear();
    const error = await refusalOf(trial.run(testUser));
    expect(error).toMatchObject({ code: "unavailable", hints: ["Check the URL of the database."], retryAfter: 30 });
    expectDiscreet(unfold(error));
    expect(neon.requests).toHaveLength(1);
  }
});

test.each([301, 302, 307, 308])("nobody to whom a %d leads hears anything", async (status) => {
  const heard: string[] = [];
  const stranger = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: ({ method }) => {
      heard.push(method);
      return Response.json({ results: [], rows: [], fields: [] });
    },
  });
  const testUser = await newUser();
  let isRedirected = false;
  neon.intercept = (_, answer) => {
    if (isRedirected) return answer();
    isRedirected = true;
    return new Response(null, { status, headers: { location: `http://localhost:${stranger.port}/sql` } });
  };
  expect(await testUser.titles([])).toEqual(["before"]);
  expect(heard).toEqual([]);
  await stranger.stop(true);
});

describe("how often Neon is asked", () => {
  type Unit = (testUser: TestUser) => Promise<unknown>;
  type Scan = "find" | "count" | "findActivity" | "sumTrackedTime" | "countByName" | "openDependencies" | "history";
  const PAGE = "find of a page of an index";
  const edit = { id: newId(), fields: { title: "made" } };

  const READS: Readonly<Record<string, Unit>> = {
    [PAGE]: ({ store, user }) => store.find(user, { where: [], limit: 1 }),
    get: ({ store, user }) => store.get(user, [newId(), newId()]),
    findByPrefix: ({ store, user }) => store.findByPrefix(user, { handle: "bcd" }, 5),
    shortestPrefixes: ({ store, user }) => store.shortestPrefixes(user, ["bcdfghjklmnp", "zcdfghjklmnp"]),
    registersOf: ({ store, user }) => store.registersOf(user, [newId(), newId()], "parent"),
    profile: ({ store, user }) => store.profile(user),
    lastChange: ({ store, user }) => store.lastChange(user),
    lastUndo: ({ store, user }) => store.lastUndo(user),
    ensureUser: ({ store, user }) => store.ensureUser(user),
  } satisfies Record<
    Exclude<keyof Store, Scan | "commit" | "merge" | "editProfile" | "ping" | "node" | "close"> | typeof PAGE,
    Unit
  >;

  /** The database is told how long they may take. */
  const SCANS: Readonly<Record<string, Unit>> = {
    find: ({ store, user }) => store.find(user, { where: [], sort: "due_date", limit: 1 }),
    count: ({ store, user }) => store.count(user, []),
    findActivity: ({ store, user }) => store.findActivity(user, OPEN_ACTIVITY),
    sumTrackedTime: ({ store, user }) => store.sumTrackedTime(user, [], MONTHS),
    countByName: ({ store, user }) => store.countByName(user, "tags"),
    openDependencies: ({ store, user }) => store.openDependencies(user),
    history: ({ store, user }) => store.history(user, {}),
  } satisfies Record<Scan, Unit>;

  const WRITES: Readonly<Record<string, Unit>> = {
    commit: ({ commit }) => commit([edit]),
    "commit of what must be as it was": ({ commit }) => commit([edit], { expected: new Map([[edit.id, 0]]) }),
    "commit that nobody wants to see": ({ commit }) => commit([edit], { returning: false }),
    "commit of 2000 tasks": ({ commit }) =>
      commit(Array.from({ length: 2000 }, () => ({ id: newId(), fields: { title: "one of many" } }))),
    "refused commit": ({ commit }) => refusalOf(commit([edit], { expected: new Map([[edit.id, 7]]) })),
    merge: (testUser) => MERGE.run(testUser),
    "edit of the profile": ({ store, user }) => store.editProfile(user, { "filter:a": "x" }, OPENING),
  };

  test.each(Object.entries(READS))("for %s once, with one statement", async (_, unit) => {
    const testUser = await newUser();
    await unit(testUser);
    expect(neon.requests).toMatchObject([{ batch: false }]);
  });

  test.each(Object.entries(SCANS))("for %s once, with the time that it may take before it", async (_, unit) => {
    const testUser = await newUser();
    await unit(testUser);
    expect(neon.requests).toMatchObject([{ batch: true }]);
    expect(neon.requests[0]?.queries).toHaveLength(2);
  });

  test.each(Object.entries(WRITES))("for a %s once, with all of its statements", async (_, unit) => {
    const testUser = await newUser();
    await unit(testUser);
    expect(neon.requests).toMatchObject([{ batch: true }]);
  });

  test("a second time for the first use of a process, which looks at the tables", async () => {
    const { store } = await openPostgres(opened.url, opened.env);
    const testUser = createTestUser(store);
    neon.clear();
    await testUser.titles([]);
    await testUser.titles([]);
    await store.ping();
    const isLook = ({ queries, batch }: NeonRequest) => !batch && only(queries).includes("from migrations");
    expect(neon.requests.map(isLook)).toEqual([true, false, false, true]);
  });

  test("a second time for a user who comes for the first time", async () => {
    const { store, user } = createTestUser(opened.server.store);
    neon.clear();
    await store.ensureUser(user);
    expect(neon.requests).toMatchObject([{ batch: false }, { batch: true }]);
  });

  test("not at all for a change of nothing", async () => {
    const { commit, store, user } = await newUser();
    await commit([]);
    await store.merge(user, []);
    expect(neon.requests).toEqual([]);
  });
});

describe.each(DRIVERS)("a change of tasks that are not as they were, through the driver %s", (driver) => {
  let store: Store;
  beforeAll(async () => {
    ({ store } = (await openDatabase(driver)).server);
  });
  afterAll(() => store.close());

  const OVERTAKEN: readonly (readonly [
    how: string,
    expectation: (task: Task) => readonly [id: string, revision: number],
  ])[] = [
    ["was changed since", ({ id, revision }) => [id, revision + 1]],
    ["was not to be there yet", ({ id }) => [id, 0]],
    ["is not there any more", () => [newId(), 3]],
  ];

  test.each(OVERTAKEN)("is refused where one of them %s, and nothing of it is made", async (_, expectation) => {
    const testUser = createTestUser(store);
    const [first, second] = await testUser.add({ title: "first" }, { title: "second" });
    const expected = new Map([[first.id, first.revision], expectation(second)]);
    const edits = [first, second].map(({ id }) => ({ id, fields: { title: "changed" } }));
    const error = await refusalOf(testUser.commit([...edits, { id: newId(), fields: { title: "new" } }], { expected }));
    expect(error).toMatchObject({ code: "conflict" });
    expect(await testUser.find([])).toEqual([first, second]);
    expect(await store.history(testUser.user, {})).toHaveLength(2);
    // The next change counts on as if nothing had been.
    expect((await testUser.edit(first, { title: "changed" })).revision).toBe(second.revision + 1);
  });
});

describe("a fault that lasts", () => {
  test("refused connections are waited for, then said, and over as soon as somebody listens", () =>
    untilOver("refused"));

  test("a proxy that is out of order is waited for, then said, and over as soon as it works", () =>
    untilOver("broken"));
});
