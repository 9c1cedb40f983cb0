import { NONE } from "../../domain/keys.ts";
import type { LocalTime } from "../../domain/dates/local-time.ts";
import { toArguments } from "../../domain/quick-add/argument.ts";
import { readTokens } from "../../domain/quick-add/tokens.ts";
import { quoteShort } from "../../domain/task/text.ts";

/** Says that fields in lines of input are title, if a line has one: a file may have been written for another program. */
export function describeFieldsInLines(titles: readonly string[], system: LocalTime): string | undefined {
  // A key without a value is prose here, and an edit reads it as none instead of refusing it.
  const hasField = (title: string) =>
    readTokens(toArguments([title]), "edit", system).tokens.some(({ value }) => value !== NONE);
  const line = titles.find(hasField);
  if (line === undefined) return undefined;
  return `Lines are titles as they are, also ${quoteShort(line)}. Fields for all of them go behind -: todo add - +home`;
}
