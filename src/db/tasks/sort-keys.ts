import { type SQL, sql } from "drizzle-orm";
import type { Position, Sort } from "../../domain/query/query.ts";
import { LIMITS } from "../../domain/task/task.ts";
import type { Dialect } from "../dialect.ts";

const BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The same as `isRankKey` in the domain. Null for no rank. */
const IS_RANK = `rank <> '' and length(rank) <= ${LIMITS.rank} and rtrim(rank, '${BASE_62}') = ''`;

/** What a page is ordered by. Never null: a task without a due date, a rank or a completion comes last in both directions. */
export function compileSortKey(dialect: Dialect, sort: Sort | undefined, reverse: boolean): SQL {
  switch (sort) {
    case undefined:
      return sql`id`;
    case "due_date":
      return reverse ? sql`(case when due_date is null then '' else due_key end)` : sql`due_key`;
    case "created":
      return sql`created_key`;
    case "title":
      return dialect.titleKey;
    case "priority":
      return sql`(case priority when 'high' then 1 when 'medium' then 2 when 'low' then 3 else ${sql.raw(reverse ? "0" : "4")} end)`;
    case "rank":
      return sql`(case when ${sql.raw(IS_RANK)} then rank else ${lastText(reverse)} end)`;
    case "updated":
      return sql`revision`;
    case "completed":
      return sql`coalesce(completed_at, ${lastText(reverse)})`;
  }
}

/** The key of a task that comes last. It stands before or behind all dates and ranks. */
function lastText(reverse: boolean): SQL {
  return sql.raw(reverse ? "''" : "'~'");
}

/** The rows behind a position in the order of the sort key and the id. */
export function compileAfter(key: SQL, after: Position, reverse: boolean): SQL {
  // A number may be larger than what it is compared with can be.
  const from = typeof after.key === "number" ? sql`cast(${after.key} as bigint)` : sql`${after.key}`;
  return sql`(${key}, id) ${sql.raw(reverse ? "<" : ">")} (${from}, ${after.id})`;
}
