import { type Action, ACTIONS } from "../../domain/task/action.ts";
import { formatDuration, formatSeconds } from "../../domain/dates/duration.ts";
import {
  DEPENDENCY_PREFIX,
  NOTE_PREFIX,
  REMINDER_PREFIX,
  type Scalar,
  TAG_PREFIX,
  TIME_PREFIX,
} from "../../domain/task/registers.ts";
import { DATE_FIELDS, dropRedundant, fieldName, isSilent } from "../../domain/task/changes.ts";
import { type FieldChange, FIELDS } from "../../domain/task/fields.ts";
import { shorten } from "../../domain/task/text.ts";
import type { System } from "../../ports/system.ts";
import type { WireLogEntry } from "../../contract/log-entry.ts";
import { describeReminder, formatDue, formatMoment } from "../../domain/dates/format-date.ts";
import { escapeControls } from "../../domain/escape.ts";
import { nameTask } from "./name-task.ts";
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

/** How a stored recurrence reads. */
type DescribeRecurrence = (recurrence: string) => string;

/** What words changes need beside their values. What few changes need is loaded only for them. */
export async function loadRecurrenceWords(
  changes: readonly FieldChange[],
  system: System,
): Promise<DescribeRecurrence> {
  if (changes.every(({ field }) => field !== FIELDS.recurrence.key)) return escapeControls;
  const { describeRecurrence } = await import("./recurrence.ts");
  return (recurrence) => escapeControls(describeRecurrence(recurrence, system));
}

/**
 * One line of the log: time, device, command, task, and each field before and after. The title says which task it is, unless
 * the change does.
 */
export function formatLogEntry(
  { io, paint, format }: Output,
  entry: WireLogEntry,
  describeRecurrence: DescribeRecurrence,
  title?: string,
): string {
  if (format === "quiet") return entry.handle;
  const changes = entry.changes.filter(({ field }) => field !== "created_at");
  return [
    paint("dim", formatMoment(entry.at, io.system)),
    paint("dim", escapeControls(entry.device)),
    entry.action.padEnd(ACTION_COLUMNS),
    paint("bold", entry.handle),
    ...(title === undefined || isRenamed(changes) ? [] : [escapeControls(title)]),
    formatChanges(changes, { system: io.system, describeRecurrence }) || "(nothing)",
  ].join("  ");
}

/** Whether the changes themselves say the title. */
export function isRenamed(changes: readonly FieldChange[]): boolean {
  return changes.some((change) => change.field === "title" && !isSilent(change));
}

type ChangeFormat = {
  readonly system: System;
  readonly describeRecurrence: DescribeRecurrence;
  readonly maxCharacters?: number;
};

/** Each field before and after a change, on one line. */
export function formatChanges(all: readonly FieldChange[], format: ChangeFormat): string {
  const changes = dropRedundant(all);
  const times = changes.filter(({ field }) => field.startsWith(TIME_PREFIX));
  const others = changes.filter((change) => !times.includes(change));
  const texts = others.map((change) => formatChange(change, format));
  return [...texts, ...(times.length === 0 ? [] : [formatTime(times)])].join(", ");
}

function formatChange(change: FieldChange, format: ChangeFormat): string {
  const { field, before, after } = change;
  const name = fieldName(field);
  if (field.startsWith(TAG_PREFIX)) return after === true ? name : `-${name.slice(1)} removed`;
  if (field.startsWith(REMINDER_PREFIX)) {
    const reminder = describeReminder(field.slice(REMINDER_PREFIX.length), format.system);
    return `${name} ${reminder}${after === true ? "" : " removed"}`;
  }
  if (field === "started_at") return after === null ? "stopped" : "started";
  if (field === "cancelled" || field === "skipped") return after === true ? name : `not ${name}`;
  // The entry has the time.
  if (field === "completed_at" || field === "deleted_at") return after === null ? `not ${name}` : name;
  // The key says nothing to people.
  if (field === FIELDS.rank.key) return "another place";
  if (field.startsWith(DEPENDENCY_PREFIX)) {
    const handle = nameTask(field.slice(DEPENDENCY_PREFIX.length));
    return after === true ? `waits for ${handle}` : `no longer waits for ${handle}`;
  }
  const value = (scalar: Scalar) => formatValue(field, scalar, format);
  if (field === "series" && typeof after === "string") return `occurrence of ${value(after)}`;
  // It says itself that it repeats.
  if (field === FIELDS.recurrence.key && after !== null) {
    return before === null ? value(after) : `${value(before)} → ${value(after)}`;
  }
  if (after === null) return `${name} removed, was ${value(before)}`;
  if (before !== null) return `${name} ${value(before)} → ${value(after)}`;
  return field.startsWith(NOTE_PREFIX) ? `${name} added ${value(after)}` : `${name} ${value(after)}`;
}

function formatValue(
  field: string,
  value: Scalar,
  { system, describeRecurrence, maxCharacters = Infinity }: ChangeFormat,
): string {
  if (typeof value === "number" && field === FIELDS.estimateMinutes.key) return formatDuration(value);
  if (typeof value !== "string") return String(value);
  if (field === FIELDS.parent.key || field === "series") return nameTask(value);
  if (field === FIELDS.recurrence.key) return describeRecurrence(value);
  return DATE_FIELDS.has(field) ? formatDue(value, system) : `"${escapeControls(shorten(value, maxCharacters))}"`;
}

/** What all devices and months together were changed by: `tracked +25 min`. */
function formatTime(changes: readonly FieldChange[]): string {
  const seconds = changes.reduce((sum, { before, after }) => sum + Number(after) - Number(before), 0);
  const sign = seconds < 0 ? "-" : "+";
  return `tracked ${sign}${formatSeconds(Math.abs(seconds))}`;
}
