import { hasCode, TodoError } from "../errors.ts";
import { quoteShort } from "../task/text.ts";
import { expandRule } from "./expand.ts";
import { isOccurrence, readOccurrence } from "./occurrence.ts";
import { checkRule, parseRule } from "./rule.ts";

/**
 * What the next occurrence is counted from. `due`: the schedule, and what is missed is passed over. `each`: the
 * schedule, one by one. `done`: the day of completion.
 */
export const MODES = ["due", "done", "each"] as const;
export type Mode = (typeof MODES)[number];

/** How a task repeats. One register holds all of it, so that two devices can't mix two rules. */
export type Series = {
  readonly mode: Mode;
  /** The first occurrence in local time: `2026-11-23` or `2026-11-23T09:00`. */
  readonly start: string;
  /** The IANA name of the zone of its times. null if it knows only days. */
  readonly zone: string | null;
  /** As RFC 5545 and RFC 7529 write it: `FREQ=WEEKLY;BYDAY=MO`. */
  readonly rule: string;
};

const SERIES = /^(\S+) ([\d:T-]+)(?:\[([^\s[\]]+)\])? (\S+)$/;
/** An offset such as `+01:00` is a zone too, but knows no summer. */
const ZONE_NAME = /^[A-Za-z]/;

/** The text as which a series is stored. */
export function formatSeries({ mode, start, zone, rule }: Omit<Series, "mode"> & { readonly mode: string }): string {
  return `${mode} ${start}${zone === null ? "" : `[${zone}]`} ${rule}`;
}

/** Reads a stored series. null for one that this version can't expand, which may be one of a later version. */
export function readSeries(text: string): Series | null {
  const [, word, start = "", zone = null, rule = ""] = SERIES.exec(text) ?? [];
  const mode = MODES.find((known) => known === word);
  if (mode === undefined) return null;
  try {
    return checkForm({ mode, start, zone, rule });
  } catch (error) {
    if (hasCode(error, "invalid_input")) return null;
    throw error;
  }
}

/** The series, if this version can expand it and it occurs at all. Throws `invalid_input` otherwise. */
export function checkSeries(series: Series): Series {
  const { start, rule } = checkForm(series);
  if (expandRule(parseRule(rule), readOccurrence(start)).next().done === true) {
    throw new TodoError("invalid_input", `the rule ${quoteShort(rule)} has no day on which the task is due`);
  }
  return series;
}

function checkForm(series: Series): Series {
  checkStart(series);
  const rule = parseRule(series.rule);
  checkRule(rule, { timed: series.zone !== null });
  if (series.mode === "done" && rule.count !== undefined) {
    throw new TodoError("invalid_input", "what is counted from completion can't end after a number of times", {
      hints: ["Give it a last day: until 2027-06-30."],
    });
  }
  return series;
}

function checkStart({ start, zone }: Series): void {
  if (!isOccurrence(start)) {
    throw new TodoError("invalid_input", `${quoteShort(start)} is not a start`, {
      hints: ["Write a day (2026-11-23) or a local time (2026-11-23T09:00)."],
    });
  }
  if (start.includes("T") !== (zone !== null)) {
    throw new TodoError("invalid_input", "a start needs both a time and a time zone, or neither");
  }
  if (zone !== null) checkZone(zone);
}

/** The name of a time zone, if there is such a one. Throws `invalid_input` otherwise. */
export function checkZone(name: string): string {
  if (isZone(name)) return name;
  throw new TodoError("invalid_input", `unknown time zone ${quoteShort(name)}`);
}

/** Whether a time zone has this name. */
export function isZone(name: string): boolean {
  if (!ZONE_NAME.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
