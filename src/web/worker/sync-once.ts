import { hasCode } from "../../domain/errors.ts";
import type { Replica } from "../../ports/replica.ts";
import { synchronizeAlone, type SyncPeer } from "../../services/sync/synchronize.ts";
import type { Owner, SyncState } from "../protocol.ts";
import type { Changes } from "./changes.ts";
import { createPeer } from "./peer.ts";
import type { Database, Platform } from "./platform.ts";

/** A sync that takes less is not worth telling. */
const SILENT_MS = 300;

/** What is synced with what. */
export type SyncDeps = {
  readonly platform: Platform;
  readonly owner: Owner;
  readonly database: Database;
  readonly replica: Replica;
  readonly changes: Changes;
};

/** The name of the lock that whoever syncs a database has: of all pages of this browser one. */
export function nameSyncLock({ account }: Owner): string {
  return `todo-sync:${account}`;
}

export type SyncRun = {
  readonly token: string;
  /** Ends requests. */
  readonly signal: AbortSignal;
  readonly say: (state: SyncState) => void;
};

/** Sends and receives all there is, while no other page does, and tells the page what arrives. Throws as `synchronize` does. */
export async function syncOnce(deps: SyncDeps, { token, signal, say }: SyncRun): Promise<void> {
  const { platform, owner, database, replica, changes } = deps;
  const { user } = owner;
  const isFirst = await follow(deps);
  let mayDrop = false;
  const peer = noteExpiry(createPeer({ ...platform, token, signal }), () => (mayDrop = true));
  const progress = startProgress(say, isFirst);
  const report = ({ received }: { readonly received: number }) => {
    progress.report(received);
    void changes.sendNews();
  };
  const { now } = platform.system;
  const from = now();
  const work = async () => {
    const { conflicts: count } = await synchronizeAlone({ replica, peer, user, now, report }, keepLock);
    if (count > 0) platform.post({ kind: "overruled", from, to: now(), count });
  };
  try {
    await (isFirst ? whileHeld(database, changes, work) : work());
  } finally {
    progress.end();
  }
  // What was dropped has no revision by which it would be told.
  if (mayDrop) await changes.sendAll();
}

/** Lets the database follow the server, if it does not yet. Answers whether nothing was received so far. */
async function follow({ platform: { server }, owner: { user }, replica }: SyncDeps): Promise<boolean> {
  const binding = await replica.binding();
  if (binding?.server !== server || binding.user !== user) await replica.bind({ server, user });
  return binding === null || binding.cursor === null;
}

/** The lock of the browser needs not be renewed. */
async function keepLock(): Promise<void> {}

/** After a cursor has expired, what was acknowledged and does not come any more is dropped. */
function noteExpiry({ exchange }: SyncPeer, onExpiry: () => void): SyncPeer {
  return {
    exchange: (request) =>
      exchange(request).catch((error: unknown) => {
        if (hasCode(error, "cursor_expired")) onExpiry();
        throw error;
      }),
  };
}

/** A first sync is told from its beginning, any other if it takes long. */
function startProgress(say: SyncRun["say"], isFirst: boolean) {
  let received = 0;
  let isTold = isFirst;
  const tell = () => say({ kind: "syncing", received, isFirst });
  if (isFirst) tell();
  const timer = setTimeout(() => {
    isTold = true;
    tell();
  }, SILENT_MS);
  return {
    report: (count: number) => {
      received = count;
      if (isTold) tell();
    },
    end: () => clearTimeout(timer),
  };
}

/** A first sync changes the same pieces of the database again and again, so they are kept at its end. */
async function whileHeld({ hold, release }: Database, changes: Changes, work: () => Promise<unknown>): Promise<void> {
  await hold();
  try {
    try {
      await work();
    } finally {
      await release();
    }
  } catch (error) {
    // Another page has written meanwhile. What was held is gone, and this page was told of it.
    if (hasCode(error, "locked")) await changes.sendAll();
    throw error;
  }
}
