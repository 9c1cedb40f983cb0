import { and, eq, gte, isNotNull, isNull, lt, not, or, type SQL, sql } from "drizzle-orm";
import type { Bound, Condition, Position, Sort, Status } from "../domain/query.ts";
import { TAG_PREFIX } from "../domain/registers.ts";
import type { Dialect } from "./dialect.ts";
import type { Tables } from "./tables.ts";

type Tasks = Tables["tasks"];

/** One condition of a query as SQL. Never null, so that `not` turns it round. */
export function compileCondition(tasks: Tasks, dialect: Dialect, condition: Condition): SQL | undefined {
  switch (condition.kind) {
    case "status":
      return compileStatus(tasks, condition.status);
    case "tag":
      return sql`exists (select 1 from ${dialect.members(tasks.registers)} m
        where m.key = ${TAG_PREFIX + condition.tag} and substr(m.value, 25) = 'true')`;
    case "project":
      return condition.project === null ? isNull(tasks.project) : known(tasks.project, condition.project);
    case "priority":
      return condition.priority === null ? isNull(tasks.priority) : known(tasks.priority, condition.priority);
    case "no_due_date":
      return isNull(tasks.dueDate);
    case "due":
      return and(
        isNotNull(tasks.dueDate),
        condition.from && compare(tasks, gte, condition.from),
        condition.before && compare(tasks, lt, condition.before),
      );
    case "text":
      return or(dialect.contains(tasks.title, condition.text), dialect.contains(tasks.description, condition.text));
    case "not": {
      const inner = compileCondition(tasks, dialect, condition.condition);
      return inner ? not(inner) : sql`false`;
    }
  }
}

/** What a page is ordered by. Never null: a task without a due date comes last in both directions. */
export function compileSortKey(tasks: Tasks, sort: Sort | undefined, reverse: boolean): SQL {
  switch (sort) {
    case undefined:
      return sql`${tasks.id}`;
    case "due_date":
      return reverse ? sql`coalesce(${tasks.dueDate}, '')` : sql`${tasks.dueKey}`;
    case "created":
      return sql`coalesce(${tasks.createdAt}, '')`;
    case "title":
      return sql`lower(coalesce(${tasks.title}, ''))`;
    case "priority":
      return sql`(case ${tasks.priority} when 'high' then 1 when 'medium' then 2 when 'low' then 3 else ${
        reverse ? sql`0` : sql`4`
      } end)`;
    case "updated":
      return sql`${tasks.revision}`;
  }
}

/** The rows behind a position in the order of the sort key and the id. */
export function compileAfter(tasks: Tasks, key: SQL, after: Position, reverse: boolean): SQL {
  const direction = reverse ? sql`<` : sql`>`;
  return sql`(${key}, ${tasks.id}) ${direction} (${after.key}, ${after.id})`;
}

function compileStatus(tasks: Tasks, status: Status): SQL | undefined {
  switch (status) {
    case "pending":
      return and(isNull(tasks.deletedAt), isNull(tasks.completedAt));
    case "completed":
      return and(isNull(tasks.deletedAt), isNotNull(tasks.completedAt));
    case "deleted":
      return isNotNull(tasks.deletedAt);
    case "all":
      return undefined;
  }
}

function known(column: Tasks["project"], value: string): SQL | undefined {
  return and(isNotNull(column), eq(column, value));
}

/** Days are ten characters long and compare with the bound's day, moments with its moment. */
function compare(tasks: Tasks, operator: typeof lt, bound: Bound): SQL | undefined {
  const isDay = sql`length(${tasks.dueDate}) = 10`;
  return or(and(isDay, operator(tasks.dueDate, bound.day)), and(not(isDay), operator(tasks.dueDate, bound.moment)));
}
