import { describe, expect, test } from "bun:test";
import { createChangeNotifier, waitForChange } from "../../../src/services/sync/change-notifier.ts";
import { eventually } from "../../support/server/server.ts";
import { watchNotifier } from "../../support/server/hints.ts";

const NEVER = new AbortController().signal;

/** A bell over a database in which somebody else can write. */
function open(pause = 2) {
  const state = { revision: 0, looks: 0, isBroken: false };
  const notifier = createChangeNotifier(async () => {
    state.looks += 1;
    if (state.isBroken) throw new Error("out of reach");
    return state.revision;
  }, pause);
  const heard: string[] = [];
  const listen = (user: string, since = 0) => notifier.subscribe(user, since, () => heard.push(user));
  return { state, notifier, heard, listen };
}

/** A bell that looks once for each who comes, and then not again while a test runs. */
const openSlow = () => open(60_000);

describe("a bell", () => {
  test("calls who listens for the user, and nobody else", () => {
    const { notifier, heard, listen } = openSlow();
    const stops = [listen("ann"), listen("ann"), listen("ben")];
    notifier.notify("ann", 1);
    expect(heard).toEqual(["ann", "ann"]);
    for (const stop of stops) stop();
    notifier.notify("ann", 2);
    expect(heard).toHaveLength(2);
  });

  test("calls once for each revision that the listener has not seen", () => {
    const { notifier, heard, listen } = openSlow();
    const stop = listen("ann", 5);
    for (const revision of [4, 5, 6, 6, 5]) notifier.notify("ann", revision);
    expect(heard).toEqual(["ann"]);
    notifier.notify("ann", 7);
    expect(heard).toHaveLength(2);
    stop();
  });

  test("looks at once for what was written before anybody listened", async () => {
    const { state, heard, listen } = openSlow();
    state.revision = 3;
    const stops = [listen("ann", 3), listen("ben", 2)];
    await eventually("the first look", () => heard.length > 0);
    expect(heard).toEqual(["ben"]);
    // Also where others listen already.
    stops.push(listen("ann", 2));
    await eventually("the look of the second", () => heard.includes("ann"));
    for (const stop of stops) stop();
  });

  test("hears what others write, though a look has failed before", async () => {
    const { state, heard, listen } = open();
    const stop = listen("ann");
    state.isBroken = true;
    const before = state.looks;
    await eventually("failed looks", () => state.looks > before + 2);
    expect(heard).toEqual([]);
    state.isBroken = false;
    state.revision = 1;
    await eventually("a ring", () => heard.length > 0);
    const { looks } = state;
    await eventually("more looks", () => state.looks > looks + 2);
    expect(heard).toEqual(["ann"]);
    stop();
  });

  test("looks for nobody", async () => {
    const { state, listen } = open();
    const stops = [listen("ann"), listen("ann")];
    await eventually("looks", () => state.looks > 3);
    stops[0]?.();
    const { looks } = state;
    await eventually("more looks", () => state.looks > looks + 1);
    stops[1]?.();
    const last = state.looks;
    await Bun.sleep(20);
    expect(state.looks).toBe(last);
  });

  test("looks once for all who listen for a user", async () => {
    const { state, listen } = open(20);
    const begin = performance.now();
    const stops = Array.from({ length: 50 }, () => listen("ann"));
    await Bun.sleep(50);
    // One look each comes at once or is asked for during one, and these become one.
    expect(state.looks).toBeLessThan(5 + (performance.now() - begin) / 20);
    for (const stop of stops) stop();
  });

  test("that is knocked at during a look looks again, because that may have read what was before", async () => {
    const looks = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
    let count = 0;
    const notifier = createChangeNotifier(() => looks[count++]?.promise ?? Promise.resolve(1), 60_000);
    const rung = Promise.withResolvers<void>();
    const stop = notifier.subscribe("ann", 0, rung.resolve);
    notifier.recheck("ann");
    notifier.recheck("ann");
    expect(count).toBe(1);
    looks[0]?.resolve(0);
    looks[1]?.resolve(1);
    await rung.promise;
    expect(count).toBe(2);
    stop();
    notifier.recheck("ann");
    expect(count).toBe(2);
  });

  test("that is closed calls everybody, and at once who comes later", async () => {
    const { state, notifier, heard, listen } = open();
    listen("ann");
    listen("ben");
    notifier.close();
    expect([heard, notifier.isClosed()]).toEqual([["ann", "ben"], true]);
    const { looks } = state;
    const late = Promise.withResolvers<void>();
    notifier.subscribe("cid", 0, late.resolve);
    await late.promise;
    await Bun.sleep(10);
    expect(state.looks).toBe(looks);
  });
});

describe("who waits for a ring", () => {
  test.each<[string, (notifier: ReturnType<typeof createChangeNotifier>, abort: AbortController) => void, number]>([
    ["a ring", (notifier) => notifier.notify("ann", 1), 60_000],
    ["the end of the time", () => undefined, 5],
    ["the client's going", (_, abort) => abort.abort(), 60_000],
    ["the end of the server", (notifier) => notifier.close(), 60_000],
  ])("goes on after %s, and listens no more", async (_, happen, ms) => {
    const { notifier, until } = watchNotifier(openSlow().notifier);
    const abort = new AbortController();
    const waiting = waitForChange(notifier, "ann", { since: 0, timeoutMs: ms, signal: abort.signal });
    await until(1);
    happen(notifier, abort);
    await waiting;
    await until(0);
  });

  test("does not begin where the client is gone or the server stops", async () => {
    const { notifier, until } = watchNotifier(openSlow().notifier);
    await waitForChange(notifier, "ann", { since: 0, timeoutMs: 60_000, signal: AbortSignal.abort() });
    notifier.close();
    await waitForChange(notifier, "ann", { since: 0, timeoutMs: 60_000, signal: NEVER });
    await until(0);
  });
});
