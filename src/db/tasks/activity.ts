import { type SQL, sql } from "drizzle-orm";
import { KEPT } from "../../domain/query/query.ts";
import { isSet, readText, TIME_PREFIX } from "../../domain/task/registers.ts";
import type { ActivityQuery, TaskActivity } from "../../ports/store.ts";
import type { Dialect } from "../dialect.ts";
import type { Engine } from "../engine.ts";
import { valueOf } from "../registers.ts";
import { compileConditions } from "./conditions.ts";

/** The registers that are read, by the names of their columns here. To compute a column of `tasks` for each row takes twice as long. */
const REGISTERS = {
  project: "project",
  created: "created_at",
  completed: "completed_at",
  due: "due_date",
  wait: "wait_until",
  cancelled: "cancelled",
  skipped: "skipped",
  recurrence: "recurrence",
  series: "series",
} as const;

type Row = { readonly id: string; readonly seconds: number | null } & {
  readonly [Name in keyof typeof REGISTERS]: string | null;
};

/** Sorts behind all devices of a month. */
const AFTER_ALL = "~";

/** A page of the tasks by id, which is nearly the order in which the database has them. */
export async function findActivity(engine: Engine, user: string, query: ActivityQuery): Promise<TaskActivity[]> {
  const { dialect } = engine;
  const { where, since, months, after = "", limit } = query;
  const { tasks, registers } = dialect.unpacked;
  const columns = Object.entries(REGISTERS).map(([name, key]) => `${registers} ->> '${key}' as ${name}`);
  // What is open has no such register, or null in it, which as a text is behind all moments.
  const ended = sql`coalesce(${valueOf(`(${registers} ->> 'completed_at')`)}, 'null') >= ${`"${since}`}`;
  const conditions = [sql`user_id = ${user} and id > ${after}`, ended, ...compileConditions(dialect, [KEPT, ...where])];
  const rows = await engine.scan(
    user,
    sql<Row>`
    select id, ${sql.raw(columns.join(", "))}, ${sumTime(dialect, months)} as seconds
    from ${tasks} where ${sql.join(conditions, sql` and `)} order by id limit ${limit}`,
  );
  return rows.map(decode);
}

/** The seconds that all devices tracked in the months. Whatever was tracked was started before. */
function sumTime({ members, unpacked }: Dialect, months: ActivityQuery["months"]): SQL {
  if (!months) return sql`0`;
  const seconds = valueOf("m.value");
  const registers = sql.raw(unpacked.registers);
  return sql`case when ${registers} ->> 'started_at' is not null then (
    select cast(sum(case when trim(${seconds}, '0123456789') = '' then cast(${seconds} as bigint) end) as double precision)
    from ${members(registers)} m
    where m.key >= ${TIME_PREFIX + months.first} and m.key < ${TIME_PREFIX + months.last + AFTER_ALL}) end`;
}

function decode(row: Row): TaskActivity {
  const text = (register: string | null) => readText(register ?? undefined);
  return {
    id: row.id,
    project: text(row.project),
    createdAt: text(row.created),
    completedAt: text(row.completed),
    dueDate: text(row.due),
    waitUntil: text(row.wait),
    cancelled: isSet(row.cancelled ?? undefined),
    skipped: isSet(row.skipped ?? undefined),
    isSeries: text(row.recurrence) !== null,
    isRecord: text(row.series) !== null,
    seconds: row.seconds ?? 0,
  };
}
