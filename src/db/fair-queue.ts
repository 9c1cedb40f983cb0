import { TodoError } from "../domain/errors.ts";

const RETRY_AFTER_S = 2;

/** Waits for a turn and answers its end. Throws the signal's reason if that comes first, and `rate_limited` if too many wait. */
export type TakeTurn = (user: string, signal?: AbortSignal) => Promise<() => void>;

/** How many turns of one kind a user may have at once, and how many may wait for one. */
export type QueueLimits = { readonly maxOfUser: number; readonly maxWaitingOfUser: number };

/** Opens the queue for one more kind of work, which waits apart from the others. */
export type FairQueue = (limits: QueueLimits) => TakeTurn;

type Waiting = { readonly place: number; readonly begin: () => void };
/** The turns of one user for one kind of work, and who waits for one, the first at the front. */
type Line = { taken: number; readonly maxTaken: number; readonly waiting: Set<Waiting> };

/** At most so many have a turn at once. The user who has the fewest turns is next, then who waits longest. */
export function createFairQueue(max: number): FairQueue {
  /** Those in which somebody has a turn or waits for one. */
  const lines = new Set<Line>();
  let taken = 0;
  let places = 0;

  const beginNext = () => {
    if (taken >= max) return;
    const next = findNext(lines);
    if (!next) return;
    taken += 1;
    next.line.taken += 1;
    next.line.waiting.delete(next.entry);
    next.entry.begin();
  };

  /** Waits at the end of a line. */
  const wait = (line: Line, signal: AbortSignal | undefined, onEmpty: () => void): Promise<() => void> => {
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    const leave = () => {
      if (line.taken === 0 && line.waiting.size === 0 && lines.delete(line)) onEmpty();
    };
    const end = () => {
      taken -= 1;
      line.taken -= 1;
      leave();
      beginNext();
    };
    places += 1;
    const entry = { place: places, begin: () => resolve(end) };
    lines.add(line);
    line.waiting.add(entry);
    signal?.addEventListener("abort", () => {
      line.waiting.delete(entry);
      leave();
      reject(signal.reason);
    });
    beginNext();
    return promise;
  };

  return ({ maxOfUser, maxWaitingOfUser }) => {
    const lineOf = new Map<string, Line>();
    return async (user, signal) => {
      signal?.throwIfAborted();
      const line = lineOf.get(user) ?? { taken: 0, maxTaken: maxOfUser, waiting: new Set() };
      if (line.waiting.size >= maxWaitingOfUser) throw tooManyWait();
      lineOf.set(user, line);
      return wait(line, signal, () => lineOf.delete(user));
    };
  };
}

/** One entry a line is looked at, because a line may be long. */
function findNext(lines: Iterable<Line>): { readonly line: Line; readonly entry: Waiting } | undefined {
  const first: { line: Line; entry: Waiting }[] = [];
  for (const line of lines) {
    const [entry] = line.taken < line.maxTaken ? line.waiting : [];
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
  return new TodoError("rate_limited", "too many requests of yours run and wait already", {
    retryAfter: RETRY_AFTER_S,
  });
}
