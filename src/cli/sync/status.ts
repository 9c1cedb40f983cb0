import type { Replica, SyncState } from "../../ports/replica.ts";
import { findOwnSetting } from "../config/config.ts";
import { formatClock } from "../output/dates.ts";
import { escapeControls } from "../output/escape.ts";
import { countOf } from "./link-account.ts";
import { printFacts, printJson, printNote, printText } from "../output/print.ts";
import type { Invocation } from "../invocation.ts";

/** Prints the remote, the last sync or its failure, and the unsent changes. `--quiet` prints only their number. */
export async function printStatus(invocation: Invocation, replica: Replica): Promise<void> {
  const { io, format } = invocation;
  const state = await replica.state(io.system.now());
  const { unsent, rejected } = await replica.backlog();
  const auto = findOwnSetting(io, "sync.auto") ?? "";
  if (format === "json") return printJson(invocation, { ...toWire(state), auto: auto === "on", unsent, rejected });
  if (format === "quiet") return printText(invocation, String(unsent));
  printFacts(invocation, [
    ["server", state?.server ?? "none: todo login, then todo sync"],
    ["user", state?.user ?? ""],
    ["last sync", formatTime(invocation, state?.syncedAt ?? null)],
    ["automatic", auto],
    ["unsent", countOf(unsent)],
    ["refused", String(rejected.length)],
    ...describeFailure(invocation, state),
  ]);
  for (const { id, field, message } of rejected) printNote(invocation, escapeControls(`${id} ${field}: ${message}`));
}

function toWire(state: SyncState | null) {
  const { server = null, user = null, syncedAt = null, failure = null } = state ?? {};
  const failed = failure && { ...failure, since: toIso(failure.since), at: toIso(failure.at) };
  return { server, user, synced_at: syncedAt === null ? null : toIso(syncedAt), failure: failed };
}

function describeFailure(invocation: Invocation, state: SyncState | null): [name: string, value: string][] {
  const failure = state?.failure;
  if (!failure) return [];
  return [["fails since", `${formatTime(invocation, failure.since)}: ${failure.message}`]];
}

function formatTime({ io }: Invocation, time: number | null): string {
  return time === null ? "never" : formatClock(toIso(time), io.system);
}

function toIso(time: number): string {
  return new Date(time).toISOString();
}
