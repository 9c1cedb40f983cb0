import { type ErrorCode, TodoError } from "../../domain/errors.ts";
import { PROFILE } from "../../domain/profile.ts";
import type { Registers } from "../../domain/task/registers.ts";
import type { SyncBase, Outgoing, RejectedChange, Replica } from "../../ports/replica.ts";
import type { RemoteTask } from "../../ports/store.ts";
import { CLOCK_TOLERANCE_MS } from "../../ports/sync.ts";
import type { Exchanged, ExchangeRequest } from "../../contract/sync.ts";
import { tagProfile } from "./profile.ts";
import { settleAll } from "./settle.ts";

/** Maximum number of tasks in one request. */
const BATCH = 500;
/** For so long a syncer that was killed keeps others waiting. Each exchange begins it anew. */
const LEASE_MS = 30_000;
/** Between two times in which changes are sent that a server has no room for. */
const REFUSAL_RETRY_INTERVAL_MS = 60_000;
/** In one sync. A server that contradicts itself each time would otherwise be asked for ever. */
const MAX_RECOVERIES = 10;

/** A replica's request to a server. */
export type PeerRequest = ExchangeRequest & {
  /** The id of the replica. */
  readonly replica: string;
  /** The user that the replica follows. If the server knows the sender as another user, it refuses before it merges. */
  readonly user: string;
};

export type PeerAnswer = Pick<Exchanged, "cursor" | "more"> & {
  readonly rejected: readonly RejectedChange[];
  /** The user whose tasks these are, as the server knows them. */
  readonly user: string;
  readonly changes: readonly RemoteTask[];
  readonly profile?: Registers | undefined;
};

/** A server, over HTTP or in this process. `exchange` may be repeated freely. */
export type SyncPeer = { readonly exchange: (request: PeerRequest) => Promise<PeerAnswer> };

export type Synced = {
  readonly sent: number;
  readonly received: number;
  readonly rejected: number;
  readonly conflicts: number;
};

export type SyncDeps = {
  readonly replica: Replica;
  readonly peer: SyncPeer;
  /** The user that this replica follows. */
  readonly user: string;
  readonly now: () => number;
  /** Called after each exchange with the progress so far. */
  readonly report?: (synced: Synced) => void;
};

/** Extends the lease. Throws `locked` if another process took it. */
export type Renew = () => Promise<void>;

/**
 * Sends unsent changes and receives new ones, until neither is left. No transaction is open during a request. Throws
 * `locked` if another process syncs, `account_mismatch`, and the errors of server and network. Completed exchanges
 * stay.
 */
export function synchronize(deps: SyncDeps): Promise<Synced> {
  return withLease(deps, (renew) => synchronizeAlone(deps, renew));
}

/** Works while no other process syncs. Throws `locked` if one does. */
export async function withLease<Result>(
  { replica, now }: Pick<SyncDeps, "replica" | "now">,
  work: (renew: Renew) => Promise<Result>,
): Promise<Result> {
  const owner = crypto.randomUUID();
  const renew = async () => {
    if (await replica.lease(owner, now(), LEASE_MS)) return;
    throw new TodoError("locked", "another process is syncing", { retryAfter: 1 });
  };
  await renew();
  try {
    return await work(renew);
  } finally {
    await replica.release(owner);
  }
}

/** The work of `synchronize`, for a caller that has the lease. */
export async function synchronizeAlone(deps: SyncDeps, renew: Renew): Promise<Synced> {
  const { replica } = deps;
  let synced: Synced = { sent: 0, received: 0, rejected: 0, conflicts: 0 };
  const recovered: ErrorCode[] = [];
  let recoveries = 0;
  await replica.requeueRefused(deps.now() - REFUSAL_RETRY_INTERVAL_MS);
  for (;;) {
    await renew();
    const outgoing = await replica.outgoing(BATCH);
    try {
      const { done, ...round } = await exchangeOnce(deps, outgoing);
      synced = {
        sent: synced.sent + round.sent,
        received: synced.received + round.received,
        rejected: synced.rejected + round.rejected,
        conflicts: synced.conflicts + round.conflicts,
      };
      deps.report?.(synced);
      if (done && !(await settleReplica(deps))) return synced;
      recovered.length = 0;
    } catch (error) {
      if (!(error instanceof TodoError) || isRecovered(error.code, recovered) || recoveries === MAX_RECOVERIES)
        throw error;
      if (!(await recover(replica, error, outgoing.base))) throw error;
      recovered.push(error.code);
      recoveries += 1;
    }
  }
}

/**
 * Each error can be recovered from once until an exchange succeeds. A second one has another cause. Only a cursor can
 * expire twice: the next cursor may expire too, after the old one was confirmed to have expired.
 */
function isRecovered(code: ErrorCode, recovered: readonly ErrorCode[]): boolean {
  const times = recovered.filter((each) => each === code).length;
  return times >= (code === "cursor_expired" ? 2 : 1);
}

/** Prepares the next attempt. Answers false if there is no way to recover. */
async function recover(replica: Replica, { code, serverTime = -1 }: TodoError, base: SyncBase): Promise<boolean> {
  // The server was restored from a backup. The tasks here rebuild it.
  if (code === "history_changed") await replica.restart();
  // This replica may have missed purged deletions. It downloads everything again and drops tasks that do not come.
  else if (code === "cursor_expired") await replica.startResync(base);
  // As late as allowed: the server may have older values from just before its now, which these edits replaced. No clock
  // can be dated back to before 1970.
  else if (code === "clock_skew" && serverTime >= 0) await replica.redateUnsent(serverTime + CLOCK_TOLERANCE_MS);
  else return false;
  return true;
}

/**
 * Settles all series, also those that a version without this, or a sync that was cut off, has left unsettled. Answers whether there
 * is something to send now. A server has mostly settled them.
 */
async function settleReplica({ replica, now }: SyncDeps): Promise<boolean> {
  const settled = await settleAll(replica);
  return settled.length > 0 && (await replica.mergeUnsent(settled, now()));
}

async function exchangeOnce(
  { replica, peer, user, now }: SyncDeps,
  { base, node, changes, sent, profile, rejected: withheld }: Outgoing,
): Promise<Synced & { readonly done: boolean }> {
  const asked = { tag: tagProfile(profile.whole), changes: profile.changes };
  const answer = await peer.exchange({ replica: node, user, cursor: base.cursor, changes, profile: asked });
  checkAnswer(answer, user, base);
  const { changes: tasks, cursor, more } = answer;
  const brought = new Set(changes.map(({ id }) => id));
  const refused = answer.rejected.filter(({ id }) => brought.has(id));
  const entries = answer.rejected.filter(({ id, field }) => id === PROFILE && Object.hasOwn(profile.changes, field));
  const rejected = [...withheld, ...refused, ...entries];
  const { conflicts } = await replica.applyResult({
    base,
    tasks,
    serverProfile: answer.profile,
    sent,
    rejected,
    cursor,
    more,
    now: now(),
  });
  return {
    sent: changes.length - refused.length,
    received: tasks.length,
    rejected: rejected.length,
    conflicts,
    done: !more && (await hasAll(replica, cursor)),
  };
}

function checkAnswer({ user, more, changes, cursor }: PeerAnswer, expected: string, base: SyncBase): void {
  if (user !== expected) {
    throw new TodoError("account_mismatch", "the server knows you as somebody else", {
      hints: ["Nothing was merged. See: todo whoami"],
    });
  }
  if (more && (changes.length === 0 || cursor === base.cursor)) {
    throw new TodoError("unavailable", "the server announces more tasks but does not send them");
  }
}

/**
 * Whether nothing is left: no change was held back or made meanwhile, and no expired cursor is to be asked with once more. That
 * cursor may be the one of the last page, because a server that was restored has forgotten nothing.
 */
async function hasAll(replica: Replica, cursor: string): Promise<boolean> {
  const { base, sent } = await replica.outgoing(1);
  return sent.length === 0 && base.cursor === cursor && base.resync === null;
}
