import { TodoError } from "../../domain/errors.ts";
import { suggestNearest } from "../../domain/nearest.ts";
import { quoteShort } from "../../domain/task/text.ts";

/** What lists can be grouped by, in the order of the help. */
export const GROUPINGS = ["project", "due", "priority", "tag"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** The words for them, and for no groups. */
export const GROUPING_NAMES: readonly string[] = [...GROUPINGS, "none"];

/** What a list is to be grouped by, undefined for `none`. Throws `usage` for any other word. */
export function readGrouping(text: string): Grouping | undefined {
  const word = text.toLowerCase();
  if (word === "none") return undefined;
  const grouping = GROUPINGS.find((known) => known === word);
  if (grouping !== undefined) return grouping;
  throw new TodoError("usage", `can't group by ${quoteShort(text)}`, {
    hints: [...suggestNearest(word, GROUPING_NAMES), `Use one of ${GROUPING_NAMES.join(", ")}.`],
  });
}
