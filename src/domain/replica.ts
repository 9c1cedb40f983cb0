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

export type Outgoing = {
  readonly changes: readonly Arrival[];
  readonly sent: readonly Sent[];
};

/** A change that the server refused. */
export type Parked = { readonly id: string; readonly field: string; readonly message: string };

/** What an exchange brought and what it acknowledged. */
export type Settlement = {
  readonly arrivals: readonly Arrival[];
  readonly sent: readonly Sent[];
  readonly parked: readonly Parked[];
  readonly cursor: string;
  readonly now: number;
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
  /** Merges, moves the cursor on, and takes out of the outbox what still is as it was sent. */
  settle(settlement: Settlement): Promise<void>;
  /** Everything is to be sent again, and followed from the beginning. */
  restart(): Promise<void>;
  /** Dates unsent edits back that a wrong clock has put behind a server's now, in the order in which they were made. */
  restamp(serverTime: number): Promise<void>;
  /** How many tasks have something unsent, and what the server refused. */
  backlog(): Promise<{ readonly unsent: number; readonly parked: readonly Parked[] }>;
  /** Answers whether nobody else syncs now. It is this one's for so many milliseconds from `now`. */
  lease(owner: string, now: number, ms: number): Promise<boolean>;
  release(owner: string): Promise<void>;
};
