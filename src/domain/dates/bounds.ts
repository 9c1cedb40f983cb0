import type { Bound } from "../query/query.ts";
import { countCodePoints } from "../task/text.ts";

/** The length of a calendar day. */
const DAY_LENGTH = 10;

/** What a date is compared with: a day with a day, and all else with a moment. The same for what is no date at all. */
export function chooseBound(date: string, { day, moment }: Bound): string {
  return countCodePoints(date) === DAY_LENGTH ? day : moment;
}

/** A moment as those are stored that have milliseconds. */
export function withMillis(moment: string): string {
  return moment.replace(/(:\d\d)Z$/, "$1.000Z");
}
