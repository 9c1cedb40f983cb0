import { TodoError } from "../errors.ts";
import { suggestNearest } from "../nearest.ts";
import { quoteShort } from "../task/text.ts";
import {
  hasOrdinals,
  readChoice,
  readNumber,
  readNumbers,
  readUntil,
  readWeekdays,
  type RulePart,
  type RuleWeekday,
  type Until,
  WEEKDAYS,
} from "./rule-values.ts";

const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** What RFC 7529 makes of a day that a month or year lacks: nothing, the day before it, or the day after it. */
const SKIPS = ["OMIT", "BACKWARD", "FORWARD"] as const;
export type Skip = (typeof SKIPS)[number];

/** A recurrence rule of RFC 5545. A list of numbers is sorted. It is empty if the rule lacks the part. */
export type Rule = {
  readonly freq: Frequency;
  readonly interval: number;
  readonly count?: number;
  readonly until?: Until;
  readonly byMonth: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byMonthDay: readonly number[];
  readonly byDay: readonly RuleWeekday[];
  readonly byHour: readonly number[];
  readonly byMinute: readonly number[];
  readonly bySetPos: readonly number[];
  /** The weekday on which a week begins. 0 is Monday. */
  readonly wkst: number;
  readonly skip: Skip;
};

/** A rule is expanded again and again. What it costs grows with its lists, and no real one is as long as this. */
export const MAX_RULE_LENGTH = 500;
const MAX_INTERVAL = 9999;
const MAX_COUNT = 9999;
const EXAMPLE = "FREQ=WEEKLY;BYDAY=MO,TH";

const WITHOUT_PARTS: Omit<Rule, "freq"> = {
  interval: 1,
  byMonth: [],
  byYearDay: [],
  byMonthDay: [],
  byDay: [],
  byHour: [],
  byMinute: [],
  bySetPos: [],
  wkst: 0,
  skip: "OMIT",
};

const READERS: ReadonlyMap<string, (part: RulePart) => Partial<Rule>> = new Map<
  string,
  (part: RulePart) => Partial<Rule>
>([
  ["FREQ", (part) => ({ freq: readFrequency(part) })],
  ["INTERVAL", (part) => ({ interval: readNumber(part, MAX_INTERVAL) })],
  ["COUNT", (part) => ({ count: readNumber(part, MAX_COUNT) })],
  ["UNTIL", (part) => ({ until: readUntil(part) })],
  ["BYMONTH", (part) => ({ byMonth: readNumbers(part, 1, 12) })],
  ["BYYEARDAY", (part) => ({ byYearDay: readNumbers(part, -366, 366) })],
  ["BYMONTHDAY", (part) => ({ byMonthDay: readNumbers(part, -31, 31) })],
  ["BYDAY", (part) => ({ byDay: readWeekdays(part) })],
  ["BYHOUR", (part) => ({ byHour: readNumbers(part, 0, 23) })],
  ["BYMINUTE", (part) => ({ byMinute: readNumbers(part, 0, 59) })],
  ["BYSETPOS", (part) => ({ bySetPos: readNumbers(part, -366, 366) })],
  ["WKST", (part) => ({ wkst: WEEKDAYS.indexOf(readChoice(part, WEEKDAYS)) })],
  ["SKIP", (part) => ({ skip: readChoice(part, SKIPS) })],
  ["RSCALE", readCalendar],
]);

/** Parts of RFC 5545 that are not supported, with what to write instead. */
const UNSUPPORTED: ReadonlyMap<string, string> = new Map([
  ["BYSECOND", "leave it out, because tasks are due at whole minutes"],
  ["BYWEEKNO", "use BYYEARDAY, or BYMONTH with BYDAY"],
]);

type Conflict = readonly [isThere: (rule: Rule) => boolean, message: string];

const CONFLICTS: readonly Conflict[] = [
  [
    (rule) => rule.count !== undefined && rule.until !== undefined,
    "COUNT and UNTIL exclude each other: leave one of them out",
  ],
  [
    (rule) => rule.byYearDay.length > 0 && rule.freq !== "YEARLY",
    "BYYEARDAY needs FREQ=YEARLY: use BYMONTHDAY, or repeat by years",
  ],
  [
    (rule) => rule.byMonthDay.length > 0 && rule.freq === "WEEKLY",
    "BYMONTHDAY does not go with FREQ=WEEKLY: use BYDAY, or repeat by months",
  ],
  [
    (rule) => rule.byMonthDay.length > 0 && rule.freq === "YEARLY" && rule.byMonth.length === 0,
    "BYMONTHDAY with FREQ=YEARLY needs BYMONTH: write the months, such as BYMONTH=1",
  ],
  [
    (rule) => hasOrdinals(rule.byDay) && (rule.freq === "DAILY" || rule.freq === "WEEKLY"),
    "BYDAY with a number needs FREQ=MONTHLY or FREQ=YEARLY: leave the number out, or repeat by months",
  ],
  [
    (rule) => hasOrdinals(rule.byDay) && rule.byDay.some(({ ordinal }) => ordinal === 0),
    "BYDAY mixes weekdays with and without a number: write all of them with one, or none",
  ],
  [
    (rule) => rule.bySetPos.length > 0 && !hasSelection(rule),
    "BYSETPOS picks from what other parts give: write one of them too, such as BYDAY=MO,TU",
  ],
];

/** Reads the text of a rule, `FREQ=WEEKLY;BYDAY=MO,TH`. Throws `invalid_input` for what is outside the supported subset. */
export function parseRule(text: string): Rule {
  const parts = splitParts(text);
  const read: Partial<Rule> = {};
  for (const part of parts) Object.assign(read, readPart(part));
  const { freq } = read;
  if (freq === undefined) throw invalid(`FREQ is missing: write a rule like ${EXAMPLE}`);
  if (hasPart(parts, "SKIP") && !hasPart(parts, "RSCALE")) {
    throw invalid("SKIP needs a calendar: write RSCALE=GREGORIAN too");
  }
  const rule: Rule = { ...WITHOUT_PARTS, ...read, freq };
  const conflict = CONFLICTS.find(([isThere]) => isThere(rule));
  if (conflict) throw invalid(conflict[1]);
  return rule;
}

/** Throws `invalid_input` if a rule does not fit a series of days, or one that has a time of day. */
export function checkRule(rule: Rule, { timed }: { readonly timed: boolean }): void {
  if (timed || (rule.byHour.length === 0 && rule.byMinute.length === 0)) return;
  const name = rule.byHour.length > 0 ? "BYHOUR" : "BYMINUTE";
  throw invalid(`${name} needs a time of day: leave it out, or give the first occurrence a time`);
}

function splitParts(text: string): RulePart[] {
  if (text.length > MAX_RULE_LENGTH) {
    throw invalid(`a rule has at most ${MAX_RULE_LENGTH} characters, this one has ${text.length}`);
  }
  // Not Unicode-aware, because an "ı" would become the "I" of a part's name.
  const foreign = /[^A-Z0-9=;,+-]/i.exec(text)?.[0];
  if (foreign !== undefined) throw invalid(`a rule can't contain "${foreign}": write it like ${EXAMPLE}`);
  // A semicolon at the end is wrong, and common.
  const parts = text.toUpperCase().replace(/;$/, "").split(";").map(splitPart);
  const repeated = parts.find(({ name }, index) => parts.findIndex((part) => part.name === name) < index);
  if (repeated) throw invalid(`${repeated.name} is there twice: write it once, with commas between its values`);
  return parts;
}

function splitPart(text: string): RulePart {
  const [, name, value] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return { name, value };
  throw invalid(`${quoteShort(text)} is not a part of a rule: write NAME=VALUE, such as INTERVAL=2`);
}

function readPart(part: RulePart): Partial<Rule> {
  const read = READERS.get(part.name);
  if (read) return read(part);
  const advice = UNSUPPORTED.get(part.name);
  if (advice !== undefined) throw invalid(`${part.name} is not supported: ${advice}`);
  const hints = suggestNearest(part.name, [...READERS.keys()]);
  throw invalid(`${quoteShort(part.name)} is not a part of a rule: write it like ${EXAMPLE}`, hints);
}

function readFrequency(part: RulePart): Frequency {
  return readChoice(part, FREQUENCIES, "a rule repeats by days or more, so write DAILY, WEEKLY, MONTHLY or YEARLY");
}

/** Says nothing, because the Gregorian calendar is the only one. It must be there for SKIP. */
function readCalendar(part: RulePart): Partial<Rule> {
  readChoice(part, ["GREGORIAN"]);
  return {};
}

function hasPart(parts: readonly RulePart[], name: string): boolean {
  return parts.some((part) => part.name === name);
}

/** Whether a part other than BYSETPOS picks days or times. */
function hasSelection({ byMonth, byYearDay, byMonthDay, byDay, byHour, byMinute }: Rule): boolean {
  return [byMonth, byYearDay, byMonthDay, byDay, byHour, byMinute].some((values) => values.length > 0);
}

function invalid(message: string, hints: readonly string[] = []): TodoError {
  return new TodoError("invalid_input", message, { hints });
}
