import type { LocalTime } from "../dates/local-time.ts";
import type { Argument } from "./argument.ts";
import { describeSecondDate, describeStrayDate } from "./stray-dates.ts";
import { describeStrayKeys } from "./stray-keys.ts";
import { listTitleWords } from "./tokens.ts";
import type { Understood } from "./words.ts";

/** Tells of words of a new task that stay in the title although they look like fields, tags or a due date. */
export function describeStrayWords(args: readonly Argument[], { dueDate }: Understood, system: LocalTime): string[] {
  const words = listTitleWords(args, system);
  const date = dueDate === undefined ? describeStrayDate(words, system) : describeSecondDate(args, system);
  return [describeStrayKeys(words), date].filter((note) => note !== undefined);
}
