import { TodoError } from "../../domain/errors.ts";
import { SORTS, type Sort } from "../../domain/query/query.ts";
import { quoteShort } from "../../domain/task/text.ts";

/** The orders as people type them: `due`, as in filters. */
export const SORT_NAMES: readonly string[] = SORTS.map((sort) => (sort === "due_date" ? "due" : sort));

/** The order that a person named, also as JSON has it: `due_date`. Throws `usage` for any other word. */
export function readSort(text: string): Sort {
  const sort = SORTS.find((known, at) => known === text || SORT_NAMES[at] === text);
  if (sort !== undefined) return sort;
  throw new TodoError("usage", `can't sort by ${quoteShort(text)}`, {
    hints: [`Use one of ${SORT_NAMES.join(", ")}.`],
  });
}
