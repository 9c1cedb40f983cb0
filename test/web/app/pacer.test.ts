import { expect, test } from "bun:test";
import { createPacer } from "../../../src/web/app/data/pacer.ts";

/** Timers whose time passes when it is said, and the moments at which the work was done, which takes so long. */
function startPacer(workMs: number) {
  let time = 0;
  const done: number[] = [];
  const waiting = new Map<() => void, number>();
  const timers = {
    now: () => time,
    sleep: (ms: number) => new Promise<void>((resolve) => void waiting.set(resolve, time + ms)),
  };
  const ask = createPacer(() => {
    done.push(time);
    time += workMs;
  }, timers);
  /** Lets the time pass up to a moment. */
  const passTo = async (end: number) => {
    for (;;) {
      const [next] = [...waiting].filter(([, at]) => at <= end).toSorted(([, one], [, other]) => one - other);
      if (!next) break;
      waiting.delete(next[0]);
      time = Math.max(time, next[1]);
      next[0]();
      await Promise.resolve();
      await Promise.resolve();
    }
    time = Math.max(time, end);
  };
  return { ask, done, passTo };
}

test("what is asked for once is done at once", () => {
  const { ask, done } = startPacer(10);
  ask();
  expect(done).toEqual([0]);
});

test("what is asked for again and again leaves four fifths of the time, and is done for the last one who asked", async () => {
  const { ask, done, passTo } = startPacer(10);
  for (let at = 0; at <= 100; at += 5) {
    await passTo(at);
    ask();
  }
  await passTo(1000);
  expect(done).toEqual([0, 50, 100, 150]);
});

test("what takes seconds does not keep anybody waiting for longer than a second more", async () => {
  const { ask, done, passTo } = startPacer(2000);
  ask();
  ask();
  await passTo(10_000);
  expect(done).toEqual([0, 3000]);
});
