import type { ErrorCode } from "../domain/errors.ts";
import type { RemoteTask } from "./store.ts";

/** Whom a replica follows. Times are Unix milliseconds. */
export type Binding = {
  /** The origin of the server. */
  readonly server: string;
  /** The user on the server whose tasks these are. */
  readonly user: string;
  /** How far it has followed, as the server said. null: from the beginning. */
  readonly cursor: string | null;
  readonly syncedAt: number | null;
};

/** A field that waits to be acknowledged, and its clock when it was read. */
export type SentField = readonly [id: string, field: string, clock: string];

/** What was known when a server was asked. Its answer counts only for as long as that is so. */
export type SyncBase = {
  readonly cursor: string | null;
  /** Names what a resync that was begun, if one was. */
  readonly resync: string | null;
};

export type Outgoing = {
  readonly base: SyncBase;
  /** Names this database. */
  readonly node: string;
  readonly changes: readonly RemoteTask[];
  readonly sent: readonly SentField[];
};

/** A change that the server refused. */
export type RejectedChange = { readonly id: string; readonly field: string; readonly message: string };

/** What an exchange brought, each task with all that the server has of it, and what it acknowledged. */
export type ExchangeResult = {
  readonly base: SyncBase;
  readonly tasks: readonly RemoteTask[];
  readonly sent: readonly SentField[];
  readonly rejected: readonly RejectedChange[];
  readonly cursor: string;
  /** Whether the server has more pages. */
  readonly more: boolean;
  readonly now: number;
};

/** What applying a result did. */
export type AppliedResult = {
  /** How many unsent values lost to a later edit that arrived. The log has them. */
  readonly conflicts: number;
};

/** Why a replica does not sync. Times are Unix milliseconds. */
export type SyncFailure = {
  /** When it failed first, and last. */
  readonly since: number;
  readonly at: number;
  readonly code: ErrorCode;
  readonly message: string;
};

/** What says whether a sync is due. */
export type SyncState = Binding & {
  readonly hasUnsent: boolean;
  /** Whether somebody syncs now. */
  readonly isBusy: boolean;
  /** null since the last one that went well. */
  readonly failure: SyncFailure | null;
  /** When the user was told last that it fails. */
  readonly warnedAt: number | null;
};

/**
 * What a database knows of the server that it follows. Every edit since it was bound is in its outbox, by the transaction of the
 * edit. Each method is one read or one transaction, and throws as the `Store` does.
 */
export type Replica = {
  binding(): Promise<Binding | null>;
  /** All tasks are to be sent. Throws `account_mismatch` where it follows another server or user. */
  bind(binding: { readonly server: string; readonly user: string }): Promise<void>;
  /** Of at most so many tasks what is not acknowledged. */
  outgoing(limit: number): Promise<Outgoing>;
  /**
   * Merges, moves the cursor on, takes out of the outbox what still is as it was sent, and forgets the failure. Throws `locked` if
   * another process went on meanwhile.
   */
  applyResult(result: ExchangeResult): Promise<AppliedResult>;
  /** Everything is to be sent again, and followed from the beginning. Nothing is dropped. */
  restart(): Promise<void>;
  /**
   * Called when the cursor has expired. The replica downloads everything again, sends nothing, and then asks with the old cursor
   * once more. Called a second time for that, it drops what was acknowledged once and did not come, and notes it as rejected if it
   * was edited since. Throws `locked` if another process went on meanwhile.
   */
  startResync(base: SyncBase): Promise<void>;
  /** Dates unsent edits back that a wrong clock has put behind a time (Unix milliseconds), in the order in which they were made. */
  redateUnsent(latest: number): Promise<void>;
  /** How many tasks have something unsent, and what the server refused. */
  backlog(): Promise<{ readonly unsent: number; readonly rejected: readonly RejectedChange[] }>;
  /** Answers whether nobody else syncs now. It is this one's for `leaseMs` from `now`. */
  lease(owner: string, now: number, leaseMs: number): Promise<boolean>;
  release(owner: string): Promise<void>;
  /** What says at a time whether a sync is due, in one small read. null where no server is followed. */
  state(now: number): Promise<SyncState | null>;
  /** Notes that a sync failed. The time of the first failure stays until one goes well. */
  fail(failure: Omit<SyncFailure, "since">): Promise<void>;
  /** Notes that the user was told. */
  warn(now: number): Promise<void>;
};
