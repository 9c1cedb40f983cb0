import { type SQL, sql } from "drizzle-orm";
import { type Condition, KEPT, type Status } from "../../domain/query/query.ts";
import { TIME_PREFIX } from "../../domain/task/registers.ts";
import type { ActivityPage, ActivityQuery, Months, Outcome, TaskActivity, TrackedTime } from "../../ports/store.ts";
import type { Engine } from "../engine.ts";
import { valueOf } from "../registers.ts";
import { compileConditions } from "./conditions.ts";
import { compileSource } from "./plan-read.ts";
import { compileAfter } from "./sort-keys.ts";

/** Rows of an index that has all of these columns, so that SQLite computes none from registers. Those of a kind say the last two. */
type Row = {
  readonly id: string;
  readonly key: string;
  readonly project: string | null;
  readonly created_key: string;
  readonly due_date: string | null;
  readonly series: string | null;
  readonly wait_until: string | null;
  readonly outcome: Outcome | null;
};

type Reading = { readonly status: Status; readonly index: string; readonly key: SQL; readonly last: SQL };

const READINGS: Readonly<Record<TaskActivity["kind"], Reading>> = {
  open: {
    status: "pending",
    index: "tasks_open",
    key: sql.raw("due_key"),
    last: sql.raw("wait_until, null as outcome"),
  },
  closed: {
    status: "completed",
    index: "tasks_done",
    key: sql.raw("completed_at"),
    last: sql.raw(
      "null as wait_until, case when recurrence is not null then 'ended' else coalesce(outcome, 'done') end as outcome",
    ),
  },
};

/** Sorts behind all devices of a month. */
const AFTER_ALL = "~";

/** A page of what is open or closed, in the order of its index. */
export async function findActivity(engine: Engine, user: string, query: ActivityQuery): Promise<ActivityPage> {
  const { kind, where, since = "", after, limit } = query;
  const { status, index, key, last } = READINGS[kind];
  const conditions = compileConditions(engine.dialect, [{ kind: "status", status }, ...where]);
  const start = after ? compileAfter(key, after, false) : sql`${key} >= ${since}`;
  const rows = await engine.scan(
    user,
    sql<Row>`
    select id, ${key} as key, project, created_key, due_date, series, ${last} from ${compileSource(engine, { index })}
    where ${sql.join([sql`user_id = ${user}`, start, ...conditions], sql` and `)} order by ${key}, id limit ${limit}`,
  );
  const end = rows.length < limit ? undefined : rows.at(-1);
  return { tasks: rows.map((row) => decode(row, kind)), ...(end && { next: { key: end.key, id: end.id } }) };
}

function decode(row: Row, kind: TaskActivity["kind"]): TaskActivity {
  const { id, key, project, created_key: createdAt, due_date: dueDate, series, wait_until: waitUntil, outcome } = row;
  const shared = { id, project, createdAt, dueDate, isRecord: series !== null };
  return kind === "open" || outcome === null
    ? { ...shared, kind: "open", waitUntil }
    : { ...shared, kind: "closed", completedAt: key, outcome };
}

/** Goes through the few tasks that have tracked time. */
export function sumTrackedTime(
  engine: Engine,
  user: string,
  where: readonly Condition[],
  { first, last }: Months,
): Promise<TrackedTime[]> {
  const { dialect } = engine;
  const seconds = valueOf("m.value");
  const conditions = compileConditions(dialect, [KEPT, ...where]);
  return engine.scan(
    user,
    sql<TrackedTime>`
    select project, cast(sum(seconds) as double precision) as seconds from (
      select project, (
        select sum(cast(${seconds} as bigint)) from ${dialect.members(sql`tasks.registers`)} m
        where m.key >= ${TIME_PREFIX + first} and m.key < ${TIME_PREFIX + last + AFTER_ALL} and trim(${seconds}, '0123456789') = '') as seconds
      from ${compileSource(engine, { index: "tasks_times" })}
      where user_id = ${user} and times is not null and ${sql.join(conditions, sql` and `)}) timed
    where seconds is not null group by project`,
  );
}
