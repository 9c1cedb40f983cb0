import { parseDay } from "../../dates/day.ts";
import type { Mode } from "../series.ts";
import { attempt, isAtEnd, orRefuse, peek, type Reader, refuse, sliceText, take } from "./reader.ts";
import { isCountOfTimes, readTimes } from "./times.ts";
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

const ADVICE_UNTIL = ["Write a day: until 30 june, or until 2027-06-30"];

/** The two words of a mode: its first, and those of which one is its second. */
const MODES: readonly (readonly [mode: Mode, first: string, ...seconds: string[]])[] = [
  ["done", "after", "completion", "done"],
  ["done", "when", "done", "completed"],
  ["each", "keeping", "missed"],
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
  return readTimes(reader, context) ?? readUntil(reader, context) ?? readCountOfTimes(reader) ?? readMode(reader);
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
  if (["at", "for", ...UNTIL_WORDS].includes(peek(reader)) || isCountOfTimes(reader)) return true;
  return MODES.some(([, first, ...seconds]) => first === peek(reader) && seconds.includes(peek(reader, 1)));
}

/** `for 10 times`, `10 times` */
function readCountOfTimes(reader: Reader): Endings | undefined {
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
  const found = MODES.find(([, first]) => take(reader, first));
  if (found === undefined) return undefined;
  const [mode, first, ...seconds] = found;
  if (!take(reader, ...seconds)) refuse(reader, { advice: [`Write ${first} ${seconds[0]}`] });
  return { mode };
}
