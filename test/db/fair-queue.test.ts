import { expect, test } from "bun:test";
import { createFairQueue } from "../../src/db/fair-queue.ts";
import { refusalOf } from "../support/errors.ts";

const NEVER = new AbortController().signal;

const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** A queue of four turns, two of a user, that notes whose turn begins. */
function openQueue() {
  const takeTurn = createFairQueue(4)({ maxOfUser: 2, maxWaitingOfUser: 3 });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = async (name: string, signal = NEVER) => {
    const end = await takeTurn(name.slice(0, -1), signal);
    begun.push(name);
    ends.set(name, end);
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await settle();
  };
  return { begun, ask, end };
}

test("a user has two turns at once, and another does not wait for the rest of theirs", async () => {
  const { begun, ask, end } = openQueue();
  for (const name of ["ann1", "ann2", "ann3", "ann4", "ben1"]) void ask(name);
  await settle();
  expect(begun).toEqual(["ann1", "ann2", "ben1"]);
  await end("ann2");
  expect(begun).toEqual(["ann1", "ann2", "ben1", "ann3"]);
});

test("who has the fewest turns is next, then who waits longest", async () => {
  const { begun, ask, end } = openQueue();
  for (const name of ["ann1", "ann2", "ben1", "ben2", "ann3", "cid1", "dan1"]) void ask(name);
  await settle();
  expect(begun).toEqual(["ann1", "ann2", "ben1", "ben2"]);
  await end("ann1");
  await end("ben1");
  expect(begun.slice(4)).toEqual(["cid1", "dan1"]);
  await end("ann2");
  expect(begun.slice(6)).toEqual(["ann3"]);
});

test("who gives up waiting takes no turn", async () => {
  const { begun, ask, end } = openQueue();
  const deadline = new AbortController();
  for (const name of ["ann1", "ann2"]) void ask(name);
  const given = ask("ann3", deadline.signal);
  void ask("ann4");
  deadline.abort(new Error("too late"));
  expect(given).rejects.toThrow("too late");
  await settle();
  await end("ann1");
  expect(begun).toEqual(["ann1", "ann2", "ann4"]);
});

test("who has given up already takes no turn", async () => {
  const { begun, ask } = openQueue();
  const reason = new Error("too late");
  expect(await ask("ann1", AbortSignal.abort(reason)).catch((error: unknown) => error)).toBe(reason);
  for (const name of ["ann2", "ann3"]) await ask(name);
  expect(begun).toEqual(["ann2", "ann3"]);
});

test("who has many waiting is refused, until one of them has begun", async () => {
  const { begun, ask, end } = openQueue();
  for (const name of ["ann1", "ann2", "ann3", "ann4", "ann5"]) void ask(name);
  await settle();
  expect(ask("ann6")).rejects.toMatchObject({ code: "rate_limited", retryAfter: 2 });
  await ask("ben1");
  await end("ann1");
  void ask("ann7");
  for (const name of ["ann2", "ann3", "ann4", "ann5"]) await end(name);
  expect(begun).toEqual(["ann1", "ann2", "ben1", "ann3", "ann4", "ann5", "ann7"]);
});

test("a time that is up after the turn has ended gives nobody another turn", async () => {
  const { begun, ask, end } = openQueue();
  const deadline = new AbortController();
  await ask("ann1", deadline.signal);
  await end("ann1");
  for (const name of ["ann2", "ann3"]) await ask(name);
  deadline.abort(new Error("too late"));
  void ask("ann4");
  await settle();
  expect(begun).toEqual(["ann1", "ann2", "ann3"]);
});

test("two kinds of work of a user wait apart, and share the turns that there are", async () => {
  const open = createFairQueue(3);
  const takeTurn = {
    a: open({ maxOfUser: 2, maxWaitingOfUser: 1 }),
    b: open({ maxOfUser: 1, maxWaitingOfUser: Infinity }),
  };
  const begun: string[] = [];
  const ask = async (kind: "a" | "b", name: string) => {
    const end = await takeTurn[kind]("ann");
    begun.push(name);
    return end;
  };
  const first = ask("a", "a1");
  for (const name of ["a2", "a3"]) void ask("a", name);
  for (const name of ["b1", "b2", "b3"]) void ask("b", name);
  expect(await refusalOf(ask("a", "a4"))).toMatchObject({ code: "rate_limited" });
  await settle();
  expect(begun).toEqual(["a1", "a2", "b1"]);
  (await first)();
  await settle();
  expect(begun).toEqual(["a1", "a2", "b1", "a3"]);
});
