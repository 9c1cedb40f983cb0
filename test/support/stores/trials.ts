import { expect } from "bun:test";
import { stampFields } from "../../../src/domain/task/registers.ts";
import { type TestUser, newId } from "./test-user.ts";
import { PRIVATE_TITLE } from "../leaks.ts";

/** Something that is done with a store, where there is the task `before`, while something breaks. */
export type Trial = {
  /** Words that a driver sends for it and for nothing else. */
  readonly words: (testUser: TestUser) => string;
  readonly run: (testUser: TestUser) => Promise<unknown>;
  /** What there is when it was done once. */
  readonly titles: readonly string[];
  readonly changes: number;
};

const CLOCK = "019a9f3c51c80000a1b2c3d4";

export const READ: Trial = {
  words: ({ user }) => user,
  run: ({ titles }) => titles([]),
  titles: ["before"],
  changes: 1,
};

export const WRITE: Trial = {
  words: () => PRIVATE_TITLE,
  run: ({ add }) => add({ title: PRIVATE_TITLE }),
  titles: ["before", PRIVATE_TITLE],
  changes: 2,
};

/** The log knows only what was changed here. */
export const MERGE: Trial = {
  words: () => PRIVATE_TITLE,
  run: ({ store, user }) =>
    store.merge(user, [{ id: newId(), registers: stampFields({ title: PRIVATE_TITLE }, CLOCK) }]),
  titles: ["before", PRIVATE_TITLE],
  changes: 1,
};

/** The same as a table for `test.each`. */
export const TRIALS: readonly (readonly [name: string, trial: Trial])[] = [
  ["read", READ],
  ["write", WRITE],
  ["merge", MERGE],
];

/** Fails the test unless the store works and what was tried was done once, or not at all. */
export async function expectDone({ store, user, titles }: TestUser, trial: Trial, times: 0 | 1 = 1): Promise<void> {
  const expected = times === 1 ? trial : READ;
  expect(await titles([])).toEqual([...expected.titles]);
  expect(await store.history(user, {})).toHaveLength(expected.changes);
}
