import { monthNumber, weekdayNumber } from "../../dates/names.ts";
import { WORKDAYS } from "./pattern.ts";
import { peek, type Reader, readList, refuse, take } from "./reader.ts";
import { MONTH_WORD, NUMBERS, ORDINALS, WEEKDAY_WORD, WORKDAY_WORD } from "./vocabulary.ts";

export const MAX_COUNTED = 999;

/** A number counted from the beginning, or from the end if negative, and the token that says it. */
export type Ordinal = { readonly ordinal: number; readonly at: number };

/** Weekdays behind each other. `workdays` is five of them. Monday is 0. Empty if none begins here. */
export function readWeekdays(reader: Reader): number[] {
  return readList(reader, () => readWeekday(reader)).flat();
}

function readWeekday(reader: Reader): readonly number[] | undefined {
  const word = peek(reader);
  if (takeMatch(reader, WORKDAY_WORD)) return WORKDAYS;
  return takeMatch(reader, WEEKDAY_WORD) ? [weekdayNumber(word) - 1] : undefined;
}

/** 1 is January. */
export function readMonth(reader: Reader): number | undefined {
  const word = peek(reader);
  return takeMatch(reader, MONTH_WORD) ? monthNumber(word) : undefined;
}

/** `3rd`, `third`, `last`, `2nd last`, with or without `the`. */
export function readOrdinal(reader: Reader): Ordinal | undefined {
  take(reader, "the");
  const at = reader.position;
  if (take(reader, "last")) return { ordinal: -1, at };
  const ordinal = ordinalOf(peek(reader));
  if (ordinal === undefined) return undefined;
  reader.position += 1;
  return { ordinal: take(reader, "last") ? -ordinal : ordinal, at };
}

/** The number that a word such as `3rd` or `third` means. */
export function ordinalOf(word: string): number | undefined {
  const named = ORDINALS.indexOf(word) + 1;
  if (named > 0) return named;
  return /^\d+(?:st|nd|rd|th)$/.test(word) ? Number.parseInt(word, 10) : undefined;
}

/** A number in digits or as a word. Throws `invalid_input` for one that is too large. */
export function readCount(reader: Reader): number | undefined {
  const word = peek(reader);
  const count = /^\d+$/.test(word) ? Number(word) : NUMBERS.indexOf(word) + 1 || undefined;
  if (count === undefined) return undefined;
  if (count < 1 || count > MAX_COUNTED)
    refuse(reader, { message: `only 1 to ${MAX_COUNTED} can be counted`, advice: [] });
  reader.position += 1;
  return count;
}

/** Reads the next word, if it is of this form. */
export function takeMatch(reader: Reader, form: RegExp): boolean {
  if (!form.test(peek(reader))) return false;
  reader.position += 1;
  return true;
}
