import { resolve } from "node:path";
import { isNear } from "../../domain/durations.ts";
import { type DatabaseFile } from "../../ports/database.ts";
import { isDatabaseUrl } from "../../domain/database-url.ts";
import type { SyncState } from "../../ports/replica.ts";
import { isPurgeDue } from "../../services/sync/purge-file.ts";
import { LOCAL_USER } from "../../services/workspace.ts";
import { findOwnSetting } from "../config/config.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { Io } from "../platform/io.ts";
import { printNote } from "../output/print.ts";
import type { Invocation } from "../invocation.ts";

/** Between two syncs while nothing is unsent. */
const SYNC_INTERVAL_MS = 60_000;
const RETRY_DELAY_MS = 30_000;

/** Commands that sync themselves, decide whether there is anything to sync with, or only help to type. */
const COMMANDS_WITHOUT_SYNC = new Set(["sync", "signup", "login", "logout", "serve", "completion", "__complete"]);

/**
 * After a command: starts a sync in the background if one is due, and warns if it fails, or once a day if others can get
 * at the file. It never fails itself, because nobody asked for it.
 */
export async function startSyncIfDue(invocation: Invocation, command: string): Promise<void> {
  if (invocation.isDryRun) return;
  try {
    const { place } = invocation;
    const database = COMMANDS_WITHOUT_SYNC.has(command) || place.kind === "server" ? undefined : await place.opened();
    if (database) await followUp(invocation, database);
    if (database && command !== "doctor") await warnIfExposed(invocation, database);
  } catch {
    // The next command tries again.
  }
}

async function followUp(invocation: Invocation, { openReplica, file }: DatabaseFile): Promise<void> {
  const { io, format } = invocation;
  const replica = openReplica(LOCAL_USER);
  const now = io.system.now();
  const state = await replica.state(now);
  if (state === null) {
    // Who follows a server purges with the next sync. A file that can't be written is not purged, or each command would try to.
    if ((await isPurgeDue(replica, now)) && (await replica.claimPurge(now))) startSync(io, file);
    return;
  }
  const due = isDue(state, now);
  const { failure } = state;
  if (!(due || failure || state.hasRefused) || !canSyncAlone(io, state) || findOwnSetting(io, "sync.auto") === "off")
    return;
  if (format === "text" && failure) {
    await (await import("./warn-of-failure.ts")).warnOfFailure(invocation, replica, { ...state, failure });
  }
  if (format === "text" && state.hasRefused && (await replica.claimWarning("full_server", now))) {
    printNote(invocation, "Some tasks are on this device only: the server has no room. See: todo sync --status");
  }
  // Start last: it may fail.
  if (due) startSync(io, file);
}

/** Looks at the file, and asks the database only if there is something to say. */
async function warnIfExposed(invocation: Invocation, { openReplica, file }: DatabaseFile): Promise<void> {
  const { io, format } = invocation;
  const exposure = format === "text" ? io.findExposure(file.path) : null;
  if (!exposure || !(await openReplica(LOCAL_USER).claimWarning("open_file", io.system.now()))) return;
  const { path, problem, fix } = exposure;
  printNote(invocation, escapeControls(`${path}: ${problem}. To end that: ${fix}`));
}

function startSync(io: Io, { path }: DatabaseFile["file"]): void {
  io.startInBackground(["sync", "--background", "--db", resolve(path)]);
}

/** False for a database on a server, unless TODO_REMOTE names it: its password is not stored. */
function canSyncAlone({ env }: Io, { server }: SyncState): boolean {
  return !isDatabaseUrl(server) || Boolean(env["TODO_REMOTE"]);
}

function isDue({ hasUnsent, isBusy, failure, syncedAt }: SyncState, now: number): boolean {
  if (isBusy || (failure !== null && isNear(failure.at, now, RETRY_DELAY_MS))) return false;
  return hasUnsent || syncedAt === null || !isNear(syncedAt, now, SYNC_INTERVAL_MS);
}
