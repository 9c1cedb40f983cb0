import type { Action } from "../domain/task/action.ts";
import type { Clock } from "../domain/task/clock.ts";
import type { Position, RefPrefix, TaskQuery } from "../domain/query/query.ts";
import type { Fields, Registers } from "../domain/task/registers.ts";
import type { Task } from "../domain/task/task.ts";

/** New values of fields of one task. `at` (Unix milliseconds, not in the future) dates them back, for what an import brings. */
export type Edit = { readonly id: string; readonly fields: Fields; readonly at?: number };

/** One unit of work of a user: all of its edits or none, under one tick of the clock. */
export type Commit = {
  /** What the log calls it. */
  readonly action: Action;
  /** Unix milliseconds. */
  readonly now: number;
  readonly edits: readonly Edit[];
  /** Revisions that these tasks must still have, 0 for one that must not exist yet, else `conflict` and nothing is written. */
  readonly expected?: ReadonlyMap<string, number>;
  /** The change that this one takes back. */
  readonly undoes?: Clock;
  /** False if nobody needs the tasks that changed: the answer is then empty, which saves the memory of a large import. */
  readonly returning?: false;
  /** Called between batches of a large commit with the number of edits that are written, where the engine can. */
  readonly onProgress?: (written: number) => void;
};

/** Registers that another store made, as they are. */
export type RemoteTask = { readonly id: string; readonly registers: Registers };

/** A task that changed, and the revision that it has since. */
export type Revised = { readonly id: string; readonly revision: number };

/** What one commit did to one task. `before` lacks the fields that did not exist. */
export type HistoryEntry = {
  readonly clock: Clock;
  /** Unix milliseconds of the user's wall clock. */
  readonly at: number;
  readonly action: Action;
  readonly id: string;
  readonly before: Registers;
  readonly after: Registers;
  readonly undoes: Clock | null;
};

/** An entry with what the task has now: the registers of the fields that the change touched, and the revision. */
export type UndoableEntry = HistoryEntry & { readonly current: Registers; readonly revision: number };

/** How many open tasks have a tag or are in a project. */
export type NameCount = { readonly name: string; readonly count: number };

export type Page = {
  readonly tasks: readonly Task[];
  /** Where the next page begins, absent on the last one. */
  readonly next?: Position;
};

/**
 * Everything that is kept, for many users. Each method is one read or one transaction, whose answer comes when it is on disk.
 * Throws `locked`, `unreadable_store`, `read_only_store`, `full_disk` or `unavailable` where the engine fails. One suite tests
 * every implementation: test/db/store-contract.ts.
 */
export type Store = {
  find(user: string, query: TaskQuery): Promise<Page>;
  count(user: string, where: TaskQuery["where"]): Promise<number>;
  get(user: string, ids: readonly string[]): Promise<Task[]>;
  /** Tasks whose handle or id begins so, deleted ones too, at most `limit`. */
  findByPrefix(user: string, prefix: RefPrefix, limit: number): Promise<Task[]>;
  /** For each handle its shortest prefix, at least 3 letters, that no other task of the user has, deleted ones included. */
  shortestPrefixes(user: string, handles: readonly string[]): Promise<ReadonlyMap<string, string>>;
  countByName(user: string, kind: "tags" | "projects"): Promise<NameCount[]>;
  /** Writes the edits and answers the tasks that changed, unless `returning` is false. */
  commit(user: string, commit: Commit): Promise<Task[]>;
  /**
   * Merges what other stores made and answers which tasks that changed. Repeating it changes nothing and answers nothing, and
   * so does one that had to be repeated in here because its answer was lost.
   */
  merge(user: string, arrivals: readonly RemoteTask[]): Promise<Revised[]>;
  /** The newest entries first. */
  history(user: string, filter: { readonly id?: string; readonly limit?: number }): Promise<HistoryEntry[]>;
  /** The entries of the newest change that is not an undo and was not undone, or none. */
  lastChange(user: string): Promise<UndoableEntry[]>;
  /** Makes the user known who was never seen before, with nothing in their list. For a known one it only reads. */
  ensureUser(user: string): Promise<void>;
  /**
   * Resolves when the store answers and its schema is the one that this program knows. Throws `newer_store` where it is newer,
   * and `unavailable` where it is older or not there.
   */
  ping(): Promise<void>;
  /** Waits for what is being written. */
  close(): Promise<void>;
};

/** What only a database in a file can do. */
export type StoreFile = {
  readonly path: string;
  /** Writes a compact copy. Throws `conflict` when the target exists. */
  backup(target: string): void;
  /** What is wrong with the file, empty when it is sound. */
  check(): string[];
  /** Bytes on disk, schema version and row counts. */
  measure(): StoreMeasures;
};

export type StoreMeasures = {
  readonly bytes: number;
  readonly schema: string;
  readonly node: string;
  readonly pending: number;
  readonly completed: number;
  readonly deleted: number;
  readonly changes: number;
};
