import type { ErrorCode } from "../domain/errors.ts";
import type { Registers } from "../domain/task/registers.ts";
import type { RemoteTask } from "./store.ts";

/** The server and user that a replica follows. Times are Unix milliseconds. */
export type Binding = {
  /** The base URL of the server. */
  readonly server: string;
  /** The user on the server whose tasks these are. */
  readonly user: string;
  /** How far it has followed, as the server said. null: from the beginning. */
  readonly cursor: string | null;
  readonly syncedAt: number | null;
};

/** A field that waits to be acknowledged, and its clock at the time of reading. */
export type SentField = readonly [id: string, field: string, clock: string];

/** The state when a server was asked. Its answer counts only while that state holds. */
export type SyncBase = {
  readonly cursor: string | null;
  /** The id of the resync under way, if there is one. */
  readonly resync: string | null;
  /** The id of the last redating. What was sent before that may be on the server with the clocks that it had. */
  readonly redating: string | null;
};

export type Outgoing = {
  readonly base: SyncBase;
  /** The id of this database. */
  readonly node: string;
  readonly changes: readonly RemoteTask[];
  readonly sent: readonly SentField[];
  /** All of the user's profile, and of it what is not acknowledged. */
  readonly profile: { readonly whole: Registers; readonly changes: Registers };
  /** What is too large to be sent as a whole. Of such a task goes what was edited, if that is not too large itself. */
  readonly rejected: readonly RejectedChange[];
};

/** A change that the server refused. A newer server may have codes that this program does not know. */
export type RejectedChange = {
  readonly id: string;
  readonly code: string;
  readonly field: string;
  readonly message: string;
};

/** The answer of an exchange: each task with everything that the server has of it, and the acknowledged fields. */
export type ExchangeResult = {
  readonly base: SyncBase;
  readonly tasks: readonly RemoteTask[];
  /** The server's profile of the user, if it says that it is another one. */
  readonly serverProfile?: Registers | undefined;
  readonly sent: readonly SentField[];
  readonly rejected: readonly RejectedChange[];
  readonly cursor: string;
  /** Whether the server has more pages. */
  readonly more: boolean;
  readonly now: number;
};

/** The effect of applying a result. */
export type AppliedResult = {
  /** How many unsent values lost to a later edit that arrived. The log has them. */
  readonly conflicts: number;
};

/** Why a replica does not sync. Times are Unix milliseconds. */
export type SyncFailure = {
  /** The time of the first failure, and of the last. */
  readonly since: number;
  readonly at: number;
  readonly code: ErrorCode;
  readonly message: string;
};

/** The facts that decide whether a sync is due. */
export type SyncState = Binding & {
  readonly hasUnsent: boolean;
  /** Whether there are changes that the server has no room for. */
  readonly hasRefused: boolean;
  /** Whether a sync is running. */
  readonly isBusy: boolean;
  /** null since the last success. */
  readonly failure: SyncFailure | null;
  /** The time when the user was last told about the failure. */
  readonly warnedAt: number | null;
};

/**
 * A database's knowledge of the server that it follows. Since it was bound, every edit enters the outbox in the edit's
 * own transaction. Each method is one read or one transaction, and throws as the `Store` does.
 */
export type Replica = {
  binding(): Promise<Binding | null>;
  /** Queues all tasks for sending. Throws `account_mismatch` if it follows another server or user. */
  bind(binding: { readonly server: string; readonly user: string }): Promise<void>;
  /** All tasks with all that there is of them, whether or not a server has it. */
  readAll(): Promise<readonly RemoteTask[]>;
  /** The unacknowledged fields of at most `limit` tasks. */
  outgoing(limit: number): Promise<Outgoing>;
  /**
   * Merges, advances the cursor, removes acknowledged fields that are unchanged from the outbox, and clears the
   * failure. Throws `locked` if another process went on meanwhile.
   */
  applyResult(result: ExchangeResult): Promise<AppliedResult>;
  /** All series with what decides whether they are settled, as `findSeries` of a `SyncStore` answers it. */
  findSeries(): Promise<RemoteTask[]>;
  /** All records of these series, without what only people read. */
  findRecords(series: readonly string[]): Promise<RemoteTask[]>;
  /**
   * Merges what no server has yet, such as what settling series has made, queues it for sending, and logs it as brought by a sync.
   * Answers whether it changed anything.
   */
  mergeUnsent(tasks: readonly RemoteTask[], now: number): Promise<boolean>;
  /** Queues everything for sending again, and follows from the beginning. Nothing is dropped. */
  restart(): Promise<void>;
  /**
   * Called when the cursor has expired. The replica downloads everything again without sending, then asks once more
   * with the old cursor. A second call drops every task that was acknowledged but did not come. If such a task was
   * edited since, it is noted as rejected. A task that came with less than was acknowledged is queued as a whole. If the old cursor is good, nothing is dropped and everything is queued. Throws `locked` if another process went on meanwhile.
   */
  startResync(base: SyncBase): Promise<void>;
  /**
   * Queues what the server had no room for, if it was refused before `before` (Unix milliseconds). Throws as the others
   * do.
   */
  requeueRefused(before: number): Promise<void>;
  /** Redates unsent edits that a wrong clock dated after `latest` (Unix milliseconds). Their order stays. */
  redateUnsent(latest: number): Promise<void>;
  /** The number of tasks with unsent fields, without the profile, and the changes that the server refused. */
  backlog(): Promise<{ readonly unsent: number; readonly rejected: readonly RejectedChange[] }>;
  /** Answers whether nobody else syncs now. It is this one's for `leaseMs` from `now`. */
  lease(owner: string, now: number, leaseMs: number): Promise<boolean>;
  release(owner: string): Promise<void>;
  /** The facts that decide whether a sync is due, in one small read. null if no server is followed. */
  state(now: number): Promise<SyncState | null>;
  /** Notes that a sync failed. The time of the first failure stays until a sync succeeds. */
  fail(failure: Omit<SyncFailure, "since">): Promise<void>;
  /** Notes that the user was told. */
  warn(now: number): Promise<void>;
  /** Whether the log has something from before `before` (Unix milliseconds), and no purge was noted for a day. */
  isPurgeDue(now: number, before: number): Promise<boolean>;
  /** Notes that a purge was made. */
  notePurge(now: number): Promise<void>;
  /** Answers whether none was started for a day, and notes that one is started now. */
  claimPurge(now: number): Promise<boolean>;
  /** The address of the server that serves this database, or of the one that did and was killed. */
  servedAt(): Promise<string | null>;
  /** Notes the address, or null at the end. */
  noteServer(url: string | null): Promise<void>;
  /** Answers whether the user was not told of this for a day, and notes that they are told now. */
  claimWarning(about: "open_file" | "full_server", now: number): Promise<boolean>;
};
