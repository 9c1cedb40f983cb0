import { describe, expect, test } from "bun:test";
import { openHintStream } from "../../../src/server/http/hint-stream.ts";
import { createChangeNotifier } from "../../../src/services/sync/change-notifier.ts";
import { eventually } from "../../support/server/server.ts";
import { HELLO, HINT, KEEP_ALIVE, readHints, watchNotifier } from "../../support/server/hints.ts";

type State = { ends: number; checks: number; isAdmitted: boolean | Promise<boolean> };

/** A stream of Ann's, whose bell looks for nothing by itself. */
function open({ throttleMs = 1, keepAliveMs = 60_000 } = {}) {
  const state: State = { ends: 0, checks: 0, isAdmitted: true };
  const { notifier, until } = watchNotifier(createChangeNotifier(() => Promise.resolve(0), 60_000));
  const stream = openHintStream({
    notifier,
    user: "ann",
    since: 0,
    pace: { throttleMs, keepAliveMs },
    isAdmitted: async () => {
      state.checks += 1;
      return state.isAdmitted;
    },
    onEnd: () => (state.ends += 1),
  });
  return { ...readHints(new Response(stream)), state, notifier, untilListening: until };
}

describe("a stream of hints", () => {
  test("throttles a burst to its first hint and one behind it", async () => {
    const { next, notifier, leave } = open({ throttleMs: 40 });
    expect(await next()).toBe(HELLO);
    for (let revision = 1; revision <= 100; revision += 1) notifier.notify("ann", revision);
    const begin = performance.now();
    expect(await next()).toBe(HINT);
    expect(await next()).toBe(HINT);
    expect(performance.now() - begin).toBeGreaterThan(30);
    expect(await Promise.race([next(), Bun.sleep(60)])).toBeUndefined();
    await leave();
  });

  test("hints again at once after a rest", async () => {
    const { next, notifier, leave } = open({ throttleMs: 10 });
    await next();
    notifier.notify("ann", 1);
    expect(await next()).toBe(HINT);
    await Bun.sleep(20);
    notifier.notify("ann", 2);
    expect(await next()).toBe(HINT);
    await leave();
  });

  test("checks nothing any more after its end", async () => {
    const { next, leave, state } = open({ keepAliveMs: 5 });
    for (const block of [HELLO, KEEP_ALIVE, KEEP_ALIVE]) expect(await next()).toBe(block);
    await leave();
    const { checks } = state;
    await Bun.sleep(25);
    expect(state.checks).toBe(checks);
  });

  test.each([true, false])("sends nothing any more after its end, also where a check then says %p", async (verdict) => {
    const check = Promise.withResolvers<boolean>();
    const { next, leave, notifier, state } = open({ throttleMs: 30, keepAliveMs: 5 });
    state.isAdmitted = check.promise;
    expect(await next()).toBe(HELLO);
    for (const revision of [1, 2]) notifier.notify("ann", revision);
    expect(await next()).toBe(HINT);
    await eventually("a check", () => state.checks > 0);
    await leave();
    check.resolve(verdict);
    // What is thrown by a timer fails the test.
    await Bun.sleep(40);
    expect(state.ends).toBe(1);
  });

  test("is cut off where nobody reads it", async () => {
    const { next, state, untilListening } = open({ keepAliveMs: 1 });
    await eventually("its end", () => state.ends > 0);
    await untilListening(0);
    expect(await Promise.allSettled([next()])).toMatchObject([{ status: "rejected" }]);
  });

  test("ends once, with all that belongs to it, however it does", async () => {
    const [left, refused, stopped] = [open(), open({ keepAliveMs: 5 }), open()];
    for (const { next } of [left, refused, stopped]) expect(await next()).toBe(HELLO);
    await left.leave();
    expect(await refused.next()).toBe(KEEP_ALIVE);
    refused.state.isAdmitted = false;
    expect(await refused.nextHint()).toBeUndefined();
    for (const { untilListening, notifier, state } of [left, refused, stopped]) {
      notifier.close();
      await untilListening(0);
      expect(state.ends).toBe(1);
    }
    expect(await stopped.next()).toBeUndefined();
  });
});
