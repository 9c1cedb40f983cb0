import { afterEach, beforeEach, expect, jest, test } from "bun:test";
import { createLocks } from "../../../src/web/worker/locks.ts";
import { refusalOf } from "../../support/errors.ts";
import { createWebLocks } from "./web-locks.ts";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A page that gives no sign of life, as one that the browser has stopped. */
const STOPPED = { signMs: 3_600_000, silenceMs: 3_600_000 };
const SECOND = 1000;

function createName(): string {
  return `todo-sync:${crypto.randomUUID()}`;
}

/** Work that ends when it is told to, and what says that it has begun. */
function createWork() {
  const begun = Promise.withResolvers<void>();
  const { promise, resolve: end } = Promise.withResolvers<void>();
  return {
    begun: begun.promise,
    end,
    work: () => {
      begun.resolve();
      return promise;
    },
  };
}

test("pages do the same work one after another", async () => {
  const withLock = createLocks(createWebLocks());
  const name = createName();
  const done: string[] = [];
  const work = (page: string) => async () => {
    done.push(`${page} begins`);
    await Promise.resolve();
    done.push(`${page} ends`);
  };
  await Promise.all([withLock(name, work("one")), withLock(name, work("other"))]);
  expect(done).toEqual(["one begins", "one ends", "other begins", "other ends"]);
});

test("a page that was stopped loses its lock to one that waits for half a minute, and hears of it", async () => {
  const locks = createWebLocks();
  const name = createName();
  const [one, other] = [createWork(), createWork()];
  const stopped = refusalOf(createLocks(locks, STOPPED)(name, one.work));
  const waiting = createLocks(locks)(name, other.work);
  jest.advanceTimersByTime(30 * SECOND);
  await other.begun;
  expect(await stopped).toMatchObject({ code: "locked" });
  other.end();
  await waiting;
});

test("a page that works for long keeps its lock", async () => {
  const locks = createWebLocks();
  const name = createName();
  const [one, other] = [createWork(), createWork()];
  const signs = new BroadcastChannel(name);
  const working = createLocks(locks)(name, one.work);
  const waiting = createLocks(locks)(name, other.work);
  for (let seconds = 0; seconds < 120; seconds += 5) {
    const sign = new Promise((resolve) => signs.addEventListener("message", resolve, { once: true }));
    jest.advanceTimersByTime(5 * SECOND);
    await sign;
  }
  signs.close();
  one.end();
  await working;
  await other.begun;
  other.end();
  await waiting;
});

test("work that fails says why, and gives the lock back", async () => {
  const withLock = createLocks(createWebLocks());
  const name = createName();
  const failed = await withLock(name, () => Promise.reject(new Error("no"))).catch(String);
  expect(failed).toBe("Error: no");
  await withLock(name, () => Promise.resolve());
});
