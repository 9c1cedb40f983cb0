import { TodoError } from "../errors.ts";
import { shorten } from "../task/text.ts";
import { readDay } from "./civil.ts";

/** A part of a rule, `INTERVAL=2`. */
export type RulePart = { readonly name: string; readonly value: string };

/** A weekday, 0 is Monday. Ordinal 0 means every one, 1 the first and -1 the last of a month or year. */
export type RuleWeekday = { readonly ordinal: number; readonly weekday: number };

/** The last moment that may occur, in local time. Without a minute it is the whole day. */
export type Until = { readonly day: number; readonly minute?: number };

export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

const MAX_WEEKS_OF_YEAR = 53;
const MAX_QUOTED_VALUE = 40;

/** The error for a value that a part can't have. It says what to write. */
export function refuseValue({ name, value }: RulePart, advice: string): TodoError {
  return new TodoError("invalid_input", `${name}=${shorten(value, MAX_QUOTED_VALUE)} is not supported: ${advice}`);
}

/** One of the words that a part can have. */
export function readChoice<Word extends string>(part: RulePart, words: readonly Word[], advice?: string): Word {
  const word = words.find((each) => each === part.value);
  if (word === undefined) throw refuseValue(part, advice ?? `write ${listWords(words)}`);
  return word;
}

/** A number from 1 to `max`. */
export function readNumber(part: RulePart, max: number): number {
  const number = /^\d{1,4}$/.test(part.value) ? Number(part.value) : 0;
  if (number < 1 || number > max) throw refuseValue(part, `write a number from 1 to ${max}`);
  return number;
}

/** Numbers with commas between them, sorted. With a `min` below 0 they count from the end too, and 0 is none of them. */
export function readNumbers(part: RulePart, min: number, max: number): number[] {
  const form = min < 0 ? /^[+-]?\d{1,3}$/ : /^\d{1,2}$/;
  const advice = min < 0 ? `write 1 to ${max}, or -1 to ${min} from the end` : `write ${min} to ${max}`;
  const numbers = part.value.split(",").map((value) => {
    const number = form.test(value) ? Number(value) : NaN;
    const isPossible = number >= min && number <= max && (min >= 0 || number !== 0);
    if (!isPossible) throw refuseValue({ name: part.name, value }, advice);
    return number;
  });
  return sortUnique(numbers);
}

/** Weekdays with commas between them: `MO,TH` or `1MO,-1FR`. */
export function readWeekdays(part: RulePart): RuleWeekday[] {
  const values = [...new Set(part.value.split(","))];
  return values.map((value) => readWeekday({ name: part.name, value }));
}

function readWeekday(part: RulePart): RuleWeekday {
  const [, ordinal = "", weekday] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(part.value) ?? [];
  const found = WEEKDAYS.findIndex((each) => each === weekday);
  const isPossible = ordinal === "" || (Number(ordinal) !== 0 && Math.abs(Number(ordinal)) <= MAX_WEEKS_OF_YEAR);
  if (found === -1 || !isPossible) {
    throw refuseValue(part, `write ${listWords(WEEKDAYS)}, or which one of a month or year: 1MO, -1FR`);
  }
  return { ordinal: Number(ordinal), weekday: found };
}

/** A day or a moment. Seconds are left out: occurrences are whole minutes. */
export function readUntil(part: RulePart): Until {
  const [, year, month, date, hour, minute] =
    /^(\d{4})(\d\d)(\d\d)(?:T([01]\d|2[0-3])([0-5]\d)[0-5]\dZ?)?$/.exec(part.value) ?? [];
  const day = readDay(Number(year), Number(month), Number(date));
  if (day === null) throw refuseValue(part, "write a day such as 20271231, or a moment such as 20271231T170000");
  return hour === undefined ? { day } : { day, minute: Number(hour) * 60 + Number(minute) };
}

/** Whether one of these weekdays is a certain one of its month or year, such as the first. */
export function hasOrdinals(weekdays: readonly RuleWeekday[]): boolean {
  return weekdays.some(({ ordinal }) => ordinal !== 0);
}

/** The numbers in their order, each once. */
export function sortUnique(numbers: number[]): number[] {
  const isDone = numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? number));
  return isDone ? numbers : [...new Set(numbers)].toSorted((one, other) => one - other);
}

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
