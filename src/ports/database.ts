import type { AccountStore } from "./accounts.ts";
import type { Replica } from "./replica.ts";
import type { Store, StoreFile } from "./store.ts";
import type { SyncStore } from "./sync.ts";

/** What a database on a server is like for the role that asks. */
export type DatabaseStatus = {
  /** Names of migrations that it has, oldest first. */
  readonly applied: readonly string[];
  /** Names of those that this program knows and it lacks. */
  readonly pending: readonly string[];
  /** Names of those that only a later version of this program knows. */
  readonly unknown: readonly string[];
  /** The role that this connection works as. */
  readonly role: string;
  /** True where row-level security does not bind the role. */
  readonly bypassesRowSecurity: boolean;
  /** Tables with users' rows that lack enabled and forced row-level security with a policy. */
  readonly unprotected: readonly string[];
};

/** A database on a server: the store in it, and what its owner does to it. Nothing is connected before the first use. */
export type DatabaseServer = {
  /** At its first use it looks whether the schema is the one that it knows. Throws `newer_store` or `unavailable` where it is not. */
  readonly store: Store;
  readonly accounts: AccountStore;
  readonly sync: SyncStore;
  /** Throws `unavailable` where the database can't be reached. */
  readonly status: () => Promise<DatabaseStatus>;
  /** Applies what is missing and answers the names. Throws `newer_store`, `unavailable`, or `forbidden` where the role may not. */
  readonly migrate: () => Promise<string[]>;
  /**
   * Makes the role `todo_app`, which row-level security binds, or renews its rights. Answers the URL that it connects with, or
   * null where it was there, because nobody can read its password again. Throws `unavailable` or `forbidden`.
   */
  readonly createRole: () => Promise<string | null>;
};

/** A database in a file of one's own. */
export type DatabaseFile = {
  readonly store: Store;
  readonly accounts: AccountStore;
  readonly sync: SyncStore;
  /** What the database knows of the server that the tasks of its owner follow. */
  readonly openReplica: (owner: string) => Replica;
  readonly file: StoreFile;
};

export type DatabaseOptions = {
  /** Connections at most, where the driver holds any. One where nothing is said, which is enough for one command. */
  readonly connections?: number;
  /** True where the store must refuse to work as a role that row-level security does not bind. It then throws `unavailable`. */
  readonly requireRowSecurity?: boolean;
};
