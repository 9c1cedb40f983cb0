import { isDatabaseUrl } from "../../domain/database-url.ts";
import { DAY_MS, isNear } from "../../domain/durations.ts";
import type { Replica, SyncFailure, SyncState } from "../../ports/replica.ts";
import { findCredential } from "../auth/credentials.ts";
import type { Invocation } from "../invocation.ts";
import { formatClock } from "../../domain/dates/format-date.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { Io } from "../platform/io.ts";
import { printNote } from "../output/print.ts";

/** So long a sync fails before the user is told, and again before the next time. */
const WARNING_INTERVAL_MS = DAY_MS;

/**
 * Says why a database does not sync. An ended login never heals by itself, so a terminal shows it after each command.
 * All else may pass, so it is said once a day.
 */
export async function warnOfFailure(
  invocation: Invocation,
  replica: Replica,
  { failure, ...state }: SyncState & { readonly failure: SyncFailure },
): Promise<void> {
  const { io } = invocation;
  const now = io.system.now();
  const isTold = state.warnedAt !== null && isNear(state.warnedAt, now, WARNING_INTERVAL_MS);
  // Before the login is looked up, because a keychain is slow and may ask.
  if (isTold && !io.err.isTerminal()) return;
  const isOld = !isNear(failure.since, now, WARNING_INTERVAL_MS);
  if (failure.code === "unauthorized" && (await hasLogin(io, state))) {
    printNote(invocation, escapeControls(`Not syncing: ${failure.message}. ${adviseOnLogin(io, state)}`));
  } else {
    if (isTold || !isOld) return;
    const last = formatClock(new Date(state.syncedAt ?? failure.since).toISOString(), io.system);
    printNote(invocation, escapeControls(`Not synced since ${last}: ${failure.message}. Try: todo sync`));
  }
  if (!isTold) await replica.warn(now);
}

/** Whether there is a login that the server can have refused. Who has logged out knows that nothing syncs. */
async function hasLogin(io: Io, { server }: Pick<SyncState, "server">): Promise<boolean> {
  if (isDatabaseUrl(server)) return false;
  if (io.env["TODO_TOKEN"]) return true;
  // A login that can't be read is one: logging in again mends it.
  const kept = await findCredential(io, server).catch(() => null);
  return kept !== undefined;
}

function adviseOnLogin({ env }: Io, { server }: Pick<SyncState, "server">): string {
  return env["TODO_TOKEN"] ? "Set TODO_TOKEN to another one." : `Log in again: todo login ${server}`;
}
