/** The short names of the weekdays, as people type them. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/** The names of the months. */
export const MONTH_NAMES =
  "january february march april may june july august september october november december".split(" ");
/** The short names of the months, as people type them. */
export const MONTHS = MONTH_NAMES.map((name) => name.slice(0, 3));

export const WEEKDAY =
  "(mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)";
export const MONTH =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?" +
  "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/** 1 is Monday, as in ISO 8601. */
export function weekdayNumber(name: string): number {
  return WEEKDAYS.indexOf(name.slice(0, 3)) + 1;
}

/** 1 is January. */
export function monthNumber(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3)) + 1;
}
