import type { LocalTime } from "../dates/local-time.ts";
import type { Argument } from "./argument.ts";
import { describeSecondDate, describeStrayDate } from "./stray-dates.ts";
import { describeStrayKeys } from "./stray-keys.ts";
import { listTitleWords } from "./tokens.ts";

/** Tells of words of a new task that stay in the title although they look like fields, tags or a due date. */
export function describeStrayWords(args: readonly Argument[], hasDue: boolean, system: LocalTime): string[] {
  const words = listTitleWords(args, system);
  const date = hasDue ? describeSecondDate(args, system) : describeStrayDate(words, system);
  return [describeStrayKeys(words), date].filter((note) => note !== undefined);
}
