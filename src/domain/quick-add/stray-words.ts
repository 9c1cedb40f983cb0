import type { LocalTime } from "../dates/local-time.ts";
import type { Argument } from "./argument.ts";
import { describeSecondDate, describeStrayDate } from "./stray-dates.ts";
import { listTitleWords } from "./tokens.ts";
import type { Understood } from "./words.ts";

/** Tells of words of a new task that stay in the title although they look like fields, tags or a due date. */
export async function describeStrayWords(
  args: readonly Argument[],
  { dueDate }: Understood,
  system: LocalTime,
): Promise<string[]> {
  const words = listTitleWords(args, system);
  const keys = words.some((word) => /^\+|:/u.test(word)) ? await describeKeys(words) : undefined;
  const date = dueDate === undefined ? describeStrayDate(words, system) : describeSecondDate(args, system);
  return [keys, date].filter((note) => note !== undefined);
}

/** What knows the fields of others is large, and most titles have none. */
async function describeKeys(words: readonly string[]): Promise<string | undefined> {
  const { describeStrayKeys } = await import("./stray-keys.ts");
  return describeStrayKeys(words);
}
