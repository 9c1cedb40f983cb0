import type { Database } from "bun:sqlite";
import type { Step } from "../engine.ts";
import { retryWhileBusy } from "./busy.ts";
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

/** The database, and the check after a group was written. The callers get the errors of both. */
export type Source = { readonly use: () => Database; readonly confirm: () => void };

/**
 * Runs units of work that arrive in the same turn of the event loop in one transaction, because waiting for the disk is
 * most of what a small one costs. A unit that fails takes no other with it. All of them are on disk when they are answered.
 */
export function createGroupCommit(source: Source) {
  const waiting: Unit[] = [];
  let draining: Promise<void> | undefined;

  const drain = async () => {
    do {
      await nextTurn();
      try {
        // In one go: a read between the two would find itself in the transaction of a write.
        await retryWhileBusy(() => commitGroup(begin(source), source, waiting));
      } catch (error) {
        for (const unit of waiting.splice(0)) unit.reject(error);
      }
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

/** After the events that are there by now, so that what they bring is in the same group. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** Takes the write lock before the first step is drawn, because steps can't be drawn twice. */
function begin({ use }: Source): Database {
  const raw = use();
  raw.query("begin immediate").run();
  return raw;
}

/** Runs the waiting units in the open transaction and ends it. */
function commitGroup(raw: Database, { confirm }: Source, waiting: Unit[]): void {
  const group: Unit[] = [];
  try {
    const answers = runGroup(raw, waiting, group);
    raw.query("commit").run();
    confirm();
    for (const answer of answers) answer();
  } catch (error) {
    for (const unit of group) unit.reject(error);
    if (raw.inTransaction) raw.query("rollback").run();
  } finally {
    waiting.splice(0, group.length);
  }
}

/** Adds the waiting units to the group, until time is up. A lone unit needs no savepoint: the transaction is its own. */
function runGroup(raw: Database, waiting: readonly Unit[], group: Unit[]): (() => void)[] {
  const run = waiting.length === 1 ? runAlone : runInSavepoint;
  const end = performance.now() + MAX_GROUP_MS;
  const answers: (() => void)[] = [];
  for (const unit of waiting.slice()) {
    group.push(unit);
    answers.push(run(raw, unit));
    if (performance.now() > end) break;
  }
  return answers;
}

function runAlone(raw: Database, { steps, resolve }: Unit): () => void {
  const rows = runSteps(raw, steps);
  return () => resolve(rows);
}

/** If SQLite gave up the whole transaction, the error is everybody's: later units would run outside of one. */
function runInSavepoint(raw: Database, unit: Unit): () => void {
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

function runSteps(raw: Database, steps: Iterable<Step<unknown>>): unknown[] {
  const answers: unknown[] = [];
  for (const { query, values, refuse, onDone } of steps) {
    const rows = runStatement(raw, query, values);
    if (refuse && rows.length > 0) throw refuse();
    for (const row of rows) answers.push(row);
    onDone?.();
  }
  return answers;
}
