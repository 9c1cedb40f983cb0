import { TodoError } from "../domain/errors.ts";

const RETRY_AFTER_S = 2;

/** Waits for a turn and answers its end. Throws the signal's reason if that comes first, and `rate_limited` if too many wait. */
export type TakeTurn = (user: string, signal: AbortSignal) => Promise<() => void>;

type Waiting = { readonly user: string; readonly begin: () => void };

/** How many turns there are at once, how many of a user, and how many of a user may wait for one. */
export type Turns = { readonly max: number; readonly maxOfUser: number; readonly maxWaitingOfUser: number };

/** The user who has the fewest turns is next, then who waits longest. */
export function createFairQueue({ max, maxOfUser, maxWaitingOfUser }: Turns): TakeTurn {
  const taken: string[] = [];
  const waiting = new Set<Waiting>();
  const countOf = (user: string) => taken.filter((each) => each === user).length;

  const beginNext = () => {
    const [next] = [...waiting]
      .map((entry) => ({ entry, count: countOf(entry.user) }))
      .filter(({ count }) => count < maxOfUser)
      .toSorted((one, other) => one.count - other.count);
    if (!next || taken.length >= max) return;
    waiting.delete(next.entry);
    taken.push(next.entry.user);
    next.entry.begin();
  };

  return async (user, signal) => {
    if ([...waiting].filter((entry) => entry.user === user).length >= maxWaitingOfUser) throw tooManyWait();
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    const end = () => {
      taken.splice(taken.indexOf(user), 1);
      beginNext();
    };
    const entry = { user, begin: () => resolve(end) };
    waiting.add(entry);
    signal.addEventListener("abort", () => {
      waiting.delete(entry);
      reject(signal.reason);
    });
    beginNext();
    return promise;
  };
}

function tooManyWait(): TodoError {
  return new TodoError("rate_limited", "too many searches of yours run and wait already", {
    retryAfter: RETRY_AFTER_S,
  });
}
