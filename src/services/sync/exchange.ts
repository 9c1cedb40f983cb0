import { TodoError } from "../../domain/errors.ts";
import { TOO_LARGE } from "../../domain/task/size.ts";
import type { RemoteTask } from "../../ports/store.ts";
import {
  CLOCK_TOLERANCE_MS,
  type Cursor,
  cursorExpired,
  MAX_PAGE_BYTES,
  MAX_PAGE_TASKS,
  type SyncedTask,
  type SyncPrecheck,
  type SyncStore,
} from "../../ports/sync.ts";
import { findIssue, latestTime } from "../../contract/check-change.ts";
import type { Exchanged, ExchangeRequest } from "../../contract/sync.ts";
import type { AdmitArrivals } from "../quotas/limit-writes.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";

/** Maximum bytes of stored tasks that one merge touches, unless they are few. A database in a file does nothing else meanwhile. */
const MAX_MERGE_BYTES = 4 * 1024 * 1024;
/** Tasks that are merged at a time if they are large: in the worst case they have so many bytes. */
const MAX_LARGE_TASKS = 8;

export type ExchangeDeps = {
  readonly sync: SyncStore;
  readonly user: string;
  /** Which changes there is room for. The default is all. */
  readonly admit?: AdmitArrivals;
};

const admitAll: AdmitArrivals = (_user, admitted) => Promise.resolve({ admitted, refused: [] });

/**
 * Merges the changes of a replica and answers what it lacks, in one round. It may be repeated. A change that is not
 * allowed, or for which there is no room, is rejected and holds up no other. Throws, without merging anything,
 * `account_mismatch` for another user's replica and `invalid_input` for a malformed cursor. Throws `history_changed` if
 * this is not the history that the replica followed. Throws `cursor_expired` if it may have missed deletions that are
 * purged or are being purged, and `clock_skew` if its clock is ahead.
 */
export async function exchange(
  { sync, user, admit = admitAll }: ExchangeDeps,
  { user: followed = user, cursor: given, limit = MAX_PAGE_TASKS, changes }: ExchangeRequest,
): Promise<Exchanged> {
  if (followed !== user) throw new TodoError("account_mismatch", "this replica follows another account");
  const cursor = given === null ? null : decodeCursor(given);
  const issues = changes.map(findIssue);
  const accepted = changes.filter((_, at) => issues[at] === null);
  const precheck = await sync.precheck(user, { head: cursor?.head ?? null, arrivals: accepted });
  checkCursor(cursor, precheck);
  checkClocks(accepted, precheck);
  const request = {
    now: precheck.now,
    // Also for a replica that begins at the start: what was there already, and is not merged, may be purged by now.
    purgedUpTo: precheck.purgedUpTo,
  };
  const leftOut = new Set<string>();
  const mergeFirst = async (arrivals: readonly RemoteTask[], counts: boolean) => {
    const asked = { ...request, arrivals, after: Number.MAX_SAFE_INTEGER, limit: 0, counts };
    const merged = await sync.exchange(user, asked);
    for (const id of merged.leftOut ?? []) leftOut.add(id);
    return merged.added ?? 0;
  };
  const { admitted, refused } = await admit(user, precheck.differs ? accepted : [], async (arrivals) => {
    const { before, rest } = divideArrivals(arrivals, precheck.touchedBytes);
    let added = 0;
    for (const part of [...before, rest]) added += await mergeFirst(part, true);
    return added;
  });
  const { before, rest } = divideArrivals(admitted, precheck.touchedBytes);
  for (const part of before) await mergeFirst(part, false);
  const page = await sync.exchange(user, { ...request, arrivals: rest, after: cursor?.position ?? 0, limit });
  for (const id of page.leftOut ?? []) leftOut.add(id);
  const tooLarge = accepted.filter(({ id }) => leftOut.has(id));
  const kept = new Set([...leftOut, ...refused.map(({ id }) => id)]);
  const tasks = takeUntilFull(page.tasks);
  const more = page.more || tasks.length < page.tasks.length;
  const last = tasks.at(-1);
  const position = more && last ? last.revision : page.head.revision;
  return {
    databaseId: precheck.databaseId,
    serverTime: precheck.now,
    cursor: encodeCursor({
      databaseId: precheck.databaseId,
      position,
      head: page.head,
      purgedUpTo: precheck.purgedUpTo,
    }),
    head: page.head.revision,
    more,
    accepted: accepted.filter(({ id }) => !kept.has(id)).length,
    rejected: [
      ...issues.filter((issue) => issue !== null),
      ...refused,
      ...tooLarge.map(
        ({ id }) => ({ id, code: "invalid_input", field: "", message: `its task would have ${TOO_LARGE}` }) as const,
      ),
    ],
    changes: tasks,
  };
}

/**
 * Divides arrivals that touch much, so that others have their turn before all are merged. The page then has the changes of the
 * replica itself too, all but those of the last part, which does no harm.
 */
function divideArrivals(arrivals: readonly RemoteTask[], touchedBytes: number) {
  if (touchedBytes <= MAX_MERGE_BYTES) return { before: [], rest: arrivals };
  const before: (readonly RemoteTask[])[] = [];
  let rest = arrivals;
  while (rest.length > MAX_LARGE_TASKS) {
    before.push(rest.slice(0, MAX_LARGE_TASKS));
    rest = rest.slice(MAX_LARGE_TASKS);
  }
  return { before, rest };
}

/**
 * The two errors must not be mixed up: after the first the replica may drop nothing, after the second it must drop what
 * is gone.
 */
function checkCursor(cursor: Cursor | null, { databaseId, isKnown, purgedUpTo }: SyncPrecheck): void {
  if (cursor === null) return;
  // Cursors of earlier versions contain the whole id.
  if (!databaseId.startsWith(cursor.databaseId) || !isKnown) {
    throw new TodoError("history_changed", "the server does not have the history that this replica followed", {
      hints: ["Send everything again and begin from the start."],
    });
  }
  if (Math.max(cursor.position, cursor.purgedUpTo) < purgedUpTo) {
    throw cursorExpired();
  }
}

function checkClocks(changes: readonly RemoteTask[], { now, latest: own }: SyncPrecheck): void {
  const latest = Math.max(0, ...changes.map(({ registers }) => latestTime(registers)));
  // If the database's clock was set back, an edit must still be able to replace the present value.
  const limit = Math.max(now + CLOCK_TOLERANCE_MS, own + 1);
  if (latest <= limit) return;
  throw new TodoError("clock_skew", `a clock is ${Math.round((latest - now) / 1000)} seconds ahead of the server's`, {
    hints: ["Set the clock of this device."],
    serverTime: limit - CLOCK_TOLERANCE_MS,
  });
}

/** Takes at least one task, whatever its size. The database ends the page at about the same task. */
function takeUntilFull(tasks: readonly SyncedTask[]): SyncedTask[] {
  let size = 0;
  const taken: SyncedTask[] = [];
  for (const task of tasks) {
    size += Buffer.byteLength(JSON.stringify(task.registers));
    if (size > MAX_PAGE_BYTES && taken.length > 0) break;
    taken.push(task);
  }
  return taken;
}
