import { describe, expect, test } from "bun:test";
import type { Store } from "../../src/ports/store.ts";
import type { SyncStore } from "../../src/ports/sync.ts";
import { createConcurrencyLimit } from "../../src/server/limits/concurrency-limit.ts";
import { createChangeNotifier } from "../../src/services/sync/change-notifier.ts";
import { notifyAfterWrites } from "../../src/services/sync/notify-after-writes.ts";
import { type Ask, createApi, ORIGIN } from "../support/server/api.ts";
import { arriving, bring } from "../support/sync/following.ts";
import { HELLO, HINT, KEEP_ALIVE, readHints, watchNotifier } from "../support/server/hints.ts";

/** The stores of a server, and those of another process on the same database. */
export type Met = { readonly store: Store; readonly sync: SyncStore; readonly others: SyncStore };

const HELLO_SYNC = { protocol: 1, replica: "laptop" };
const HOUR = 3_600_000;

/** How clients learn of changes. All tests share the stores. The server of the tests has one connection to its database. */
export function describeChanges(concurrentStores: () => Met): void {
  const open = ({ pollMs = 60_000, keepAliveMs = 60_000, throttleMs = 1, deadlineMs = 15_000 } = {}) => {
    const { store, sync, others } = concurrentStores();
    const { notifier, until } = watchNotifier(createChangeNotifier((user) => sync.revision(user), pollMs));
    const stores = notifyAfterWrites({ store, sync }, notifier);
    const parts = {
      ...stores,
      notifier,
      deadlineMs,
      pace: { keepAliveMs, throttleMs },
      streams: createConcurrencyLimit(20),
    };
    const api = createApi(parts, () => store);
    const as = `user-${crypto.randomUUID()}`;
    const post = (json: object) => api.ask("POST", "/api/sync", { as, json: { ...HELLO_SYNC, ...json } });
    const listen = async (ask: Ask = {}) => readHints(await api.send("GET", "/api/sync/events", { as, ...ask }));
    return { ...api, as, post, listen, others, notifier, untilListening: until };
  };

  describe("POST /api/sync with wait", () => {
    test("is answered at once where there is something to take, or something was brought", async () => {
      const { post, add, as } = open();
      const brought = await post({ wait: 25, changes: [arriving({ title: "mine" })] });
      expect([brought.status, brought.body.accepted, brought.body.changes]).toEqual([200, 1, []]);
      await add({}, as);
      expect((await post({ wait: 25, cursor: brought.body.cursor })).body.changes).toHaveLength(1);
      expect((await post({ wait: 25, limit: 1 })).body).toMatchObject({ more: true });
      expect((await post({ wait: 25, changes: [arriving({ title: "" })] })).body.rejected).toHaveLength(1);
    });

    test("is answered when somebody makes a task, with the task", async () => {
      const { post, add, as, untilListening } = open();
      const { cursor } = (await post({ wait: 0 })).body;
      const waiting = post({ wait: 25, cursor });
      await untilListening(1);
      const { id } = await add({}, as);
      const { status, body } = await waiting;
      expect([status, body.changes.map((task: { id: string }) => task.id), body.more]).toEqual([200, [id], false]);
      await untilListening(0);
    });

    test("is answered when another replica brings something", async () => {
      const { post, untilListening } = open();
      const waiting = post({ wait: 25 });
      await untilListening(1);
      const change = arriving({ title: "theirs" });
      await post({ replica: "phone", changes: [change] });
      expect((await waiting).body.changes).toMatchObject([change]);
    });

    test("is answered when another process writes", async () => {
      const { post, as, others, untilListening } = open({ pollMs: 5 });
      const waiting = post({ wait: 25 });
      await untilListening(1);
      const change = arriving({ title: "theirs" });
      await bring(others, as, [change]);
      expect((await waiting).body.changes).toMatchObject([change]);
    });

    test("waits on while others' tasks change, and longer than other requests may take", async () => {
      const { post, add, as, untilListening } = open({ deadlineMs: 200 });
      const waiting = post({ wait: 25 });
      await untilListening(1);
      await add({}, `${as}-not`);
      expect(await Promise.race([waiting, Bun.sleep(300)])).toBeUndefined();
      await add({}, as);
      expect((await waiting).body.changes).toHaveLength(1);
    });

    test("is answered with nothing when the server stops", async () => {
      const { post, notifier, untilListening } = open();
      const waiting = post({ wait: 25 });
      await untilListening(1);
      notifier.close();
      const { status, body } = await waiting;
      expect([status, body.changes, body.more]).toEqual([200, [], false]);
      expect((await post({ wait: 25 })).body.changes).toEqual([]);
    });

    test("is refused where the token has ended meanwhile", async () => {
      const { post, add, as, clock, untilListening } = open();
      const waiting = post({ wait: 25 });
      await untilListening(1);
      clock.now += HOUR;
      await add({}, as);
      expect((await waiting).status).toBe(401);
    });

    test("is refused to a user who has twenty of them or of streams, and who asks without waiting is not", async () => {
      const { post, listen, notifier, untilListening } = open();
      const stream = await listen();
      const waiting = Array.from({ length: 19 }, () => post({ wait: 25 }));
      await untilListening(20);
      const { status, body } = await post({ wait: 25 });
      expect([status, body.code]).toEqual([429, "rate_limited"]);
      expect((await post({})).status).toBe(200);
      notifier.close();
      for (const each of waiting) expect((await each).status).toBe(200);
      expect((await post({ wait: 25 })).status).toBe(200);
      await stream.leave();
    });

    test("gives its place back when it ends, also when it is refused", async () => {
      const { post } = open();
      for (let turn = 0; turn < 21; turn += 1) {
        expect((await post({ wait: 25, cursor: "x" })).status).toBe(400);
        expect((await post({ wait: 25, changes: [arriving({ title: "mine" })] })).status).toBe(200);
      }
    });

    test("is refused at once where it can't be answered", async () => {
      const { post } = open();
      const theirs = (await open().post({})).body;
      expect((await post({ wait: 25, cursor: "x" })).status).toBe(400);
      expect((await post({ wait: 25, cursor: theirs.cursor })).body.code).toBe("history_changed");
      for (const wait of [26, -1, 1.5, "1", null]) expect((await post({ wait })).status).toBe(400);
    });

    test("has its connection kept open by Bun for longer than it waits, and a stream for ever", async () => {
      const { app, tokenOf, as } = open();
      const seconds: number[] = [];
      const bun = { timeout: (_: Request, given: number) => void seconds.push(given) };
      const headers = { authorization: `Bearer ${await tokenOf(as)}`, "content-type": "application/json" };
      const body = JSON.stringify({ ...HELLO_SYNC, wait: 25, changes: [arriving({ title: "x" })] });
      await app.fetch(new Request(`${ORIGIN}/api/sync`, { method: "POST", headers, body }), bun);
      const stream = await app.fetch(new Request(`${ORIGIN}/api/sync/events`, { headers }), bun);
      expect(seconds).toEqual([55, 0]);
      await stream.body?.cancel();
    });

    test("takes no connection to the database while it waits", async () => {
      const { post, ask, add, as, untilListening } = open();
      const waiting = Array.from({ length: 12 }, () => post({ wait: 25 }));
      await untilListening(12);
      expect((await ask("GET", "/api/tasks", { as })).status).toBe(200);
      await add({}, as);
      for (const { body } of await Promise.all(waiting)) expect(body.changes).toHaveLength(1);
      await untilListening(0);
    });
  });

  describe("GET /api/sync/events", () => {
    test("begins at once, as a stream that nobody keeps or holds up", async () => {
      const { send, as, untilListening, lines } = open();
      const response = await send("GET", "/api/sync/events", { as });
      const { status, headers } = response;
      const header = (name: string) => headers.get(name);
      expect([status, header("content-type")]).toEqual([200, "text/event-stream"]);
      expect([header("cache-control"), header("x-accel-buffering")]).toEqual(["no-store", "no"]);
      expect(header("connection")).toBe("close");
      expect(lines).toMatchObject([{ route: "GET /api/sync/events", status: 200, user: as }]);
      const hints = readHints(response);
      expect(await hints.next()).toBe(HELLO);
      await untilListening(1);
      await hints.leave();
      await untilListening(0);
    });

    test("hints at what this server and what other processes write, without saying what", async () => {
      const { listen, add, as, others } = open({ pollMs: 5 });
      const hints = await listen({ claims: { scope: "tasks:read" } });
      expect(await hints.next()).toBe(HELLO);
      await add({ title: "Pay rent" }, as);
      expect(await hints.next()).toBe(HINT);
      await bring(others, as, [arriving({ title: "theirs" })]);
      expect(await hints.next()).toBe(HINT);
      await hints.leave();
    });

    test("comes to everybody of a user, and to nobody else", async () => {
      const { listen, add, as } = open({ keepAliveMs: 20 });
      const [laptop, phone, stranger] = [await listen(), await listen(), await listen({ as: `${as}-not` })];
      for (const each of [laptop, phone, stranger]) await each.next();
      await add({}, as);
      expect(await Promise.all([laptop.nextHint(), phone.nextHint()])).toEqual([HINT, HINT]);
      expect([await stranger.next(), await stranger.next()]).toEqual([KEEP_ALIVE, KEEP_ALIVE]);
      for (const each of [laptop, phone, stranger]) await each.leave();
    });

    test("ends when the token does, and when the server stops", async () => {
      const { listen, clock, notifier, untilListening } = open({ keepAliveMs: 5 });
      const short = await listen();
      clock.now += HOUR / 2;
      const long = await listen();
      expect([await short.next(), await short.next(), await long.next()]).toEqual([HELLO, KEEP_ALIVE, HELLO]);
      clock.now += HOUR / 2;
      expect(await short.nextHint()).toBeUndefined();
      await untilListening(1);
      notifier.close();
      expect(await long.nextHint()).toBeUndefined();
      await untilListening(0);
    });

    test("is refused to a user who has twenty, until one ends", async () => {
      const { listen, send, ask, as } = open();
      const all = await Promise.all(Array.from({ length: 20 }, () => listen()));
      const { status, headers, body } = await ask("GET", "/api/sync/events", { as });
      expect([status, body.code]).toEqual([429, "rate_limited"]);
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await send("HEAD", "/api/sync/events", { as })).status).toBe(200);
      const other = await listen({ as: `${as}-not` });
      expect(await other.next()).toBe(HELLO);
      await all[0]?.leave();
      const late = await listen();
      expect(await late.next()).toBe(HELLO);
      expect((await ask("GET", "/api/sync/events", { as })).status).toBe(429);
      for (const each of [...all.slice(1), other, late]) await each.leave();
    });

    test("opens nothing for HEAD", async () => {
      const { send, as, untilListening } = open();
      expect((await send("HEAD", "/api/sync/events", { as })).headers.get("content-type")).toBe("text/event-stream");
      await untilListening(0);
    });
  });
}
