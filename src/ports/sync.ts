import type { Registers } from "../domain/task/registers.ts";
import { TodoError } from "../domain/errors.ts";
import type { RemoteTask } from "./store.ts";

/** The version of the sync protocol between replicas and a server, and the oldest that is still spoken. */
export const PROTOCOL = 1;
export const OLDEST_PROTOCOL = 1;

// Each of these is larger than the one before, and the first is larger than a task can be. So every task fits into a request and
// into a page, and every answer can be read.

/** Maximum bytes of the changes that a replica sends at a time, as JSON. */
export const MAX_OUTGOING_BYTES = 1_000_000;

/** Maximum bytes of a request. */
export const MAX_REQUEST_BYTES = 1_048_576;

/** Maximum bytes of registers in one page of an answer. Only one task that is older than the limits of tasks may be larger. */
export const MAX_PAGE_BYTES = 1_048_576;

/** Maximum bytes of an answer that a replica reads. Such a task must fit, too. */
export const MAX_ANSWER_BYTES = 64_000_000;

/** Maximum number of tasks in one page of an answer. */
export const MAX_PAGE_TASKS = 1000;

/** How far a clock may be ahead of the database's. What is further ahead would win for too long. */
export const CLOCK_TOLERANCE_MS = 60_000;

/** A state of a user's tasks that a server has shown, and the random tag by which the server recognizes it. */
export type Head = { readonly revision: number; readonly tag: string };

/**
 * How far a replica has followed a server: it has all changes up to `position`. The head proves that the server's
 * history is the same. A server restored from a backup does not have that head.
 */
export type Cursor = {
  readonly databaseId: string;
  readonly position: number;
  readonly head: Head;
  /** The purged revision when the cursor was made. Nothing purged up to there was missed, whatever the position. */
  readonly purgedUpTo: number;
};

/** A task in transit: its registers as they are stored. */
export type SyncedTask = { readonly id: string; readonly revision: number; readonly registers: Registers };

/** The facts that a server needs before it merges. */
export type SyncPrecheck = {
  /** The database's own clock, in Unix milliseconds. */
  readonly now: number;
  /** The latest of the user's clocks, in Unix milliseconds. It is ahead of `now` if the clock was set back. */
  readonly latest: number;
  /** The id of the database. A replacement has a different one. */
  readonly databaseId: string;
  /** Whether the database has had this head. */
  readonly isKnown: boolean;
  /** The largest revision of a purged task. */
  readonly purgedUpTo: number;
  /** Whether a merge would change anything. */
  readonly differs: boolean;
  /** Bytes of the tasks that a merge would touch, as they are stored. */
  readonly touchedBytes: number;
  /** Whether one of the user's tasks repeats. */
  readonly hasSeries: boolean;
  /** What is the user's and no task's. */
  readonly profile: Registers;
};

export type SyncPage = {
  /** In the order of their revisions, at most as many as requested. */
  readonly tasks: readonly SyncedTask[];
  /** Whether more tasks follow. */
  readonly more: boolean;
  readonly head: Head;
  /** The ids of the tasks whose arrivals were not merged, because they would make the task too large. Absent if there are none. */
  readonly leftOut?: readonly string[];
  /** How many more tasks are not deleted than before the merge. Absent if the request does not count them. */
  readonly added?: number;
};

/** The changes of a replica, and its request: at most `limit` tasks after the position `after`. */
export type SyncRequest = {
  readonly arrivals: readonly RemoteTask[];
  readonly after: number;
  readonly limit: number;
  readonly now: number;
  /** The `purgedUpTo` of the precheck. */
  readonly purgedUpTo?: number;
  /** Whether to answer how many tasks the merge adds or deletes. */
  readonly counts?: boolean;
};

/**
 * A user's tasks for replicas that follow them. Each method is one read or one transaction, and throws as the `Store` does. One suite
 * tests every implementation: test/db/sync-contract.ts.
 */
export type SyncStore = {
  precheck(
    user: string,
    question: { readonly head: Head | null; readonly arrivals: readonly RemoteTask[] },
  ): Promise<SyncPrecheck>;
  /**
   * Reads the changes after a position and the head that proves it, then merges the arrivals. The page leaves out what
   * this call merged, except if the engine had to retry because an answer was lost. That does no harm. Without arrivals
   * only a new head is written. Throws `cursor_expired` if more is purged by now than `purgedUpTo` says.
   */
  exchange(user: string, request: SyncRequest): Promise<SyncPage>;
  /**
   * The series that changes of these tasks touch: the tasks themselves, or those whose records or parts they are. With
   * each come its parts that were ticked for an occurrence, and the records of these occurrences and of the present one.
   */
  findSeries(user: string, changed: readonly string[]): Promise<RemoteTask[]>;
  /** All records of these series, without what only people read. */
  findRecords(user: string, series: readonly string[]): Promise<RemoteTask[]>;
  /** Merges entries of the profile that a replica sends, and answers all of it. */
  mergeProfile(user: string, arriving: Registers): Promise<Registers>;
  /** The user's revision, which every change of a task or of the profile advances. 0 if there is none. */
  revision(user: string): Promise<number>;
  /**
   * Removes tasks for good that were deleted and not changed since `before` (Unix milliseconds), with their history, and
   * answers how many.
   */
  purge(user: string, before: number): Promise<number>;
};

/** The error for a cursor that is older than purged deletions. The replica may have missed them. */
export function cursorExpired(): TodoError {
  return new TodoError("cursor_expired", "tasks were purged that this replica may still have", {
    hints: ["Begin from the start, and drop what was acknowledged once and is gone."],
  });
}
