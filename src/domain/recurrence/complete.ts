import type { LocalTime } from "../dates/local-time.ts";
import { TodoError } from "../errors.ts";
import type { Fields } from "../task/registers.ts";
import { quoteShort } from "../task/text.ts";
import { moveDates } from "./moved-dates.ts";
import { dueDateOf, localTimeOf, nextOccurrence, occurrencesBetween } from "./next.ts";
import { isOccurrence, LAST_DAY, laterOf } from "./occurrence.ts";
import { recordFields } from "./record.ts";
import { recordIdOf } from "./record-id.ts";
import { readSeries, type Series } from "./series.ts";

const MAX_HINTS = 2;

/** A task and all that it says of itself. */
export type TaskFields = { readonly id: string; readonly fields: Fields };

/** An occurrence of a repeating task that is to be done or passed over. */
export type OccurrenceEdit = {
  readonly series: TaskFields;
  readonly occurrence: string;
  /** The moment of the edit: UTC with milliseconds. */
  readonly at: string;
  readonly system: Pick<LocalTime, "today" | "timeZone">;
  /** Whether the record of an occurrence lives. */
  readonly isTaken: (occurrence: string) => boolean;
  /** The fields of the record, if there is one that was taken back. */
  readonly record?: Fields | undefined;
  readonly children?: readonly TaskFields[];
};

/** The fields of one commit. Those of the series are none if the occurrence is not the current one. */
export type OccurrenceCommit = {
  readonly series: Fields;
  readonly record: TaskFields;
  readonly children: readonly TaskFields[];
  /** The current occurrence afterwards. null if there is none. */
  readonly next: string | null;
};

/** Completes an occurrence: it gets a record, and the series goes on to the next one or ends. */
export function completeOccurrence(edit: OccurrenceEdit): OccurrenceCommit {
  return closeOccurrence(edit, { completedAt: edit.at, skipped: false, cancelled: false });
}

/** Closes an occurrence without its being done: like completing it, but the record says that it was cancelled. */
export function cancelOccurrence(edit: OccurrenceEdit): OccurrenceCommit {
  return closeOccurrence(edit, { completedAt: edit.at, skipped: false, cancelled: true });
}

/** Passes an occurrence over: like completing it, but the record says that it was skipped. */
export function skipOccurrence(edit: OccurrenceEdit): OccurrenceCommit {
  return closeOccurrence(edit, { completedAt: edit.at, skipped: true, cancelled: false });
}

/** Makes an occurrence a task of its own: its record stays open. */
export function detachOccurrence(edit: OccurrenceEdit): OccurrenceCommit {
  return closeOccurrence(edit, { completedAt: null, skipped: false, cancelled: false });
}

/**
 * The occurrence that a text means: one of the rule or the current one, by its local time, or by a day that has one.
 * Throws `invalid_input` if there is none.
 */
export function findOccurrence(fields: Fields, text: string): string {
  const current = readCurrent(fields);
  const isPossible = isOccurrence(text);
  if (isPossible && current?.startsWith(text)) return current;
  const following = isPossible ? occurrencesBetween(requireSeries(fields), text, LAST_DAY, MAX_HINTS) : [];
  const [found] = following;
  if (found?.startsWith(text)) return found;
  const hint = found === undefined ? `The current one is ${current}.` : `The next ones are ${following.join(" and ")}.`;
  throw new TodoError("invalid_input", `the task has no occurrence ${quoteShort(text)}`, {
    hints: [hint],
    issues: [{ path: "occurrence", message: `it is none of the task's. ${hint}` }],
  });
}

/** The series of a task that repeats. Throws `invalid_input` if its rule is one of another version. */
export function requireSeries(fields: Fields): Series {
  const { recurrence } = fields;
  const series = typeof recurrence === "string" ? readSeries(recurrence) : null;
  if (series !== null) return series;
  throw new TodoError("invalid_input", "the task repeats by a rule that only another version of todo can read");
}

type Closing = { readonly completedAt: string | null; readonly skipped: boolean; readonly cancelled: boolean };

function closeOccurrence(edit: OccurrenceEdit, closing: Closing): OccurrenceCommit {
  const { series, occurrence, at } = edit;
  const rule = requireSeries(series.fields);
  const current = readCurrent(series.fields);
  const isCurrent = occurrence === current;
  // The current one may have been put off.
  const dueDate = isCurrent ? (series.fields["due_date"] ?? null) : dueDateOf(rule, occurrence);
  const state = { ...closing, seriesId: series.id, occurrence, dueDate, createdAt: at };
  const record = {
    id: recordIdOf(series.id, occurrence),
    fields: { ...recordFields(series.fields, state, edit.record ?? {}), ...stateOfRecord(closing) },
  };
  if (!isCurrent) return { series: {}, record, children: [], next: current };
  const next = nextOccurrence(rule, {
    after: occurrence,
    today: readToday(rule, edit, closing),
    isTaken: edit.isTaken,
  });
  if (next === null) return { series: { completed_at: at }, record, children: [], next };
  const moved = moveDates(series.fields, occurrence, next, { timeZone: () => rule.zone ?? edit.system.timeZone() });
  return {
    series: { due_date: dueDateOf(rule, next), occurrence: next, ...moved },
    record,
    children: reopenChildren(edit.children ?? []),
    next,
  };
}

/** Written even where it is the default: another device may have closed the occurrence in another way, and the later one wins whole. */
function stateOfRecord({ completedAt, skipped, cancelled }: Closing): Fields {
  return { completed_at: completedAt, skipped, cancelled };
}

/** What is skipped ahead of its day was not done today, so nothing is counted from today either. */
function readToday(series: Series, { occurrence, at, system }: OccurrenceEdit, { skipped }: Closing): string {
  const today = series.zone === null ? system.today() : localTimeOf(series, at);
  return skipped ? laterOf(today, occurrence) : today;
}

/** Children that were ticked begin anew with the next occurrence. What was cancelled, deleted or is a record stays. */
function reopenChildren(children: readonly TaskFields[]): TaskFields[] {
  return children.filter(({ fields }) => isTicked(fields)).map(({ id }) => ({ id, fields: { completed_at: null } }));
}

function isTicked(fields: Fields): boolean {
  const isDone = fields["completed_at"] != null && fields["cancelled"] !== true;
  return isDone && fields["deleted_at"] == null && fields["series"] == null;
}

function readCurrent({ occurrence }: Fields): string | null {
  return typeof occurrence === "string" ? occurrence : null;
}
