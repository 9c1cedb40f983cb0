/** Waits for a turn and answers its end. Throws the signal's reason if that comes first. */
export type TakeTurn = (user: string, signal: AbortSignal) => Promise<() => void>;

type Waiting = { readonly user: string; readonly begin: () => void };

/** So many turns at once, and so many of a user. The user who has the fewest is next, then who waits longest. */
export function createFairQueue({ max, maxOfUser }: { readonly max: number; readonly maxOfUser: number }): TakeTurn {
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

  return (user, signal) => {
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
