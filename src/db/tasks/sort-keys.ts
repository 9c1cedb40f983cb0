import { type SQL, sql } from "drizzle-orm";
import { type Condition, type Position, PRIORITY_LEVELS, type TaskQuery } from "../../domain/query/query.ts";
import { LIMITS } from "../../domain/task/task.ts";
import type { Dialect } from "../dialect.ts";
import { isStatus } from "./conditions.ts";

const BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The same as `isRankKey` in the domain. Null for no rank. */
const IS_RANK = `rank <> '' and length(rank) <= ${LIMITS.rank} and rtrim(rank, '${BASE_62}') = ''`;

const { none: LEVEL_OF_NONE, ...LEVELS } = PRIORITY_LEVELS;

/** The cases of a priority, as texts. */
const PRIORITY_CASES = sql.raw(
  `${Object.entries(LEVELS)
    .map(([priority, level]) => `when priority = '${priority}' then '${level}'`)
    .join(" ")} else '${LEVEL_OF_NONE}'`,
);

/** What a page is ordered by. Never null: a task without a due date, a rank or a completion comes last in both directions. */
export function compileSortKey(
  dialect: Dialect,
  where: readonly Condition[],
  sort: TaskQuery["sort"],
  reverse: boolean,
): SQL {
  switch (sort) {
    case undefined:
      return sql`id`;
    case "due_date":
      return compileDue(dialect, where, reverse);
    case "created":
      return sql`created_key`;
    case "title":
      return dialect.titleKey;
    case "priority":
      return sql`(case priority when 'high' then 1 when 'medium' then 2 when 'low' then 3 else ${sql.raw(reverse ? "0" : "4")} end)`;
    case "rank":
      return compileRank(reverse);
    case "updated":
      return sql`revision`;
    case "completed":
      return sql`coalesce(completed_at, ${lastText(reverse)})`;
    case "scheduled":
      return sql`coalesce(scheduled_date || (case when length(scheduled_date) = 10 then 'T~' else '' end), ${lastText(reverse)})`;
    case "next":
      return sql`((case ${PRIORITY_CASES} end) || ' ' || due_key || ' ' || ${compileRank(false)})`;
  }
}

/** The index of what is open has the key, that of what is closed only the date. */
function compileDue(dialect: Dialect, where: readonly Condition[], reverse: boolean): SQL {
  const key = where.some((condition) => isStatus(condition, "pending")) ? sql`due_key` : dialect.dueKey;
  return reverse ? sql`(case when due_date is null then '' else ${key} end)` : key;
}

function compileRank(reverse: boolean): SQL {
  return sql`(case when ${sql.raw(IS_RANK)} then rank else ${lastText(reverse)} end)`;
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
