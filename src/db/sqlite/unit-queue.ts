import type { Step } from "../engine.ts";
import type { RawDatabase } from "./raw.ts";
import { runStatement } from "./statement.ts";

/** After this a group takes no more units, so that what waits behind it is not kept for long. */
const MAX_GROUP_MS = 20;

/** Steps of one caller. `turn` is its place: behind its user's earlier units, beside the first units of other users. */
type Unit = {
  readonly user: string;
  readonly turn: number;
  readonly steps: Iterable<Step<unknown>>;
  readonly resolve: (rows: unknown[]) => void;
  readonly reject: (error: unknown) => void;
};

/** How a database keeps what a group of units has done. */
export type GroupHost = {
  /** Waits for what arrives at the same time, so that it is in the same group. */
  readonly gather: () => Promise<void>;
  /**
   * Calls `run` once in a write transaction, and resolves when what it did is on disk. What it throws is thrown on, and nothing
   * of the group stays then. Steps can't be drawn twice, so nothing may fail between the lock and `run` that is to be tried again.
   */
  readonly commit: (run: (raw: RawDatabase) => void) => Promise<void>;
};

/**
 * Runs units of work that arrive together in one transaction, because waiting for the disk is most of what a small one costs. A
 * unit that fails takes no other with it. All of them are on disk when they are answered.
 */
export function createUnitQueue({ gather, commit }: GroupHost) {
  const waiting: Unit[] = [];
  let draining: Promise<void> | undefined;

  const drain = async () => {
    do {
      await gather();
      await commitGroup(commit, waiting);
    } while (waiting.length > 0);
    draining = undefined;
  };

  return {
    submit: (user: string, steps: Iterable<Step<unknown>>): Promise<unknown[]> => {
      const { promise, resolve, reject } = Promise.withResolvers<unknown[]>();
      enqueue(waiting, { user, turn: findTurn(waiting, user), steps, resolve, reject });
      draining ??= drain();
      return promise;
    },
    /** Resolves when nothing waits. */
    idle: async () => draining,
  };
}

/** One after the user's last, or with those who are next: whoever writes a thousand tasks keeps nobody else waiting for all. */
function findTurn(waiting: readonly Unit[], user: string): number {
  const last = waiting.findLast((unit) => unit.user === user);
  return last ? last.turn + 1 : (waiting[0]?.turn ?? 0);
}

function enqueue(waiting: Unit[], unit: Unit): void {
  const before = waiting.findLastIndex(({ turn }) => turn <= unit.turn);
  waiting.splice(before + 1, 0, unit);
}

/** Where no transaction could begin, all that wait are told. Otherwise those who were in it. */
async function commitGroup(commit: GroupHost["commit"], waiting: Unit[]): Promise<void> {
  const group: Unit[] = [];
  const answers: (() => void)[] = [];
  try {
    await commit((raw) => runGroup(raw, { waiting, group, answers }));
    for (const answer of answers) answer();
  } catch (error) {
    for (const unit of group.length > 0 ? group : waiting.splice(0)) unit.reject(error);
  }
}

type Group = { readonly waiting: Unit[]; readonly group: Unit[]; readonly answers: (() => void)[] };

/** Moves those that wait now to the group, until time is up. A lone unit needs no savepoint: the transaction is its own. */
function runGroup(raw: RawDatabase, { waiting, group, answers }: Group): void {
  const run = waiting.length === 1 ? runAlone : runInSavepoint;
  const end = performance.now() + MAX_GROUP_MS;
  for (const unit of waiting.slice()) {
    waiting.splice(waiting.indexOf(unit), 1);
    group.push(unit);
    answers.push(run(raw, unit));
    if (performance.now() > end) break;
  }
}

function runAlone(raw: RawDatabase, { steps, resolve }: Unit): () => void {
  const rows = runSteps(raw, steps);
  return () => resolve(rows);
}

/** If SQLite gave up the whole transaction, the error is everybody's: later units would run outside of one. */
function runInSavepoint(raw: RawDatabase, unit: Unit): () => void {
  raw.query("savepoint unit").run();
  try {
    const answer = runAlone(raw, unit);
    raw.query("release unit").run();
    return answer;
  } catch (error) {
    if (!raw.inTransaction) throw error;
    raw.query("rollback to unit").run();
    raw.query("release unit").run();
    return () => unit.reject(error);
  }
}

function runSteps(raw: RawDatabase, steps: Iterable<Step<unknown>>): unknown[] {
  const answers: unknown[] = [];
  for (const { query, values, refuse, onDone } of steps) {
    const rows = runStatement(raw, query, values);
    if (refuse && rows.length > 0) throw refuse();
    for (const row of rows) answers.push(row);
    onDone?.();
  }
  return answers;
}
