import { TodoError } from "../../domain/errors.ts";
import { TOO_LARGE } from "../../domain/task/size.ts";
import type { RemoteTask } from "../../ports/store.ts";
import {
  CLOCK_TOLERANCE_MS,
  type Cursor,
  cursorExpired,
  MAX_PAGE_TASKS,
  type SyncedTask,
  type SyncPrecheck,
  type SyncStore,
} from "../../ports/sync.ts";
import { findIssue, latestTime } from "../../contract/check-change.ts";
import type { Exchanged, ExchangeRequest } from "../../contract/sync.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";

/** Approximate maximum of bytes of registers in one page. */
const MAX_PAGE_BYTES = 1024 * 1024;

/**
 * Merges the changes of a replica and answers what it lacks, in one round. It may be repeated. A change that is not
 * allowed is rejected and holds up no other. Throws, without merging anything, `account_mismatch` for another user's
 * replica and `invalid_input` for a malformed cursor. Throws `history_changed` if this is not the history that the
 * replica followed. Throws `cursor_expired` if it may have missed deletions that are purged or are being purged, and `clock_skew` if its clock is
 * ahead.
 */
export async function exchange(
  { sync, user }: { readonly sync: SyncStore; readonly user: string },
  { user: followed = user, cursor: given, limit = MAX_PAGE_TASKS, changes }: ExchangeRequest,
): Promise<Exchanged> {
  if (followed !== user) throw new TodoError("account_mismatch", "this replica follows another account");
  const cursor = given === null ? null : decodeCursor(given);
  const issues = changes.map(findIssue);
  const rejected = issues.filter((issue) => issue !== null);
  const accepted = changes.filter((_, at) => issues[at] === null);
  const precheck = await sync.precheck(user, { head: cursor?.head ?? null, arrivals: accepted });
  checkCursor(cursor, precheck);
  checkClocks(accepted, precheck);
  const page = await sync.exchange(user, {
    arrivals: precheck.differs ? accepted : [],
    after: cursor?.position ?? 0,
    limit,
    now: precheck.now,
    // Also for a replica that begins at the start: what was there already, and is not merged, may be purged by now.
    purgedUpTo: precheck.purgedUpTo,
  });
  const leftOut = new Set(page.leftOut);
  const tooLarge = accepted.filter(({ id }) => leftOut.has(id));
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
    accepted: accepted.length - tooLarge.length,
    rejected: [
      ...rejected,
      ...tooLarge.map(({ id }) => ({ id, field: "", message: `its task would have ${TOO_LARGE}` })),
    ],
    changes: tasks,
  };
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

/** Takes at least one task, whatever its size. */
function takeUntilFull(tasks: readonly SyncedTask[]): SyncedTask[] {
  let size = 0;
  const taken: SyncedTask[] = [];
  for (const task of tasks) {
    size += JSON.stringify(task.registers).length;
    if (size > MAX_PAGE_BYTES && taken.length > 0) break;
    taken.push(task);
  }
  return taken;
}
