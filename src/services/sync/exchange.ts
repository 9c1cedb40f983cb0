import { divide, takeWhileFits } from "../../domain/batches.ts";
import { TodoError } from "../../domain/errors.ts";
import { PROFILE } from "../../domain/profile.ts";
import { TOO_LARGE } from "../../domain/task/size.ts";
import type { RemoteTask } from "../../ports/store.ts";
import {
  CLOCK_TOLERANCE_MS,
  type Cursor,
  cursorExpired,
  MAX_PAGE_BYTES,
  MAX_PAGE_TASKS,
  type SyncedTask,
  type SyncPage,
  type SyncPrecheck,
  type SyncRequest,
  type SyncStore,
} from "../../ports/sync.ts";
import { findIssue, latestTime, type Rejection } from "../../contract/check-change.ts";
import type { Exchanged, ExchangeRequest } from "../../contract/sync.ts";
import type { AdmitArrivals, CountSettled, MergeFirst } from "../quotas/limit-writes.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { checkEntries, exchangeProfile } from "./profile.ts";
import { repeats, settleAll } from "./settle.ts";

/** Maximum bytes of stored tasks that one merge touches, unless they are few. A database in a file does nothing else meanwhile. */
const MAX_MERGE_BYTES = 4 * 1024 * 1024;
/** Tasks that are merged at a time if they are large: in the worst case they have so many bytes. */
const MAX_LARGE_TASKS = 8;

/**
 * How long an exchange computes to settle series. A rule that never occurs again takes a tenth of a second to be known as that, and
 * there can be hundreds. They would keep others waiting, and the devices settle what is left.
 */
const MAX_SETTLING_MS = 500;

export type ExchangeDeps = {
  readonly sync: SyncStore;
  readonly user: string;
  /** Which changes there is room for. The default is all. */
  readonly admit?: AdmitArrivals;
  /** How long this process has computed, in milliseconds. A pause of the machine does not count. */
  readonly clock?: () => number;
  /** Counts what settling series adds, for which room is never refused. The default counts nothing. */
  readonly countSettled?: CountSettled;
};

const admitAll: AdmitArrivals = (_user, admitted) => Promise.resolve({ admitted, refused: [] });
const countNothing: CountSettled = (_user, _settled, merge) => merge();

/**
 * Merges the changes of a replica and answers what it lacks, in one round. It may be repeated. A change that is not
 * allowed, or for which there is no room, is rejected and holds up no other. Throws, without merging anything,
 * `account_mismatch` for another user's replica and `invalid_input` for a malformed cursor. Throws `history_changed` if
 * this is not the history that the replica followed. Throws `cursor_expired` if it may have missed deletions that are
 * purged or are being purged, and `clock_skew` if its clock is ahead. Settles the series that the changes touch.
 */
export async function exchange(
  deps: ExchangeDeps,
  { user: followed = deps.user, cursor: given, limit = MAX_PAGE_TASKS, changes, profile: asked }: ExchangeRequest,
): Promise<Exchanged> {
  const { sync, user, admit = admitAll, countSettled = countNothing } = deps;
  if (followed !== user) throw new TodoError("account_mismatch", "this replica follows another account");
  const cursor = given === null ? null : decodeCursor(given);
  const issues = changes.map(findIssue);
  const accepted = changes.filter((_, at) => issues[at] === null);
  const precheck = await sync.precheck(user, { head: cursor?.head ?? null, arrivals: accepted });
  checkCursor(cursor, precheck);
  const { entries, issues: entryIssues } = checkEntries(asked?.changes ?? {});
  checkClocks([...accepted, { id: PROFILE, registers: entries }], precheck);
  // Before the tasks, so that the head that the replica is shown has it.
  const { refused: entriesRefused, ...profile } = await exchangeProfile(deps, asked, {
    entries,
    stored: precheck.profile,
  });
  const merger = createMerger({ sync, user }, precheck);
  const { admitted, refused } = await admit(user, precheck.differs ? accepted : [], merger.mergeFirst);
  const place = { after: cursor?.position ?? 0, limit };
  const merged = await merger.mergeAndReadPage({ arrivals: admitted, ...place });
  const settled = await settleTouched(deps, accepted, precheck);
  if (settled.length > 0) await countSettled(user, settled, () => merger.mergeSettled(settled));
  // A replica of an earlier version, which settles nothing itself, gets what was settled at once.
  const page = settled.length > 0 ? await merger.mergeAndReadPage({ arrivals: [], ...place }) : merged;
  const tooLarge = accepted.filter(({ id }) => merger.leftOut.has(id)).map(rejectTooLarge);
  const ofProfile = [...entryIssues, ...entriesRefused];
  const rejected = [...issues.filter((issue) => issue !== null), ...refused, ...tooLarge, ...ofProfile];
  const rejectedIds = new Set([...refused, ...tooLarge].map(({ id }) => id));
  return {
    ...describePage(page, precheck),
    accepted: accepted.filter(({ id }) => !rejectedIds.has(id)).length,
    rejected,
    ...profile,
  };
}

/** Merges what a replica sends. `leftOut` has the tasks that were not merged, because they would be too large. */
function createMerger(
  { sync, user }: Pick<ExchangeDeps, "sync" | "user">,
  { now, purgedUpTo, touchedBytes }: SyncPrecheck,
) {
  const leftOut = new Set<string>();
  // `purgedUpTo` also for a replica that begins at the start: what was there already, and is not merged, may be purged by now.
  const send = (asked: Omit<SyncRequest, "now" | "purgedUpTo">): Promise<SyncPage> =>
    sync.exchange(user, { ...asked, now, purgedUpTo });
  const ask: typeof send = async (asked) => {
    const page = await send(asked);
    for (const id of page.leftOut ?? []) leftOut.add(id);
    return page;
  };
  const merge = (arrivals: readonly RemoteTask[], counts: boolean) => ask({ ...withoutPage(arrivals), counts });
  /** Parts of what touches much, so that others have their turn before all is merged. */
  const divideArrivals = (arrivals: readonly RemoteTask[]) =>
    touchedBytes > MAX_MERGE_BYTES ? divide(arrivals, MAX_LARGE_TASKS) : [arrivals];

  const mergeFirst: MergeFirst = async (arrivals) => {
    let added = 0;
    for (const part of divideArrivals(arrivals)) added += (await merge(part, true)).added ?? 0;
    return added;
  };
  /** The page also has the changes of the replica itself, all but those of the last part, which does no harm. */
  const mergeAndReadPage = async ({ arrivals, ...asked }: Pick<SyncRequest, "arrivals" | "after" | "limit">) => {
    const parts = divideArrivals(arrivals);
    for (const part of parts.slice(0, -1)) await merge(part, false);
    return ask({ ...asked, arrivals: parts.at(-1) ?? [] });
  };
  /** Nobody has sent it, so nobody is told what would be too large. */
  const mergeSettled = async (settled: readonly RemoteTask[]) => {
    for (const part of divide(settled, MAX_LARGE_TASKS)) await send(withoutPage(part));
  };
  return { leftOut, mergeFirst, mergeAndReadPage, mergeSettled };
}

/**
 * What settling the series changes that a replica has touched. What arrives once more counts too, because a server may have ended
 * before it had settled. Users whose tasks don't repeat pay for no look.
 */
async function settleTouched(
  { sync, user, clock = readComputingTime }: ExchangeDeps,
  arrivals: readonly RemoteTask[],
  { hasSeries }: SyncPrecheck,
): Promise<RemoteTask[]> {
  if (arrivals.length === 0 || !(hasSeries || arrivals.some(repeats))) return [];
  const changed = arrivals.map(({ id }) => id);
  const reader = {
    findSeries: () => sync.findSeries(user, changed),
    findRecords: (series: readonly string[]) => sync.findRecords(user, series),
  };
  return settleAll(reader, { clock, maxMs: MAX_SETTLING_MS });
}

function readComputingTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function withoutPage(arrivals: readonly RemoteTask[]) {
  return { arrivals, after: Number.MAX_SAFE_INTEGER, limit: 0 };
}

function rejectTooLarge({ id }: RemoteTask): Rejection {
  return { id, code: "invalid_input", field: "", message: `its task would have ${TOO_LARGE}` };
}

/** The changes that fit into an answer, and how to go on behind them. The database ends the page at about the same task. */
function describePage(page: SyncPage, { databaseId, now, purgedUpTo }: SyncPrecheck) {
  const changes = takeWhileFits(page.tasks, sizeOf, MAX_PAGE_BYTES);
  const more = page.more || changes.length < page.tasks.length;
  const last = changes.at(-1);
  const position = more && last ? last.revision : page.head.revision;
  return {
    databaseId,
    serverTime: now,
    cursor: encodeCursor({ databaseId, position, head: page.head, purgedUpTo }),
    head: page.head.revision,
    more,
    changes,
  };
}

function sizeOf({ registers }: SyncedTask): number {
  return Buffer.byteLength(JSON.stringify(registers));
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
