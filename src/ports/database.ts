import type { AccountStore } from "./accounts.ts";
import type { Replica } from "./replica.ts";
import type { Store, StoreFile } from "./store.ts";
import type { SyncStore } from "./sync.ts";
import type { UsageStore } from "./usage.ts";

/** The state of a database on a server, seen by the connected role. */
export type DatabaseStatus = {
  /** Names of the migrations that it has, oldest first. */
  readonly applied: readonly string[];
  /** Names of the migrations that this program knows and the database lacks. */
  readonly pending: readonly string[];
  /** Names of the migrations that only a later version of this program knows. */
  readonly unknown: readonly string[];
  /** The role of this connection. */
  readonly role: string;
  /** True if row-level security does not bind the role. */
  readonly bypassesRowSecurity: boolean;
  /** Tables with users' rows that lack enabled and forced row-level security with a policy. */
  readonly unprotected: readonly string[];
  /**
   * The schema, as SQL names it, if every role may create things in it, which PostgreSQL allowed up to version 14. What
   * is created there can take the place of what our statements name.
   */
  readonly openSchema: string | null;
};

/** A database on a server: its stores, and its owner's maintenance. It connects at the first use. */
export type DatabaseServer = {
  /** Checks the schema at its first use. Throws `newer_store` or `unavailable` if it is not the known one. */
  readonly store: Store;
  readonly accounts: AccountStore;
  readonly sync: SyncStore;
  readonly usage: UsageStore;
  /** Throws `unavailable` if the database can't be reached. */
  readonly status: () => Promise<DatabaseStatus>;
  /**
   * Applies the missing migrations and answers their names. Throws `newer_store`, `unavailable`, or `forbidden` if the
   * role may not.
   */
  readonly migrate: () => Promise<string[]>;
  /**
   * Creates the role `todo_app`, which row-level security binds, or renews its rights. Answers its connection URL, or
   * null if the role existed, because its password can't be read again. Throws `unavailable` or `forbidden`.
   */
  readonly createRole: () => Promise<string | null>;
};

/** A database in a file of one's own. */
export type DatabaseFile = {
  readonly store: Store;
  readonly accounts: AccountStore;
  readonly sync: SyncStore;
  readonly usage: UsageStore;
  /** The replica state: what the database knows of the server that its owner's tasks follow. */
  readonly openReplica: (owner: string) => Replica;
  readonly file: StoreFile;
};

export type DatabaseFileOptions = {
  /** True for many users at once: a long read of one must not keep the others waiting. */
  readonly isShared?: boolean;
};

export type DatabaseOptions = {
  /** Maximum number of connections, if the driver has a pool. The default is one, which is enough for a command. */
  readonly connections?: number;
  /** True if the store must refuse a role that row-level security does not bind. It then throws `unavailable`. */
  readonly requireRowSecurity?: boolean;
};
