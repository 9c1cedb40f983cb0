import { MONTHS, WEEKDAYS } from "../../dates/names.ts";
import { capitalize } from "../../task/text.ts";
import { fromDays } from "../civil.ts";

/** `Mon`. 0 is Monday. */
export function nameWeekday(weekday: number): string {
  return capitalize(WEEKDAYS[weekday] ?? "");
}

/** `Jan`. 1 is January. */
export function nameMonth(month: number): string {
  return capitalize(MONTHS[month - 1] ?? "");
}

/** `3rd`, from the end `last` and `2nd last`. */
export function nameOrdinal(ordinal: number): string {
  if (ordinal === -1) return "last";
  return ordinal < 0 ? `${countTo(-ordinal)} last` : countTo(ordinal);
}

/** `8:00`, of a minute of the day. */
export function nameTime(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
}

/** `Mon, Tue and Fri` */
export function joinWithAnd(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function countTo(number: number): string {
  const isTeen = number % 100 >= 11 && number % 100 <= 13;
  const ending = ["th", "st", "nd", "rd"][isTeen ? 0 : number % 10];
  return `${number}${ending ?? "th"}`;
}

/** `30 Jun 2027`, of a number of days since 1970. */
export function nameDate(days: number): string {
  const { year, month, day } = fromDays(days);
  return `${day} ${nameMonth(month)} ${year}`;
}
