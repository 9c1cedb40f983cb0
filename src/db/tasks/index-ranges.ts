import { type SQL, sql } from "drizzle-orm";
import { withMillis } from "../../domain/dates/bounds.ts";
import type { Condition, TaskQuery } from "../../domain/query/query.ts";
import type { Dialect } from "../dialect.ts";
import { compileConditions, isStatus } from "./conditions.ts";

/** Rows of an index that have all tasks of a query, and perhaps others. */
export type IndexRange = {
  readonly index: string;
  /** Which rows, in words of the index alone. */
  readonly rows: SQL;
  /** True if they are few in any case, compared with all tasks. */
  readonly isNarrow?: boolean;
  /** How many there are at most, if that is known without looking. */
  readonly count?: number;
  /** Tasks of the query that the rows lack. If there is one they are no use. */
  readonly missing?: SQL;
};

/** The index of the primary key. */
const BY_ID = "sqlite_autoindex_tasks_1";

/** The rows of tasks that wait for others, or did. */
export const LINKED: IndexRange = { index: "tasks_links", rows: sql.raw("links is not null"), isNarrow: true };

/** Whether a page is so many rows of an index, one after another. Any other may look at all tasks of the user. */
export function isRangeOfIndex({ where, sort, reverse = false, limit }: TaskQuery): boolean {
  const [condition, ...others] = where;
  if (limit === undefined || others.length > 0) return false;
  if (sort === undefined || sort === "updated") return condition === undefined || isStatus(condition, "all");
  if (sort === "created") return condition?.kind === "not" && isStatus(condition.condition, "deleted");
  return sort === "due_date" && !reverse && condition !== undefined && isStatus(condition, "pending");
}

/** The ranges of indexes in which a query could be looked for, beside that of what is open. */
export function listRanges(dialect: Dialect, query: Asked): IndexRange[] {
  return query.where.flatMap((condition) => findRange(dialect, condition, query) ?? []);
}

type Asked = Pick<TaskQuery, "where" | "sort">;

function findRange(dialect: Dialect, condition: Condition, { where, sort }: Asked): IndexRange | undefined {
  const compile = (): SQL => sql.join(compileConditions(dialect, [condition]), sql``);
  const { kind } = condition;
  if (kind === "child_of") return { index: "tasks_parent", rows: compile(), isNarrow: true };
  if (kind === "closed_subtask") return { index: "tasks_parent", rows: sql`parent is not null`, isNarrow: true };
  if (kind === "record_of") return { index: "tasks_series", rows: compile(), isNarrow: true };
  if (kind === "waits_for") return LINKED;
  if (kind === "among") return { index: BY_ID, rows: compile(), count: condition.ids.length };
  if (kind === "has" && condition.part === "reminders") {
    return { index: "tasks_reminders", rows: sql`reminders is not null`, isNarrow: true };
  }
  if (kind === "has" && condition.part === "record") return { index: "tasks_series", rows: compile() };
  if (kind === "has" && condition.part === "recurrence") {
    // There may be many, but without another order the index has that of the query.
    return { index: "tasks_repeating", rows: compile(), isNarrow: sort === undefined };
  }
  return kind === "dated" && condition.date === "createdAt" && where.some(isAboutKept)
    ? findCreatedRange(condition)
    : undefined;
}

/** Tasks that do not say when they were created stand at the beginning of the index, and may have been changed in the range. */
function findCreatedRange({ from, before }: Extract<Condition, { kind: "dated" }>): IndexRange | undefined {
  if (!from) return undefined;
  const end = before ? sql` and created_key < ${withMillis(before.moment)}` : sql``;
  return {
    index: "tasks_created",
    rows: sql`deleted_at is null and created_key >= ${withMillis(from.moment)}${end}`,
    missing: sql`deleted_at is null and created_key = ''`,
  };
}

/** The index has no deleted tasks, and serves only queries that say that they want none. */
function isAboutKept(condition: Condition): boolean {
  if (condition.kind === "not") return isStatus(condition.condition, "deleted");
  return condition.kind === "status" && condition.status !== "deleted" && condition.status !== "all";
}
