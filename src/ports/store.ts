import type { Action } from "../domain/task/action.ts";
import type { Clock } from "../domain/task/clock.ts";
import type { Condition, Position, RefPrefix, TaskQuery } from "../domain/query/query.ts";
import type { Fields, Registers } from "../domain/task/registers.ts";
import type { Task } from "../domain/task/task.ts";

/** New values of fields of one task. An import dates them back with `at` (Unix milliseconds, not in the future). */
export type Edit = { readonly id: string; readonly fields: Fields; readonly at?: number };

/** One unit of work of a user: all of its edits or none, under one tick of the clock. */
export type Commit = {
  /** Its name in the log. */
  readonly action: Action;
  /** Unix milliseconds. */
  readonly now: number;
  readonly edits: readonly Edit[];
  /**
   * Revisions that these tasks must have, 0 if one must not exist yet. Otherwise it throws `conflict` and writes
   * nothing.
   */
  readonly expected?: ReadonlyMap<string, number>;
  /** The change that this one takes back. Of a redo it is an undo. */
  readonly undoes?: Clock;
  /** False if nobody needs the changed tasks. The answer is then empty, which saves memory in a large import. */
  readonly returning?: false;
  /** Called between batches of a large commit with the number of edits written, if the engine can. */
  readonly onProgress?: (written: number) => void;
};

/** Registers that another store made, unchanged. */
export type RemoteTask = { readonly id: string; readonly registers: Registers };

/** A changed task and its new revision. */
export type Revised = { readonly id: string; readonly revision: number };

/** The effect of one commit on one task. `before` lacks the fields that did not exist. */
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

/**
 * An entry with the task's present state: its revision, and the registers of the fields that the change touched. If the
 * change made the task, these are all of its registers.
 */
export type UndoableEntry = HistoryEntry & { readonly current: Registers; readonly revision: number };

/** Which entries of the log: of one task or of all, at most so many, and from which end. A log has no limit of its own. */
export type HistoryFilter = { readonly id?: string; readonly limit?: number; readonly oldestFirst?: boolean };

/** How many open tasks have a tag or are in a project. */
export type NameCount = { readonly name: string; readonly count: number };

/** What statistics need of a task that is not deleted. */
export type TaskActivity = {
  readonly id: string;
  readonly project: string | null;
  /** Empty if nothing says when. */
  readonly createdAt: string;
  readonly dueDate: string | null;
  /** Whether it is the record of an occurrence. */
  readonly isRecord: boolean;
} & (
  | { readonly kind: "open"; readonly waitUntil: string | null }
  | { readonly kind: "closed"; readonly completedAt: string; readonly outcome: Outcome }
);

/** How a task was closed. One that repeats has ended then: what was done of it are the records of its occurrences. */
export type Outcome = "done" | "cancelled" | "skipped" | "ended";

/** At most so many tasks that are open, or that were closed since a moment (UTC with milliseconds), behind the last one of a page. */
export type ActivityQuery = {
  readonly kind: TaskActivity["kind"];
  readonly where: readonly Condition[];
  readonly since?: string;
  readonly after?: Position;
  readonly limit: number;
};

/** A page of activity. `next` is the start of the next one, absent on the last one. */
export type ActivityPage = { readonly tasks: readonly TaskActivity[]; readonly next?: Position };

/** From one month to another, both included: `2026-10` and `2026-11`. */
export type Months = { readonly first: string; readonly last: string };

/** The seconds that all devices tracked for tasks of a project. */
export type TrackedTime = { readonly project: string | null; readonly seconds: number };

export type Page = {
  readonly tasks: readonly Task[];
  /** The start of the next page, absent on the last one. */
  readonly next?: Position;
};

/**
 * All stored data, for many users. Each method is one read or one transaction, and answers when its result is on disk.
 * Throws `locked`, `unreadable_store`, `read_only_store`, `full_disk` or `unavailable` if the engine fails. One suite
 * tests every implementation: test/db/store-contract.ts.
 */
export type Store = {
  /** At most `limit` tasks. A page of very large tasks has fewer, and says where the next one starts. */
  find(user: string, query: TaskQuery): Promise<Page>;
  count(user: string, where: TaskQuery["where"]): Promise<number>;
  get(user: string, ids: readonly string[]): Promise<Task[]>;
  /** At most `limit` tasks whose handle or id has this prefix, deleted ones too. */
  findByPrefix(user: string, prefix: RefPrefix, limit: number): Promise<Task[]>;
  /**
   * The shortest unique prefix of each handle, at least 3 letters, unique among all tasks of the user, deleted ones
   * too.
   */
  shortestPrefixes(user: string, handles: readonly string[]): Promise<ReadonlyMap<string, string>>;
  countByName(user: string, kind: "tags" | "projects"): Promise<NameCount[]>;
  /** Of what is open the soonest due comes first, of what is closed the earliest. */
  findActivity(user: string, query: ActivityQuery): Promise<ActivityPage>;
  /** What was tracked in these months for tasks that are not deleted and meet all conditions, by project. */
  sumTrackedTime(user: string, where: readonly Condition[], months: Months): Promise<TrackedTime[]>;
  /** The open tasks that wait for other open tasks, each with the ids of these. Of few tasks more than that is read. */
  openDependencies(user: string): Promise<ReadonlyMap<string, readonly string[]>>;
  /** One register of each of these tasks that has it. Its clock says which of two edits came later. */
  registersOf(user: string, ids: readonly string[], field: string): Promise<ReadonlyMap<string, string>>;
  /** Eight hex digits that end the clocks of what is written next, and name the device in fields of its own. */
  node(): Promise<string>;
  /**
   * Writes the edits and answers the tasks that changed, unless `returning` is false. Throws `invalid_input`, and writes nothing, if a
   * task would be too large. An `add` is not asked, because its tasks are new.
   */
  commit(user: string, commit: Commit): Promise<Task[]>;
  /**
   * Merges registers of other stores and answers the tasks that this changed. What would make its task too large is left out. Repeating it changes nothing and answers
   * nothing. The answer is also empty if the engine had to retry because an answer was lost.
   */
  merge(user: string, arrivals: readonly RemoteTask[]): Promise<Revised[]>;
  /** The newest entries first, unless the filter says otherwise. */
  history(user: string, filter: HistoryFilter): Promise<HistoryEntry[]>;
  /** The entries of the newest change that is neither an undo nor a redo and is not undone now, or none. */
  lastChange(user: string): Promise<UndoableEntry[]>;
  /**
   * The entries of the newest undo that was not redone, or none if a new change came after it. `action` names the change
   * that it took back.
   */
  lastUndo(user: string): Promise<UndoableEntry[]>;
  /** What is the user's and no task's, such as saved filters. */
  profile(user: string): Promise<Registers>;
  /** Sets entries of the profile and answers all of it. `now` is in Unix milliseconds. */
  editProfile(user: string, fields: Fields, now: number): Promise<Registers>;
  /** Registers a new user, with an empty list. For a known user it only reads. */
  ensureUser(user: string): Promise<void>;
  /**
   * Resolves if the store answers and its schema is the known one. Throws `newer_store` if the schema is newer, and
   * `unavailable` if it is older or missing.
   */
  ping(): Promise<void>;
  /** Waits for writes under way. */
  close(): Promise<void>;
};

/** Operations that only a database in a file has. */
export type StoreFile = {
  readonly path: string;
  /** Writes a compact copy. Throws `conflict` if the target exists. */
  backup(target: string): void;
  /** Problems of the file, empty if it is sound. */
  check(): string[];
  /** Bytes on disk, schema version, and what there is of this user and of all others. */
  measure(user: string): StoreMeasures;
  /** The copies that were made before migrations, the oldest first. They have what was deleted since. */
  copies(): FileCopy[];
  /** Writes the file anew, so that nothing is in it that earlier versions have deleted. Throws `locked`. */
  compact(): void;
};

/** A copy of a database beside it. `at` is Unix milliseconds. */
export type FileCopy = { readonly path: string; readonly bytes: number; readonly at: number };

export type StoreMeasures = {
  readonly bytes: number;
  readonly schema: string;
  readonly node: string;
  readonly pending: number;
  /** Those that were cancelled included. */
  readonly completed: number;
  readonly cancelled: number;
  readonly deleted: number;
  readonly changes: number;
  /** Tasks of other users that are not deleted. A server's accounts are such users. */
  readonly others: number;
};
