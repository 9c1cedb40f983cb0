import { type SQL, sql } from "drizzle-orm";
import type { Bound, Condition } from "../../domain/query/query.ts";
import { firstTick, formatClock, NO_NODE } from "../../domain/task/clock.ts";
import { FIELDS } from "../../domain/task/fields.ts";
import type { Dialect } from "../dialect.ts";
import { clockOf } from "../registers.ts";

/** A date that is there, or in a range. */
export function compileDated(dialect: Dialect, { date, from, before }: Extract<Condition, { kind: "dated" }>): SQL {
  switch (date) {
    case "dueDate":
      return compileDue(from, before);
    case "completedAt":
      return compileMoment("completed_at", from, before);
    case "createdAt":
      return compileMoment("created_key", from, before);
    case "updatedAt":
      return compileUpdated(dialect, from, before);
    case "scheduledDate":
    case "waitUntil": {
      const { key } = FIELDS[date];
      const bounds = [...(from ? [compare(key, ">=", from)] : []), ...(before ? [compare(key, "<", before)] : [])];
      return sql`(${sql.join([sql`${sql.raw(key)} is not null`, ...bounds], sql` and `)})`;
    }
  }
}

/** The bounds of the key follow from the others. They are there for the index of what is open. */
function compileDue(from: Bound | undefined, before: Bound | undefined): SQL {
  const bounds = [
    from
      ? sql`due_key >= ${from.day < from.moment ? from.day : from.moment} and ${compare("due_date", ">=", from)}`
      : sql`true`,
    before ? sql`due_key <= ${endOfDays(before)} and ${compare("due_date", "<", before)}` : sql`true`,
  ];
  return sql`(due_date is not null and ${sql.join(bounds, sql` and `)})`;
}

/** A column of moments with milliseconds. */
function compileMoment(column: string, from: Bound | undefined, before: Bound | undefined): SQL {
  const name = sql.raw(column);
  const bounds = [
    ...(from ? [sql`${name} >= ${withMillis(from.moment)}`] : []),
    ...(before ? [sql`${name} < ${withMillis(before.moment)}`] : []),
  ];
  return sql`(${sql.join([sql`${name} is not null`, ...bounds], sql` and `)})`;
}

/** The latest clock of a task says when it was changed. */
function compileUpdated(dialect: Dialect, from: Bound | undefined, before: Bound | undefined): SQL {
  const clock = sql`(select max(${clockOf("m.value")}) from ${dialect.members(sql`tasks.registers`)} m)`;
  const bounds = [
    ...(from ? [sql`${clock} >= ${firstClock(from.moment)}`] : []),
    ...(before ? [sql`${clock} < ${firstClock(before.moment)}`] : []),
  ];
  return bounds.length === 0 ? sql`true` : sql`(${sql.join(bounds, sql` and `)})`;
}

/** The first clock of a moment. */
function firstClock(moment: string): string {
  return formatClock(firstTick(Date.parse(moment)), NO_NODE);
}

function withMillis(moment: string): string {
  return moment.replace(/(:\d\d)Z$/, "$1.000Z");
}

/** The largest key of a due date that may lie before a bound. */
function endOfDays({ day, moment }: Bound): string {
  return `${(day > moment ? day : moment).slice(0, 10)}T~`;
}

/** Days are ten characters long and compare with the bound's day, moments with its moment. */
function compare(column: string, operator: string, bound: Bound): SQL {
  const date = sql.raw(column);
  return sql`${date} ${sql.raw(operator)} (case when length(${date}) = 10 then ${bound.day} else ${bound.moment} end)`;
}
