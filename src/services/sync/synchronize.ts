import { type ErrorCode, TodoError } from "../../domain/errors.ts";
import type { Replica } from "../../domain/replica.ts";
import type { Arrival } from "../../domain/store.ts";
import type { Exchanged, ExchangeRequest } from "./exchange.ts";

/** Tasks in one request, and in one page of an answer. */
const BATCH = 500;
const PAGE = 1000;
/** Milliseconds for which a syncer that was killed keeps others waiting. Each exchange begins them anew. */
const LEASE = 60_000;

/** What a replica brings to a server. */
export type PeerRequest = ExchangeRequest & {
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

export type Synced = { readonly sent: number; readonly received: number; readonly rejected: number };

export type SyncParts = {
  readonly replica: Replica;
  readonly peer: SyncPeer;
  /** The user that this replica follows. */
  readonly user: string;
  readonly now: () => number;
};

/**
 * Brings what is unsent and takes what is new, until neither is left. No transaction is open while the server is asked. Throws
 * `locked` where another process syncs, `account_mismatch`, and what the server or the network does; what was done until then stays.
 */
export async function synchronize(parts: SyncParts): Promise<Synced> {
  const owner = crypto.randomUUID();
  const { replica, now } = parts;
  const renew = async () => {
    if (await replica.lease(owner, now(), LEASE)) return;
    throw new TodoError("locked", "another process is syncing", { retryAfter: 1 });
  };
  await renew();
  try {
    return await exchangeAll(parts, renew);
  } finally {
    await replica.release(owner);
  }
}

async function exchangeAll(parts: SyncParts, renew: () => Promise<void>): Promise<Synced> {
  const { replica } = parts;
  let synced: Synced = { sent: 0, received: 0, rejected: 0 };
  const mended = new Set<ErrorCode>();
  for (;;) {
    await renew();
    try {
      const { done, ...round } = await exchangeOnce(parts);
      synced = {
        sent: synced.sent + round.sent,
        received: synced.received + round.received,
        rejected: synced.rejected + round.rejected,
      };
      if (done) return synced;
      mended.clear();
    } catch (error) {
      // Each can be mended once until something goes well: the second time it is something else.
      if (!(error instanceof TodoError) || mended.has(error.code) || !(await mend(replica, error))) throw error;
      mended.add(error.code);
    }
  }
}

/** Does what makes the next attempt go well, and answers whether there is such a thing. Nothing here is dropped. */
async function mend(replica: Replica, { code, serverTime }: TodoError): Promise<boolean> {
  // The server was restored from a backup: what is here rebuilds it.
  if (code === "history_changed") await replica.restart();
  else if (code === "clock_skew" && serverTime !== undefined) await replica.restamp(serverTime);
  else return false;
  return true;
}

async function exchangeOnce({ replica, peer, user, now }: SyncParts): Promise<Synced & { readonly done: boolean }> {
  const cursor = (await replica.binding())?.cursor ?? null;
  const { changes, sent } = await replica.outgoing(BATCH);
  const answer = await peer.exchange({ user, cursor, limit: PAGE, changes });
  if (answer.user !== user) {
    throw new TodoError("account_mismatch", "the server knows you as somebody else", {
      hints: ["Nothing was merged. See: todo whoami"],
    });
  }
  const { rejected: parked } = answer;
  await replica.settle({ arrivals: answer.changes, sent, parked, cursor: answer.cursor, now: now() });
  return {
    sent: changes.length - parked.length,
    received: answer.changes.length,
    rejected: parked.length,
    done: !answer.more && changes.length === 0,
  };
}
