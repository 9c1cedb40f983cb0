import { describe, expect, test } from "bun:test";
import { createBell, untilRing } from "../../../src/services/sync/bell.ts";
import { eventually } from "../../support/server/server.ts";
import { watchBell } from "../../support/server/hints.ts";

const NEVER = new AbortController().signal;

/** A bell over a database in which somebody else can write. */
function open(pause = 2) {
  const state = { revision: 0, looks: 0, isBroken: false };
  const bell = createBell(async () => {
    state.looks += 1;
    if (state.isBroken) throw new Error("out of reach");
    return state.revision;
  }, pause);
  const heard: string[] = [];
  const listen = (user: string, since = 0) => bell.listen(user, since, () => heard.push(user));
  return { state, bell, heard, listen };
}

/** A bell that looks once for each who comes, and then not again while a test runs. */
const openSlow = () => open(60_000);

describe("a bell", () => {
  test("calls who listens for the user, and nobody else", () => {
    const { bell, heard, listen } = openSlow();
    const stops = [listen("ann"), listen("ann"), listen("ben")];
    bell.ring("ann", 1);
    expect(heard).toEqual(["ann", "ann"]);
    for (const stop of stops) stop();
    bell.ring("ann", 2);
    expect(heard).toHaveLength(2);
  });

  test("calls once for each revision that the listener has not seen", () => {
    const { bell, heard, listen } = openSlow();
    const stop = listen("ann", 5);
    for (const revision of [4, 5, 6, 6, 5]) bell.ring("ann", revision);
    expect(heard).toEqual(["ann"]);
    bell.ring("ann", 7);
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
    // One look each comes at once or is asked for during one, and these are folded.
    expect(state.looks).toBeLessThan(5 + (performance.now() - begin) / 20);
    for (const stop of stops) stop();
  });

  test("that is knocked at during a look looks again, because that may have read what was before", async () => {
    const looks = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
    let count = 0;
    const bell = createBell(() => looks[count++]?.promise ?? Promise.resolve(1), 60_000);
    const rung = Promise.withResolvers<void>();
    const stop = bell.listen("ann", 0, rung.resolve);
    bell.knock("ann");
    bell.knock("ann");
    expect(count).toBe(1);
    looks[0]?.resolve(0);
    looks[1]?.resolve(1);
    await rung.promise;
    expect(count).toBe(2);
    stop();
    bell.knock("ann");
    expect(count).toBe(2);
  });

  test("that is closed calls everybody, and at once who comes later", async () => {
    const { state, bell, heard, listen } = open();
    listen("ann");
    listen("ben");
    bell.close();
    expect([heard, bell.isClosed()]).toEqual([["ann", "ben"], true]);
    const { looks } = state;
    const late = Promise.withResolvers<void>();
    bell.listen("cid", 0, late.resolve);
    await late.promise;
    await Bun.sleep(10);
    expect(state.looks).toBe(looks);
  });
});

describe("who waits for a ring", () => {
  test.each<[string, (bell: ReturnType<typeof createBell>, abort: AbortController) => void, number]>([
    ["a ring", (bell) => bell.ring("ann", 1), 60_000],
    ["the end of the time", () => undefined, 5],
    ["the client's going", (_, abort) => abort.abort(), 60_000],
    ["the end of the server", (bell) => bell.close(), 60_000],
  ])("goes on after %s, and listens no more", async (_, happen, ms) => {
    const { bell, until } = watchBell(openSlow().bell);
    const abort = new AbortController();
    const waiting = untilRing(bell, "ann", { since: 0, ms, signal: abort.signal });
    await until(1);
    happen(bell, abort);
    await waiting;
    await until(0);
  });

  test("does not begin where the client is gone or the server stops", async () => {
    const { bell, until } = watchBell(openSlow().bell);
    await untilRing(bell, "ann", { since: 0, ms: 60_000, signal: AbortSignal.abort() });
    bell.close();
    await untilRing(bell, "ann", { since: 0, ms: 60_000, signal: NEVER });
    await until(0);
  });
});
