import { type SQL, sql } from "drizzle-orm";
import { takeWhileFits } from "../../domain/batches.ts";
import { uniquePrefixLength } from "../../domain/task/handle.ts";
import type { Condition, RefPrefix, TaskQuery } from "../../domain/query/query.ts";
import { TAG_PREFIX } from "../../domain/task/registers.ts";
import type { Page, NameCount } from "../../ports/store.ts";
import type { Task } from "../../domain/task/task.ts";
import { compileConditions, isStatus } from "./conditions.ts";
import { compileAfter, compileSortKey } from "./sort-keys.ts";
import { factorConditions } from "./factor.ts";
import { planRead } from "./plan-read.ts";
import { select } from "../columns.ts";
import type { Engine } from "../engine.ts";
import { decodeLightRows, lightColumns, type LightRow, weigh } from "./light-rows.ts";
import { isSetTag } from "../registers.ts";
import { decodeTask, TASK, type TaskRow } from "./rows.ts";

/** Sorts behind every letter and digit, so that a prefix and this bound a range that an index can serve. */
const AFTER_ALL = "~";

/** For fewer handles a look at the neighbours of each is faster, however many tasks there are. */
const MIN_HANDLES_FOR_ALL = 5000;

/** What a server asks for most, so it is put into words once. */
const ONE_TASK = select(
  TASK,
  sql`from tasks where user_id = ${sql.placeholder("user")} and id = ${sql.placeholder("id")}`,
);

/**
 * About how many bytes of tasks are read for one page. Descriptions of the usual length never come to that. A server makes a page
 * of them in some ten milliseconds, in which it answers nobody else.
 */
const MAX_LISTED_BYTES = 1_048_576;

/**
 * One page of a query. One more row than asked for is read, to know whether there is a next page. A page of large tasks ends
 * earlier: they are read when it is known which fit.
 */
export async function findTasks(engine: Engine, user: string, query: TaskQuery): Promise<Page> {
  const reverse = query.reverse ?? false;
  const key = compileSortKey(engine.dialect, query.where, query.sort, reverse);
  const direction = sql.raw(reverse ? "desc" : "asc");
  const anyKey = query.sort === "next" || query.sort === "scheduled" ? anyKeyOfOpen(query.where) : sql``;
  const after = query.after ? sql`and ${compileAfter(key, query.after, reverse)}` : sql``;
  const limit = query.limit === undefined ? sql`` : sql`limit ${query.limit + 1}`;
  const where = factorConditions(query.where);
  const { source, rows: inRange, read } = await planRead(engine, user, { ...query, where });
  const rows = await read(
    user,
    sql<LightRow & { readonly key: string | number }>`
    select ${lightColumns(engine.dialect)}, ${key} as key from ${source}
    where ${selectTasks(engine, user, where)} and ${inRange} ${anyKey} ${after}
    order by ${key} ${direction}, id ${direction} ${limit}`,
  );
  const page = query.limit === undefined ? rows : takeWhileFits(rows.slice(0, query.limit), weigh, MAX_LISTED_BYTES);
  const last = page.at(-1);
  return {
    tasks: await decodeLightRows(engine, user, page),
    ...(rows.length > page.length &&
      last && { next: { key: query.sort === "updated" ? Number(last.key) : last.key, id: last.id } }),
  };
}

/** How many tasks meet all conditions. */
export async function countTasks(engine: Engine, user: string, asked: readonly Condition[]): Promise<number> {
  const where = factorConditions(asked);
  const { source, rows, read } = await planRead(engine, user, { where });
  const [row] = await read(
    user,
    sql<{ count: number }>`
    select cast(count(*) as integer) as count from ${source}
    where ${selectTasks(engine, user, where)} and ${rows} ${anyKeyOfOpen(where)}`,
  );
  return row?.count ?? 0;
}

/**
 * True of every open task. Without a bound of the key the index of what is open, which has what most conditions ask for, would not
 * be taken for a count or an order of its own.
 */
function anyKeyOfOpen(where: readonly Condition[]): SQL {
  return where.some((condition) => isStatus(condition, "pending")) ? sql`and due_key >= ''` : sql``;
}

/** Those of the ids that there are, deleted ones too, in no order. */
export async function getTasks(engine: Engine, user: string, ids: readonly string[]): Promise<Task[]> {
  const [id] = ids;
  if (id !== undefined && ids.length === 1) return decodeTasks(engine, await engine.read(user, ONE_TASK, { user, id }));
  const wanted = engine.dialect.strings(JSON.stringify(ids));
  return readTasks(engine, user, sql`user_id = ${user} and id in (select wanted.value from ${wanted} wanted)`);
}

/** The first tasks whose handle or id begins so, deleted ones too. */
export async function findByPrefix(engine: Engine, user: string, prefix: RefPrefix, limit: number): Promise<Task[]> {
  const [column, start] = "handle" in prefix ? ["handle", prefix.handle] : ["id", prefix.id];
  const name = sql.raw(column);
  const range = sql`${name} >= ${start} and ${name} < ${start + AFTER_ALL}`;
  const rows = await engine.read(
    user,
    sql<LightRow>`
    select ${lightColumns(engine.dialect)} from tasks where user_id = ${user} and ${range} order by ${name} limit ${limit}`,
  );
  return decodeLightRows(engine, user, rows);
}

/** For each handle its shortest unique prefix, from its two neighbours in the index. */
export function shortenHandles(engine: Engine, user: string, handles: readonly string[]): Promise<Map<string, string>> {
  return handles.length < MIN_HANDLES_FOR_ALL ? shortenEach(engine, user, handles) : shortenAll(engine, user, handles);
}

async function shortenEach(engine: Engine, user: string, handles: readonly string[]): Promise<Map<string, string>> {
  const neighbour = (pick: string, side: string) =>
    sql`(select ${sql.raw(pick)}(handle) from tasks where user_id = ${user} and handle ${sql.raw(side)} wanted.value)`;
  const rows = await engine.read(
    user,
    sql<{ handle: string; before: string | null; after: string | null }>`
    select wanted.value as handle, ${neighbour("max", "<")} as before, ${neighbour("min", ">")} as after
    from ${engine.dialect.strings(JSON.stringify(handles))} wanted`,
  );
  return new Map(
    rows.map(({ handle, before, after }) => [handle, handle.slice(0, uniquePrefixLength(handle, [before, after]))]),
  );
}

/** The same from all handles of the user in their order, which is faster if most of them are asked for. */
async function shortenAll(engine: Engine, user: string, handles: readonly string[]): Promise<Map<string, string>> {
  const rows = await engine.scan(
    user,
    sql<{ handle: string }>`select distinct handle from tasks where user_id = ${user} order by handle`,
  );
  const wanted = new Set(handles);
  const prefixes = new Map<string, string>();
  let before: string | null = null;
  for (const [at, { handle }] of rows.entries()) {
    if (wanted.delete(handle)) {
      const neighbours = [before, rows[at + 1]?.handle ?? null];
      prefixes.set(handle, handle.slice(0, uniquePrefixLength(handle, neighbours)));
    }
    before = handle;
  }
  if (wanted.size === 0) return prefixes;
  return new Map([...prefixes, ...(await shortenEach(engine, user, [...wanted]))]);
}

/** Tags or projects of open tasks with their numbers, by name. */
export function countByName(engine: Engine, user: string, kind: "tags" | "projects"): Promise<NameCount[]> {
  const open = selectTasks(engine, user, [{ kind: "status", status: "pending" }]);
  if (kind === "projects") {
    return engine.scan(
      user,
      sql<NameCount>`
      select project as name, cast(count(*) as integer) as count from tasks
      where ${open} and project is not null group by project order by project`,
    );
  }
  return engine.scan(
    user,
    sql<NameCount>`
    select substr(m.key, ${sql.raw(String(TAG_PREFIX.length + 1))}) as name, cast(count(*) as integer) as count
    from tasks join ${engine.dialect.members(sql`tasks.registers`)} m on ${isSetTag("m")}
    where ${open} group by m.key order by m.key`,
  );
}

/** One register of each of these tasks that has it, by id. */
export async function readRegisters(
  engine: Engine,
  user: string,
  { ids, field }: { readonly ids: readonly string[]; readonly field: string },
): Promise<Map<string, string>> {
  const rows = await engine.read(
    user,
    sql<{ id: string; register: string }>`
    select id, registers ->> ${field} as register from tasks
    where user_id = ${user} and id in (select wanted.value from ${engine.dialect.strings(JSON.stringify(ids))} wanted)
      and registers ->> ${field} is not null`,
  );
  return new Map(rows.map(({ id, register }) => [id, register]));
}

async function readTasks(engine: Engine, user: string, where: SQL): Promise<Task[]> {
  const rows = await engine.read(user, select(lightColumns(engine.dialect), sql`from tasks where ${where}`));
  return decodeLightRows(engine, user, rows);
}

function decodeTasks({ dialect }: Engine, rows: readonly TaskRow[]): Task[] {
  return rows.map((row) => decodeTask(dialect, row));
}

function selectTasks(engine: Engine, user: string, where: readonly Condition[]): SQL {
  const conditions = compileConditions(engine.dialect, where);
  return sql.join([sql`user_id = ${user}`, ...conditions], sql` and `);
}
