import { isDay } from "../dates/due-date.ts";
import type { LocalTime } from "../dates/local-time.ts";
import { TodoError } from "../errors.ts";
import type { Task } from "../task/task.ts";
import { quoteShort } from "../task/text.ts";
import { firstOccurrence, parseEvery } from "./every.ts";
import { dueDateOf, localTimeOf, occurrencesBetween } from "./next.ts";
import { dayOfOccurrence, LAST_DAY } from "./occurrence.ts";
import { checkSeries, checkZone, formatSeries, type Mode, MODES, readSeries, type Series } from "./series.ts";

/**
 * How a task is to repeat: in the words of `every:`, or by a rule. Without a zone, that of the user is meant. Without a
 * start, the series begins at the due date, or today.
 */
export type Repetition =
  | { readonly words: string; readonly zone?: string | undefined }
  | {
      readonly rule: string;
      /** One of `MODES`. What a later version wrote may have another, and comes back as it was. */
      readonly mode?: string | undefined;
      readonly start?: string | undefined;
      readonly zone?: string | undefined;
    };

/** The fields of a task that repeats. */
export type RecurrenceFields = { readonly recurrence: string; readonly occurrence: string; readonly due_date: string };

/** Where a series begins, in local time. */
type Anchor = { readonly local: string; readonly zone: string; readonly today: string; readonly isDue: boolean };

/**
 * The fields by which a task repeats. Its first occurrence is on or after its due date, or today. Throws `invalid_input`
 * for words or a rule that can't be read, or that never occur.
 */
export function planRecurrence(
  asked: string | Repetition,
  { dueDate }: Pick<Task, "dueDate">,
  system: LocalTime,
): RecurrenceFields {
  const repetition = typeof asked === "string" ? { words: asked } : asked;
  const anchor = findAnchor(dueDate, repetition.zone, system);
  const planned = "words" in repetition ? planWords(repetition.words, anchor, system) : planRule(repetition, anchor);
  const recurrence = formatSeries(checkSeries(planned.series));
  return { recurrence, occurrence: planned.occurrence, due_date: dueDateOf(planned.series, planned.occurrence) };
}

type Planned = { readonly series: Series; readonly occurrence: string };

function planWords(words: string, anchor: Anchor, system: LocalTime): Planned {
  const every = parseEvery(words, anchor.local, anchor.today);
  // A time of today may be over.
  const isFromNow = !anchor.isDue && every.time !== undefined;
  const start = firstOccurrence(every, isFromNow ? localNow(system, anchor.zone) : anchor.local);
  const zone = isDay(start) ? null : anchor.zone;
  return { series: { mode: every.mode, rule: every.rule, start, zone }, occurrence: start };
}

function planRule(
  { rule: text, mode: name = "due", start: given, zone: asked }: Extract<Repetition, { rule: string }>,
  { local, zone, isDue }: Anchor,
): Planned {
  const mode = checkMode(name);
  const rule = text.toUpperCase().replace(/;$/, "");
  if (given === undefined) {
    const start = firstOccurrence({ mode, rule }, local);
    return { series: { mode, rule, start, zone: isDay(start) ? null : zone }, occurrence: start };
  }
  const series = checkSeries({ mode, rule, start: given, zone: asked ?? (isDay(given) ? null : zone) });
  const from = isDue ? local : given;
  return { series, occurrence: findFirst(series, series.zone === null ? dayOfOccurrence(from) : from) };
}

function checkMode(name: string): Mode {
  const mode = MODES.find((known) => known === name);
  if (mode !== undefined) return mode;
  throw new TodoError("invalid_input", `${quoteShort(name)} is nothing that occurrences can be counted from`, {
    hints: ["Write due, completion or each."],
  });
}

/** The text as which a repetition with a start is stored, unchecked: it may be one of another version. null without a start. */
export function writeRepetition(asked: string | Repetition): string | null {
  if (typeof asked === "string" || "words" in asked || asked.start === undefined) return null;
  const { mode = "due", start, zone = null, rule } = asked;
  return formatSeries({ mode, start, zone, rule });
}

/** Whether two stored series differ at most in their start. */
export function isSameRule(one: string | null, other: string): boolean {
  const [first, second] = [one === null ? null : readSeries(one), readSeries(other)];
  return first !== null && second !== null && formatSeries({ ...first, start: second.start }) === other;
}

/** The first occurrence of a series from a local time on. Counted from completion, any day may be the first. */
function findFirst(series: Series, from: string): string {
  const { mode, rule, start } = series;
  const [, time] = start.split("T");
  if (mode === "done") return firstOccurrence({ mode, rule, ...(time !== undefined && { time }) }, from);
  const [first] = occurrencesBetween(series, from, LAST_DAY, 1);
  if (first === undefined) throw new TodoError("invalid_input", `the rule ends before ${from}`);
  return first;
}

function findAnchor(dueDate: string | null, asked: string | undefined, system: LocalTime): Anchor {
  const zone = asked === undefined ? system.timeZone() : checkZone(asked);
  const today = asked === undefined ? system.today() : dayOfOccurrence(localNow(system, zone));
  if (dueDate === null) return { local: today, zone, today, isDue: false };
  return { local: isDay(dueDate) ? dueDate : localTimeOf({ zone }, dueDate), zone, today, isDue: true };
}

function localNow({ now }: LocalTime, zone: string): string {
  return localTimeOf({ zone }, new Date(now()).toISOString());
}
