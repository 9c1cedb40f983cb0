import type { Replica, SyncState } from "../../ports/replica.ts";
import { formatTaskCount } from "../../domain/task/text.ts";
import { findOwnSetting, findSetting } from "../config/config.ts";
import { formatClock } from "../../domain/dates/format-date.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { Io } from "../platform/io.ts";
import { printFacts, printJson, printNote, printText } from "../output/print.ts";
import type { Invocation } from "../invocation.ts";

/** Prints the remote, the last sync or its failure, and the unsent changes. `--quiet` prints only their number. */
export async function printStatus(invocation: Invocation, replica: Replica): Promise<void> {
  const { io, format } = invocation;
  const state = await replica.state(io.system.now());
  const { unsent, rejected } = await replica.backlog();
  const auto = findOwnSetting(io, "sync.auto") ?? "";
  const email = state && (await findEmail(io, state));
  if (format === "json")
    return printJson(invocation, { ...toWire(state, email), auto: auto === "on", unsent, rejected });
  if (format === "quiet") return printText(invocation, String(unsent));
  printFacts(invocation, [
    ["server", state?.server ?? describeNone(io)],
    ["user", email ?? state?.user ?? ""],
    ["last sync", formatTime(invocation, state?.syncedAt ?? null)],
    ["automatic", auto],
    ["unsent", formatTaskCount(unsent)],
    ["refused", String(rejected.length)],
    ...describeFailure(invocation, state),
  ]);
  for (const { id, field, message } of rejected) printNote(invocation, escapeControls(`${id} ${field}: ${message}`));
}

/** Without an upload that was agreed to, a database follows no server, even if this device is logged in to one. */
function describeNone(io: Io): string {
  return findSetting(io, "server") === undefined ? "none: todo login, then todo sync" : "none yet: todo sync";
}

/** The e-mail address of the account, if this device is logged in to it. */
async function findEmail(io: Io, { server, user }: SyncState): Promise<string | null> {
  const { findCredential } = await import("../auth/credentials.ts");
  // The status is shown also if the file with the tokens can't be read.
  const kept = await findCredential(io, server).catch(() => undefined);
  return kept?.credential.user === user ? (kept.credential.email ?? null) : null;
}

function toWire(state: SyncState | null, email: string | null) {
  const { server = null, user = null, syncedAt = null, failure = null } = state ?? {};
  const failed = failure && { ...failure, since: toIso(failure.since), at: toIso(failure.at) };
  return { server, user, email, synced_at: syncedAt === null ? null : toIso(syncedAt), failure: failed };
}

function describeFailure(invocation: Invocation, state: SyncState | null): [name: string, value: string][] {
  const failure = state?.failure;
  if (!failure) return [];
  const { since, at, message } = failure;
  return [
    ["fails since", formatTime(invocation, since)],
    ["newest reason", at === since ? message : `${message} (${formatTime(invocation, at)})`],
  ];
}

function formatTime({ io }: Invocation, time: number | null): string {
  return time === null ? "never" : formatClock(toIso(time), io.system);
}

function toIso(time: number): string {
  return new Date(time).toISOString();
}
