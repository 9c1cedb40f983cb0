import type { AccountStore } from "../../../src/ports/accounts.ts";
import { TodoError } from "../../../src/domain/errors.ts";
import type { Store } from "../../../src/ports/store.ts";

/** Accounts as two processes have them. */
export type OpenedAccounts = {
  readonly accounts: AccountStore;
  /** The same accounts over connections of their own: what happens at once comes through both. */
  readonly others: AccountStore;
  /** The tasks in the same database. */
  readonly store: Store;
  /** Runs a statement past the store, as whoever owns the database can. */
  readonly byHand: (statement: string) => Promise<unknown>;
  close(): Promise<void>;
};

/** The accounts that all tests share. Each makes its own people. */
export type ConcurrentStores = () => Omit<OpenedAccounts, "close">;

/** Does something so often at once, half of it through each of the two. */
export function race<Result>(
  { accounts, others }: ReturnType<ConcurrentStores>,
  count: number,
  work: (accounts: AccountStore, turn: number) => Promise<Result>,
): Promise<PromiseSettledResult<Result>[]> {
  return Promise.allSettled(Array.from({ length: count }, (_, turn) => work(turn % 2 === 0 ? accounts : others, turn)));
}

/** What all have answered. Fails the test where one was refused. */
export function valuesOf<Result>(outcomes: readonly PromiseSettledResult<Result>[]): Result[] {
  return outcomes.map((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  });
}

/** For each the code that it was refused with, or `done`. Any other error fails the test. */
export function endsOf(outcomes: readonly PromiseSettledResult<unknown>[]): string[] {
  return outcomes.map((outcome) => {
    if (outcome.status === "fulfilled") return "done";
    if (outcome.reason instanceof TodoError) return outcome.reason.code;
    throw outcome.reason;
  });
}

/** Fails the test unless one of all was done and the others were refused alike. Answers which one. */
export function expectOne(outcomes: readonly PromiseSettledResult<unknown>[], refusal: string): number {
  const ends = endsOf(outcomes);
  const winner = ends.indexOf("done");
  const isRight = winner >= 0 && ends.every((end, turn) => end === (turn === winner ? "done" : refusal));
  if (!isRight) throw new Error(`one was to be done and the others ${refusal}, these are ${ends.join(", ")}`);
  return winner;
}
