import { TodoError } from "../../domain/errors.ts";
import { type Condition, findClosedStatus } from "../../domain/query/query.ts";
import { readListFilter } from "./list-filter.ts";

/** The conditions of a command that shows open tasks alone. Throws `usage` if they ask for others, and what `readListFilter` throws. */
export async function readOpenFilter(
  asked: Parameters<typeof readListFilter>[0],
  terms: readonly string[],
): Promise<Condition[]> {
  const where = await readListFilter(asked, terms);
  const status = findClosedStatus(where);
  if (status === undefined) return where;
  throw new TodoError("usage", `only open tasks are shown here, and status:${status} asks for others`, {
    hints: [`They are in: todo list status:${status}`],
  });
}
