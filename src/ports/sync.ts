import type { Registers } from "../domain/task/registers.ts";
import { TodoError } from "../domain/errors.ts";
import type { RemoteTask } from "./store.ts";

/** The version of the exchange between replicas and a server, and the oldest that is still spoken. */
export const PROTOCOL = 1;
export const OLDEST_PROTOCOL = 1;

/** Tasks in one page of an answer, at most. */
export const MAX_PAGE_TASKS = 1000;

/** How far a clock may be ahead of the database's. What is further ahead would win for too long. */
export const CLOCK_TOLERANCE_MS = 60_000;

/** A state of a user's tasks that a server has shown, and the random tag by which it knows it again. */
export type Head = { readonly revision: number; readonly tag: string };

/**
 * How far a replica has followed a server: it has all changes up to `position`. The server knows by the head whether that was its
 * own history: one that was restored from a backup does not have it.
 */
export type Cursor = {
  readonly databaseId: string;
  readonly position: number;
  readonly head: Head;
  /** What was purged when it was made (a revision): nothing of that was missed, wherever the position is. */
  readonly purgedUpTo: number;
};

/** A task as it travels: its registers as they are stored. */
export type SyncedTask = { readonly id: string; readonly revision: number; readonly registers: Registers };

/** What a server must know before it merges. */
export type SyncPrecheck = {
  /** The database's own clock, in Unix milliseconds. */
  readonly now: number;
  /** The latest of the user's clocks, in Unix milliseconds. It is ahead of now where that was set back. */
  readonly latest: number;
  /** Names the database. Another one in its place has another. */
  readonly databaseId: string;
  /** Whether the database has had this head. */
  readonly isKnown: boolean;
  /** The largest revision of a deleted task that is gone for good. */
  readonly purgedUpTo: number;
  /** Whether merging would change anything. */
  readonly differs: boolean;
};

export type SyncPage = {
  /** In the order of their revisions, at most as many as were asked for. */
  readonly tasks: readonly SyncedTask[];
  /** Whether there are more behind them. */
  readonly more: boolean;
  readonly head: Head;
};

/** What a replica sends, and what it asks for: at most `limit` tasks behind the position `after`. */
export type SyncRequest = {
  readonly arrivals: readonly RemoteTask[];
  readonly after: number;
  readonly limit: number;
  readonly now: number;
  /** What the precheck said, for those who do not begin at the start. */
  readonly purgedUpTo?: number;
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
   * What changed behind a position, and the head that proves it. Then the arrivals are merged: what this very call brought is not
   * in the page, except where it was repeated in here because the first answer was lost, which does no harm. Without arrivals
   * nothing is written but a new head. Throws `cursor_expired` where more is purged by now than the caller has seen (`purgedUpTo`).
   */
  exchange(user: string, request: SyncRequest): Promise<SyncPage>;
  /** The user's revision, which every change of a task moves on. 0 where there is none. */
  revision(user: string): Promise<number>;
  /** Removes deleted tasks for good that nobody has changed since a time (Unix milliseconds), and answers how many. */
  purge(user: string, before: number): Promise<number>;
};

/** The error of a cursor behind which deletions are gone that the replica may not have seen. */
export function cursorExpired(): TodoError {
  return new TodoError("cursor_expired", "tasks were purged that this replica may still have", {
    hints: ["Begin from the start, and drop what was acknowledged once and is gone."],
  });
}
