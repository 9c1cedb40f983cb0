import type { ErrorCode } from "../domain/errors.ts";
import type { Arrival } from "./store.ts";

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
export type Sent = readonly [id: string, field: string, clock: string];

/** What was known when a server was asked. Its answer counts only for as long as that is so. */
export type Asked = {
  readonly cursor: string | null;
  /** Names what `expire` has begun, where it has. */
  readonly expiry: string | null;
};

export type Outgoing = {
  readonly asked: Asked;
  /** Names this database. */
  readonly node: string;
  readonly changes: readonly Arrival[];
  readonly sent: readonly Sent[];
};

/** A change that the server refused. */
export type Parked = { readonly id: string; readonly field: string; readonly message: string };

/** What an exchange brought, each task with all that the server has of it, and what it acknowledged. */
export type Settlement = {
  readonly asked: Asked;
  readonly arrivals: readonly Arrival[];
  readonly sent: readonly Sent[];
  readonly parked: readonly Parked[];
  readonly cursor: string;
  /** Whether the server has more pages. */
  readonly more: boolean;
  readonly now: number;
};

/** What settling did. */
export type Settled = {
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
   * Merges, moves the cursor on, takes out of the outbox what still is as it was sent, and forgets the failure. Throws `locked` where
   * another process went on meanwhile.
   */
  settle(settlement: Settlement): Promise<Settled>;
  /** Everything is to be sent again, and followed from the beginning. Nothing is dropped. */
  restart(): Promise<void>;
  /**
   * Where the cursor has expired: follows from the beginning without sending anything, and behind the last page asks with the old
   * cursor once more. Where that has expired then, which this is called for again, what was acknowledged once and did not come is
   * dropped, and parked where it was edited since. Throws `locked` where another process went on meanwhile.
   */
  expire(asked: Asked): Promise<void>;
  /** Dates unsent edits back that a wrong clock has put behind a time (Unix milliseconds), in the order in which they were made. */
  restamp(latest: number): Promise<void>;
  /** How many tasks have something unsent, and what the server refused. */
  backlog(): Promise<{ readonly unsent: number; readonly parked: readonly Parked[] }>;
  /** Answers whether nobody else syncs now. It is this one's for so many milliseconds from `now`. */
  lease(owner: string, now: number, ms: number): Promise<boolean>;
  release(owner: string): Promise<void>;
  /** What says at a time whether a sync is due, in one small read. null where no server is followed. */
  state(now: number): Promise<SyncState | null>;
  /** Notes that a sync failed. The time of the first failure stays until one goes well. */
  fail(failure: Omit<SyncFailure, "since">): Promise<void>;
  /** Notes that the user was told. */
  warn(now: number): Promise<void>;
};
