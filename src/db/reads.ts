import { and, asc, count, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { uniquePrefixLength } from "../domain/handle.ts";
import type { Condition, RefPrefix, TaskQuery } from "../domain/query.ts";
import { readTask, TAG_PREFIX } from "../domain/registers.ts";
import type { Page, Tally } from "../domain/store.ts";
import type { Task } from "../domain/task.ts";
import { compileAfter, compileCondition, compileSortKey } from "./conditions.ts";
import type { Engine } from "./engine.ts";

/** Sorts behind every letter and digit, so that a prefix and this bound a range that an index can serve. */
const AFTER_ALL = "~";

/** The columns of a row that `readTask` takes. */
export function taskColumns({ tasks }: Engine["tables"]) {
  return { id: tasks.id, handle: tasks.handle, revision: tasks.revision, registers: tasks.registers };
}

export async function findTasks(engine: Engine, user: string, query: TaskQuery): Promise<Page> {
  const { tasks } = engine.tables;
  const reverse = query.reverse ?? false;
  const key = compileSortKey(tasks, query.sort, reverse);
  const direction = reverse ? desc : asc;
  const statement = engine.db
    .select({ ...taskColumns(engine.tables), key: sql<string | number>`${key}` })
    .from(tasks)
    .where(and(selectTasks(engine, user, query.where), query.after && compileAfter(tasks, key, query.after, reverse)))
    .orderBy(direction(key), direction(tasks.id));
  const limit = query.limit ?? Number.POSITIVE_INFINITY;
  const rows = await engine.read(Number.isFinite(limit) ? statement.limit(limit + 1) : statement);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    tasks: page.map(readTask),
    ...(rows.length > limit && last && { next: { key: last.key, id: last.id } }),
  };
}

export async function countTasks(engine: Engine, user: string, where: readonly Condition[]): Promise<number> {
  const statement = engine.db
    .select({ count: count() })
    .from(engine.tables.tasks)
    .where(selectTasks(engine, user, where));
  const [row] = await engine.read(statement);
  return row?.count ?? 0;
}

export async function getTasks(engine: Engine, user: string, ids: readonly string[]): Promise<Task[]> {
  const { tasks } = engine.tables;
  const wanted = sql`${tasks.id} in (select value from ${engine.dialect.strings(JSON.stringify(ids))})`;
  const statement = engine.db
    .select(taskColumns(engine.tables))
    .from(tasks)
    .where(and(eq(tasks.userId, user), wanted));
  return (await engine.read(statement)).map(readTask);
}

export async function matchTasks(engine: Engine, user: string, prefix: RefPrefix, limit: number): Promise<Task[]> {
  const { tasks } = engine.tables;
  const [column, start] = "handle" in prefix ? [tasks.handle, prefix.handle] : [tasks.id, prefix.id];
  const statement = engine.db
    .select(taskColumns(engine.tables))
    .from(tasks)
    .where(and(eq(tasks.userId, user), gte(column, start), lt(column, start + AFTER_ALL)))
    .orderBy(asc(column))
    .limit(limit);
  return (await engine.read(statement)).map(readTask);
}

export async function shortenHandles(
  engine: Engine,
  user: string,
  handles: readonly string[],
): Promise<Map<string, string>> {
  const { tasks } = engine.tables;
  const wanted = sql`${engine.dialect.strings(JSON.stringify(handles))} wanted`;
  const neighbour = (select: "min" | "max", side: "<" | ">") =>
    sql<string | null>`(select ${sql.raw(select)}(${tasks.handle}) from ${tasks}
      where ${tasks.userId} = ${user} and ${tasks.handle} ${sql.raw(side)} wanted.value)`;
  const statement = engine.db
    .select({ handle: sql<string>`wanted.value`, before: neighbour("max", "<"), after: neighbour("min", ">") })
    .from(wanted);
  const rows = await engine.read(statement);
  return new Map(
    rows.map(({ handle, before, after }) => [handle, handle.slice(0, uniquePrefixLength(handle, [before, after]))]),
  );
}

export async function tallyTasks(engine: Engine, user: string, kind: "tags" | "projects"): Promise<Tally[]> {
  const { tasks } = engine.tables;
  const open = selectTasks(engine, user, [{ kind: "status", status: "pending" }]);
  if (kind === "projects") {
    const name = sql<string>`${tasks.project}`;
    return engine.read(
      engine.db
        .select({ name, count: count() })
        .from(tasks)
        .where(and(open, sql`${tasks.project} is not null`))
        .groupBy(tasks.project)
        .orderBy(asc(tasks.project)),
    );
  }
  const name = sql<string>`substr(m.key, ${sql.raw(String(TAG_PREFIX.length + 1))})`;
  const isSetTag = sql`substr(m.key, 1, ${TAG_PREFIX.length}) = ${TAG_PREFIX} and substr(m.value, 25) = 'true'`;
  return engine.read(
    engine.db
      .select({ name, count: count() })
      .from(tasks)
      .innerJoin(sql`${engine.dialect.members(tasks.registers)} m`, isSetTag)
      .where(open)
      .groupBy(name)
      .orderBy(asc(name)),
  );
}

function selectTasks(engine: Engine, user: string, where: readonly Condition[]): SQL | undefined {
  const { tasks } = engine.tables;
  return and(eq(tasks.userId, user), ...where.map((condition) => compileCondition(tasks, engine.dialect, condition)));
}
