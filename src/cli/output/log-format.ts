import { type Action, ACTIONS } from "../../domain/task/action.ts";
import { type Scalar, TAG_PREFIX } from "../../domain/task/registers.ts";
import type { FieldChange } from "../../domain/task/fields.ts";
import { shorten } from "../../domain/task/text.ts";
import type { System } from "../../ports/system.ts";
import type { WireLogEntry } from "../../contract/task.ts";
import { formatDue, formatMoment } from "./dates.ts";
import { escapeControls } from "./escape.ts";
import type { Output } from "./output.ts";

const ACTION_COLUMNS = Math.max(...ACTIONS.map((action) => action.length));

/** The noun for each action, as in "Undid the completion". */
export const ACTION_NOUNS = {
  add: "the addition",
  edit: "the edit",
  complete: "the completion",
  reopen: "the reopening",
  cancel: "the cancellation",
  skip: "the skip",
  detach: "the detachment",
  start: "the start",
  stop: "the stop",
  note: "the note",
  move: "the move",
  delete: "the deletion",
  restore: "the restoration",
  import: "the import",
  undo: "the undo",
  redo: "the redo",
  sync: "the sync",
} as const satisfies Record<Action, string>;

/** The display name of a register: `due_date` is due, `tag:home` is +home. */
export function fieldName(field: string): string {
  if (field.startsWith(TAG_PREFIX)) return escapeControls(`+${field.slice(TAG_PREFIX.length)}`);
  return escapeControls(field.replace(/_(date|at)$/, ""));
}

/**
 * One line of the log: time, device, command, task, and each field before and after. The title says which task it is, unless
 * the change does.
 */
export function formatLogEntry({ io, paint, format }: Output, entry: WireLogEntry, title?: string): string {
  if (format === "quiet") return entry.handle;
  const changes = entry.changes.filter(({ field }) => field !== "created_at");
  return [
    paint("dim", formatMoment(entry.at, io.system)),
    paint("dim", escapeControls(entry.device)),
    entry.action.padEnd(ACTION_COLUMNS),
    paint("bold", entry.handle),
    ...(title === undefined || changes.some(({ field }) => field === "title") ? [] : [escapeControls(title)]),
    formatChanges(changes, io.system) || "(nothing)",
  ].join("  ");
}

/** Each field before and after a change, on one line. */
export function formatChanges(changes: readonly FieldChange[], system: System, maxCharacters = Infinity): string {
  return changes.map((change) => formatChange(change, system, maxCharacters)).join(", ");
}

function formatChange({ field, before, after }: FieldChange, system: System, maxCharacters: number): string {
  const name = fieldName(field);
  if (field.startsWith(TAG_PREFIX)) return after === true ? name : `-${name.slice(1)} removed`;
  // The entry has the time.
  if (field === "completed_at" || field === "deleted_at") return after === null ? `not ${name}` : name;
  const value = (scalar: Scalar) => formatValue(field, scalar, system, maxCharacters);
  if (after === null) return `${name} removed, was ${value(before)}`;
  return before === null ? `${name} ${value(after)}` : `${name} ${value(before)} → ${value(after)}`;
}

function formatValue(field: string, value: Scalar, system: System, maxCharacters: number): string {
  if (typeof value !== "string") return String(value);
  return field === "due_date" ? formatDue(value, system) : `"${escapeControls(shorten(value, maxCharacters))}"`;
}
