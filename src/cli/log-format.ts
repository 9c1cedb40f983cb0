import { type Scalar, TAG_PREFIX } from "../domain/registers.ts";
import type { WireLogEntry } from "../services/wire.ts";
import { formatMoment } from "./dates.ts";
import { escapeControls } from "./escape.ts";
import type { Session } from "./session.ts";

const LONGEST_COMMAND = "restore".length;

/** What people call a register: `due_date` is due, `tag:home` is +home. */
export function fieldName(field: string): string {
  if (field.startsWith(TAG_PREFIX)) return escapeControls(`+${field.slice(TAG_PREFIX.length)}`);
  return escapeControls(field.replace(/_(date|at)$/, ""));
}

/** One line of the log: when, on which device, which command, which task, and each field before and after. */
export function formatLogEntry({ io, paint, format }: Session, entry: WireLogEntry): string {
  if (format === "quiet") return entry.handle;
  const changes = entry.changes.filter(({ field }) => field !== "created_at").map(formatChange);
  return [
    paint("dim", formatMoment(entry.at, io.around)),
    paint("dim", entry.device),
    entry.command.padEnd(LONGEST_COMMAND),
    paint("cyan", entry.handle),
    changes.join(", ") || "(nothing)",
  ].join("  ");
}

function formatChange({ field, before, after }: WireLogEntry["changes"][number]): string {
  const name = fieldName(field);
  if (field.startsWith(TAG_PREFIX)) return after === true ? name : `-${name}`;
  if (after === null) return `${name} removed, was ${formatValue(before)}`;
  return before === null ? `${name} ${formatValue(after)}` : `${name} ${formatValue(before)} → ${formatValue(after)}`;
}

function formatValue(value: Scalar): string {
  return typeof value === "string" ? `"${escapeControls(value)}"` : String(value);
}
