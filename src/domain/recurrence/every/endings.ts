import { parseDay } from "../../dates/day.ts";
import { parseTime } from "../../dates/time-of-day.ts";
import { hasCode } from "../../errors.ts";
import type { Mode } from "../series.ts";
import { attempt, isAtEnd, peek, type Reader, readList, type Refusal, refuse, sliceText, take } from "./reader.ts";
import { ordinalOf, readCount } from "./values.ts";

/** What is said behind the days of a rule. Times are sorted, `08:00`. */
export type Endings = {
  readonly mode?: Mode;
  readonly times?: readonly string[];
  /** A day, `2027-06-30`. */
  readonly until?: string;
  readonly count?: number;
};

/** What the readers need to know of the words before. `today` is the day from which `until` is read. */
export type EndingsContext = { readonly today: string; readonly isDone: boolean; readonly isNthWorkday: boolean };

/** What stands before the last day. */
export const UNTIL_WORDS: readonly string[] = ["until", "till"];

const ADVICE_AT = ["Write a time: at 8:00, or at 8:00, 20:00"];
const ADVICE_UNTIL = ["Write a day: until 30 june, or until 2027-06-30"];

const MODES: readonly (readonly [mode: Mode, first: readonly string[], second: readonly string[]])[] = [
  ["done", ["after"], ["completion", "done"]],
  ["done", ["when"], ["done", "completed"]],
  ["each", ["keeping"], ["missed"]],
];

/** All that stands behind the days of a rule. Throws `invalid_input` for other words and for what is said twice. */
export function readEndings(reader: Reader, context: EndingsContext): Endings {
  const endings: Endings = context.isDone ? { mode: "done" } : {};
  while (!isAtEnd(reader)) {
    take(reader, ",");
    const at = reader.position;
    const next = readEnding(reader, context) ?? refuse(reader);
    refuseConflict(reader, at, endings, next);
    Object.assign(endings, next);
  }
  return endings;
}

function readEnding(reader: Reader, context: EndingsContext): Endings | undefined {
  return readTimes(reader, context) ?? readUntil(reader, context) ?? readRepeats(reader) ?? readMode(reader);
}

function refuseConflict(reader: Reader, at: number, endings: Endings, next: Endings): void {
  const said = { ...endings, ...next };
  if (said.mode === "done" && said.count !== undefined) {
    refuse(reader, {
      at,
      message: "what is counted from completion has no number of times",
      advice: ["Give it a last day: until 30 june"],
    });
  }
  if (said.until !== undefined && said.count !== undefined) {
    refuse(reader, { at, message: "it ends on a day or after a number of times, not both", advice: [] });
  }
  if (Object.keys(next).some((key) => key in endings)) {
    refuse(reader, { at, message: "this was said before", advice: ["Leave out one of the two."] });
  }
}

/** `at 8:00, 20:00` */
function readTimes(reader: Reader, { isNthWorkday }: EndingsContext): Endings | undefined {
  const at = reader.position;
  if (!take(reader, "at")) return undefined;
  const times = readList(reader, () => readTime(reader));
  if (times.length === 0) refuse(reader, { advice: ADVICE_AT });
  const distinct = [...new Set(times.map(({ time }) => time))].toSorted();
  const [first] = times;
  const other = times.find(({ time }) => time.slice(3) !== first?.time.slice(3));
  if (other !== undefined) {
    refuse(reader, {
      at: other.at,
      message: "several times of a day need the same minutes",
      advice: ["Write for example at 8:30, 20:30, or add a task for each time."],
    });
  }
  if (isNthWorkday && distinct.length > 1) {
    refuse(reader, { at, message: "a counted workday has one time", advice: ["Add a task for each time."] });
  }
  return { times: distinct };
}

function readTime(reader: Reader): { time: string; at: number } | undefined {
  const at = reader.position;
  const word = peek(reader);
  if (!/^\d+(?::\d+)?$|^noon$/.test(word) || isTimes(reader)) return undefined;
  reader.position += 1;
  const half = peek(reader);
  const isHalf = word !== "noon" && take(reader, "am", "pm");
  const text = isHalf ? `${word}${half}` : word;
  return { time: orRefuse(reader, { at, advice: ADVICE_AT }, () => parseTime(text).toString().slice(0, 5)), at };
}

/** `until 30 june` */
function readUntil(reader: Reader, { today }: EndingsContext): Endings | undefined {
  if (!take(reader, ...UNTIL_WORDS)) return undefined;
  if (ordinalOf(peek(reader, 1)) !== undefined) take(reader, "the");
  const at = reader.position;
  while (!isAtEnd(reader) && !isEnding(reader)) reader.position += 1;
  const text = sliceText(reader, at, reader.position).toLowerCase().replace(/,$/, "");
  const day = orRefuse(reader, { at, advice: ADVICE_UNTIL }, () => parseDay(text, Temporal.PlainDate.from(today)));
  if (day === undefined) refuse(reader, { at, advice: ADVICE_UNTIL });
  return { until: day.toString() };
}

function isEnding(reader: Reader): boolean {
  if (["at", "for", ...UNTIL_WORDS].includes(peek(reader)) || isTimes(reader)) return true;
  return MODES.some(([, first, second]) => first.includes(peek(reader)) && second.includes(peek(reader, 1)));
}

/** True at `10 times`. */
function isTimes(reader: Reader): boolean {
  return ["times", "time"].includes(peek(reader, 1));
}

/** `for 10 times`, `10 times` */
function readRepeats(reader: Reader): Endings | undefined {
  const isSaid = take(reader, "for");
  const count = attempt(reader, () => {
    const times = readCount(reader);
    return take(reader, "times", "time") ? times : undefined;
  });
  if (count !== undefined) return { count };
  return isSaid ? refuse(reader, { advice: ["Write for 10 times, or until 30 june"] }) : undefined;
}

/** `after completion`, `when done`, `keeping missed` */
function readMode(reader: Reader): Endings | undefined {
  const found = MODES.find(([, first]) => first.includes(peek(reader)));
  if (found === undefined) return undefined;
  const [mode, first, second] = found;
  reader.position += 1;
  if (!take(reader, ...second)) refuse(reader, { advice: [`Write ${first.join()} ${second[0]}`] });
  return { mode };
}

/** What `read` returns. A refusal of its own gets the place of the token and the advice. */
function orRefuse<Result>(reader: Reader, refusal: Refusal, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (hasCode(error, "invalid_input")) refuse(reader, { ...refusal, message: error.message });
    throw error;
  }
}
