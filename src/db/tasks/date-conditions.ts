import { type SQL, sql } from "drizzle-orm";
import { withMillis } from "../../domain/dates/bounds.ts";
import type { Bound, Condition } from "../../domain/query/query.ts";
import { FIELDS } from "../../domain/task/fields.ts";
import type { Dialect } from "../dialect.ts";

type Range = { readonly from?: Bound; readonly before?: Bound };

/** A date that is there, or in a range. */
export function compileDated(dialect: Dialect, { date, ...range }: Extract<Condition, { kind: "dated" }>): SQL {
  switch (date) {
    case "dueDate":
      return compileDue(range);
    case "completedAt":
      return compileMoment("completed_at", "completed_at", range);
    case "createdAt":
      return compileCreated(dialect, range);
    case "updatedAt":
      return compileUpdated(dialect, range);
    case "scheduledDate":
    case "waitUntil": {
      const { key } = FIELDS[date];
      const { from, before } = range;
      const bounds = [...(from ? [compare(key, ">=", from)] : []), ...(before ? [compare(key, "<", before)] : [])];
      return sql`(${sql.join([sql`${sql.raw(key)} is not null`, ...bounds], sql` and `)})`;
    }
  }
}

/** The bounds of the key follow from the others. They are there for the index of what is open. */
function compileDue({ from, before }: Range): SQL {
  const bounds = [
    from
      ? sql`due_key >= ${from.day < from.moment ? from.day : from.moment} and ${compare("due_date", ">=", from)}`
      : sql`true`,
    before ? sql`due_key <= ${endOfDays(before)} and ${compare("due_date", "<", before)}` : sql`true`,
  ];
  return sql`(due_date is not null and ${sql.join(bounds, sql` and `)})`;
}

/** A column of moments with milliseconds, by a key of it that an index has. */
function compileMoment(column: string, key: string, { from, before }: Range): SQL {
  const bounds = [
    ...(from ? [sql`${sql.raw(key)} >= ${withMillis(from.moment)}`] : []),
    ...(before ? [sql`${sql.raw(key)} < ${withMillis(before.moment)}`] : []),
  ];
  return sql`(${sql.join([sql.raw(`${column} is not null`), ...bounds], sql` and `)})`;
}

/** A task without a creation time was created when it was changed last, as in `readTask`. */
function compileCreated(dialect: Dialect, range: Range): SQL {
  return sql`(${compileMoment("created_at", "created_key", range)} or (created_at is null and ${compileUpdated(dialect, range)}))`;
}

function compileUpdated({ updatedTime }: Dialect, { from, before }: Range): SQL {
  const bounds = [
    ...(from ? [sql`${updatedTime} >= ${millisOf(from)}`] : []),
    ...(before ? [sql`${updatedTime} < ${millisOf(before)}`] : []),
  ];
  return bounds.length === 0 ? sql`true` : sql`(${sql.join(bounds, sql` and `)})`;
}

/** Unix milliseconds, as a number that both databases take for a large one. */
function millisOf({ moment }: Bound): SQL {
  return sql`cast(${Date.parse(moment)} as bigint)`;
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
