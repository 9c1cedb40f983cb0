import { type ErrorCode, TodoError } from "../../domain/errors.ts";
import type { Asked, Outgoing, Replica } from "../../ports/replica.ts";
import type { Arrival } from "../../ports/store.ts";
import { CLOCK_TOLERANCE } from "../../ports/sync.ts";
import type { Exchanged, ExchangeRequest } from "../../contract/sync.ts";

/** Tasks in one request. */
const BATCH = 500;
/** Milliseconds for which a syncer that was killed keeps others waiting. Each exchange begins them anew. */
const LEASE = 30_000;
/** In one sync. A server that goes back on what it said each time would otherwise be asked for ever. */
const MOST_MENDS = 10;

/** What a replica brings to a server. */
export type PeerRequest = ExchangeRequest & {
  /** Names the replica. */
  readonly replica: string;
  /** Whom the replica follows. The server refuses before it merges anything where it knows the sender as somebody else. */
  readonly user: string;
};

export type PeerAnswer = Pick<Exchanged, "cursor" | "more" | "rejected"> & {
  /** Whose tasks these are, as the server knows them. */
  readonly user: string;
  readonly changes: readonly Arrival[];
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
  /** Told after each exchange what was done until then. */
  readonly report?: (synced: Synced) => void;
};

/** Keeps others from syncing for another while. Throws `locked` where somebody else got in. */
export type Renew = () => Promise<void>;

/**
 * Brings what is unsent and takes what is new, until neither is left. No transaction is open while the server is asked. Throws
 * `locked` where another process syncs, `account_mismatch`, and what the server or the network does; what was done until then stays.
 */
export function synchronize(deps: SyncDeps): Promise<Synced> {
  return withLease(deps, (renew) => synchronizeAlone(deps, renew));
}

/** Does work while no other process syncs. Throws `locked` where one does. */
export async function withLease<Result>(
  { replica, now }: Pick<SyncDeps, "replica" | "now">,
  work: (renew: Renew) => Promise<Result>,
): Promise<Result> {
  const owner = crypto.randomUUID();
  const renew = async () => {
    if (await replica.lease(owner, now(), LEASE)) return;
    throw new TodoError("locked", "another process is syncing", { retryAfter: 1 });
  };
  await renew();
  try {
    return await work(renew);
  } finally {
    await replica.release(owner);
  }
}

/** What `synchronize` does, for those who have the lease. */
export async function synchronizeAlone(deps: SyncDeps, renew: Renew): Promise<Synced> {
  const { replica } = deps;
  let synced: Synced = { sent: 0, received: 0, rejected: 0, conflicts: 0 };
  const mended: ErrorCode[] = [];
  let mends = 0;
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
      if (done) return synced;
      mended.length = 0;
    } catch (error) {
      if (!(error instanceof TodoError) || isMended(error.code, mended) || mends === MOST_MENDS) throw error;
      if (!(await mend(replica, error, outgoing.asked))) throw error;
      mended.push(error.code);
      mends += 1;
    }
  }
}

/**
 * Each can be mended once until something goes well: the second time it is something else. Only a cursor can expire again at once:
 * the one to go on from, after the old one was found to have expired indeed.
 */
function isMended(code: ErrorCode, mended: readonly ErrorCode[]): boolean {
  const times = mended.filter((each) => each === code).length;
  return times >= (code === "cursor_expired" ? 2 : 1);
}

/** Does what makes the next attempt go well, and answers whether there is such a thing. */
async function mend(replica: Replica, { code, serverTime = -1 }: TodoError, asked: Asked): Promise<boolean> {
  // The server was restored from a backup: what is here rebuilds it.
  if (code === "history_changed") await replica.restart();
  // Deletions that this replica may not have seen are gone: what is there is read once more, and what is not is dropped.
  else if (code === "cursor_expired") await replica.expire(asked);
  // As late as it may be: behind its now the server may have what these edits took the place of.
  // No clock can be dated back to before 1970.
  else if (code === "clock_skew" && serverTime >= 0) await replica.restamp(serverTime + CLOCK_TOLERANCE);
  else return false;
  return true;
}

async function exchangeOnce(
  { replica, peer, user, now }: SyncDeps,
  { asked, node, changes, sent }: Outgoing,
): Promise<Synced & { readonly done: boolean }> {
  const answer = await peer.exchange({ replica: node, user, cursor: asked.cursor, changes });
  checkAnswer(answer, user, asked);
  const { changes: arrivals, cursor, more } = answer;
  const brought = new Set(changes.map(({ id }) => id));
  const parked = answer.rejected.filter(({ id }) => brought.has(id));
  const { conflicts } = await replica.settle({ asked, arrivals, sent, parked, cursor, more, now: now() });
  return {
    sent: changes.length - parked.length,
    received: arrivals.length,
    rejected: parked.length,
    conflicts,
    done: !more && (await hasAll(replica, cursor)),
  };
}

function checkAnswer({ user, more, changes, cursor }: PeerAnswer, expected: string, asked: Asked): void {
  if (user !== expected) {
    throw new TodoError("account_mismatch", "the server knows you as somebody else", {
      hints: ["Nothing was merged. See: todo whoami"],
    });
  }
  if (more && (changes.length === 0 || cursor === asked.cursor)) {
    throw new TodoError("unavailable", "the server says that it has more, and does not give it");
  }
}

/** Whether nothing is left that was held back or edited meanwhile, and nothing that is to be asked once more. */
async function hasAll(replica: Replica, cursor: string): Promise<boolean> {
  const { asked, changes } = await replica.outgoing(1);
  return changes.length === 0 && asked.cursor === cursor;
}
