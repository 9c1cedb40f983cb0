import { TodoError } from "../domain/errors.ts";

const RETRY_AFTER_S = 2;

/** Waits for a turn and answers its end. Throws the signal's reason if that comes first, and `rate_limited` if too many wait. */
export type TakeTurn = (user: string, signal?: AbortSignal) => Promise<() => void>;

/** How many turns there are at once, how many of a user, and how many of a user may wait for one. */
export type QueueLimits = { readonly max: number; readonly maxOfUser: number; readonly maxWaitingOfUser: number };

type Waiting = { readonly place: number; readonly begin: () => void };
/** The turns of one user, and who waits for one, the first at the front. */
type Line = { taken: number; readonly waiting: Set<Waiting> };

/** The user who has the fewest turns is next, then who waits longest. */
export function createFairQueue({ max, maxOfUser, maxWaitingOfUser }: QueueLimits): TakeTurn {
  /** Of users who have a turn or wait for one. */
  const lines = new Map<string, Line>();
  let taken = 0;
  let places = 0;

  const beginNext = () => {
    if (taken >= max) return;
    const next = findNext(lines.values(), maxOfUser);
    if (!next) return;
    taken += 1;
    next.line.taken += 1;
    next.line.waiting.delete(next.entry);
    next.entry.begin();
  };

  return async (user, signal) => {
    signal?.throwIfAborted();
    const line = lines.get(user) ?? { taken: 0, waiting: new Set() };
    if (line.waiting.size >= maxWaitingOfUser) throw tooManyWait();
    lines.set(user, line);
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    const leave = () => {
      if (line.taken === 0 && line.waiting.size === 0 && lines.get(user) === line) lines.delete(user);
    };
    const end = () => {
      taken -= 1;
      line.taken -= 1;
      leave();
      beginNext();
    };
    places += 1;
    const entry = { place: places, begin: () => resolve(end) };
    line.waiting.add(entry);
    signal?.addEventListener("abort", () => {
      line.waiting.delete(entry);
      leave();
      reject(signal.reason);
    });
    beginNext();
    return promise;
  };
}

/** One entry a line is looked at, because a line may be long. */
function findNext(
  lines: Iterable<Line>,
  maxOfUser: number,
): { readonly line: Line; readonly entry: Waiting } | undefined {
  const first: { line: Line; entry: Waiting }[] = [];
  for (const line of lines) {
    const [entry] = line.taken < maxOfUser ? line.waiting : [];
    if (entry) first.push({ line, entry });
  }
  return first.toSorted((one, other) => one.line.taken - other.line.taken || one.entry.place - other.entry.place)[0];
}

/** Does work in a turn of a user, and ends the turn with it. */
export async function inTurn<Result>(turn: Promise<() => void>, work: () => Promise<Result>): Promise<Result> {
  const end = await turn;
  try {
    return await work();
  } finally {
    end();
  }
}

function tooManyWait(): TodoError {
  return new TodoError("rate_limited", "too many searches of yours run and wait already", {
    retryAfter: RETRY_AFTER_S,
  });
}
