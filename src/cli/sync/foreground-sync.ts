import { isDatabaseUrl, readPlace } from "../../domain/database-url.ts";
import { hasCode } from "../../domain/errors.ts";
import { retry } from "../../domain/waiting.ts";
import { formatTaskCount } from "../../domain/task/text.ts";
import type { Replica } from "../../ports/replica.ts";
import type { Synced } from "../../services/sync/synchronize.ts";
import { hostOf } from "../config/resolve-server.ts";
import type { Invocation } from "../invocation.ts";
import { printJson, printNote, printText } from "../output/print.ts";
import { openStatusLine } from "../output/progress.ts";
import { wait } from "../output/spinner.ts";

/** How long it waits for another process that syncs: longer than for one that was killed. */
const LOCK_TIMEOUT_MS = 35_000;
const RETRY_DELAY_MS = 200;

/** Called after each exchange with the progress so far. */
export type ReportSynced = (synced: Synced) => void;

/** Progress of a sync that the user waits for, on the terminal. */
export function openSyncLine(invocation: Invocation): { readonly report: ReportSynced; readonly end: () => void } {
  const line = openStatusLine(invocation);
  return {
    report: ({ sent, received }) => line.show(`Syncing: sent ${sent}, received ${received}`),
    end: line.end,
  };
}

/** Syncs while the user waits. Throws `locked` if another process syncs for long. */
export function syncInForeground(
  invocation: Invocation,
  attempt: (report: ReportSynced) => Promise<Synced>,
): Promise<Synced> {
  const line = openSyncLine(invocation);
  const timers = {
    now: invocation.io.system.now,
    sleep: (ms: number) => wait(invocation, "Another process is syncing", ms),
  };
  const policy = {
    isRetryable: (error: unknown) => hasCode(error, "locked"),
    delayMs: () => RETRY_DELAY_MS,
    timeoutMs: LOCK_TIMEOUT_MS,
  };
  return retry(() => attempt(line.report), policy, timers).finally(line.end);
}

/** Prints what a sync has done, and for people what was lost or refused. */
export async function printSynced(
  invocation: Invocation,
  { server, replica }: { readonly server: string; readonly replica: Replica },
  synced: Synced,
): Promise<void> {
  if (invocation.format === "json") return printJson(invocation, { server, ...synced });
  if (invocation.format === "quiet") return;
  const done = describeSynced(synced);
  // The server is not asked each time for what it has refused.
  const rejected = done === null ? (await replica.backlog()).rejected.length : synced.rejected;
  if (done !== null) printText(invocation, done);
  else if (rejected === 0)
    printText(invocation, `Up to date with ${isDatabaseUrl(server) ? readPlace(server).name : hostOf(server)}`);
  noteLosses(invocation, { ...synced, rejected });
}

/** Says what was lost or refused. */
export function noteLosses(
  invocation: Invocation,
  { conflicts, rejected }: Pick<Synced, "conflicts" | "rejected">,
): void {
  if (conflicts > 0) printNote(invocation, `${conflicts} of your edits lost to later ones: todo log`);
  if (rejected > 0) printNote(invocation, `The server refused ${rejected}: todo sync --status`);
}

/** What went and came, or null if nothing did. */
export function describeSynced({ sent, received }: Synced): string | null {
  if (sent > 0 && received > 0) return `Sent ${formatTaskCount(sent)}, received ${formatTaskCount(received)}`;
  if (sent > 0) return `Sent ${formatTaskCount(sent)}`;
  return received > 0 ? `Received ${formatTaskCount(received)}` : null;
}
