import { and, eq, notExists, type SQL, sql } from "drizzle-orm";
import { tickOf } from "../domain/clock.ts";
import { TodoError } from "../domain/errors.ts";
import { handleOf } from "../domain/handle.ts";
import { mergeRegisters, type Registers, readTask } from "../domain/registers.ts";
import type { Arrival, Commit, Edit } from "../domain/store.ts";
import type { Task } from "../domain/task.ts";
import type { Engine, Step } from "./engine.ts";
import { taskColumns } from "./reads.ts";

/** Edits in one statement: enough for speed, few enough that the JSON of a large import stays small. */
const BATCH = 500;

/**
 * One user's unit of work. The steps run in one transaction: the user's row is locked and its revision and clock move on,
 * then the log is written from what is there, then the edits are merged in.
 */
export async function commitEdits(engine: Engine, user: string, commit: Commit): Promise<Task[]> {
  const edits = foldEdits(commit.edits);
  if (edits.length === 0) return [];
  return run(engine, planCommit(engine, user, commit, edits));
}

/** The steps of a commit, each made when the one before has run, so that the SQL of a large import is never there at once. */
function* planCommit(engine: Engine, user: string, commit: Commit, edits: readonly Edit[]): Generator<Step> {
  const { now, expected, onProgress, blind } = commit;
  const wall = sql`cast(${now} as bigint) * 65536`;
  yield lockUser(engine, user, edits.length, wall, sql`${engine.tables.users.clock} + 1`);
  if (expected) yield checkRevisions(engine, user, expected);
  for (let start = 0; start < edits.length; start += BATCH) {
    const batch = edits.slice(start, start + BATCH);
    const changes = sql`${engine.dialect.changes(JSON.stringify(batch.map(encodeEdit)))} c`;
    yield { query: recordHistory(engine, user, commit, changes) };
    const merge = mergeChanges(engine, user, edits.length - start, changes, stampEdit(engine));
    const onDone = onProgress && (() => onProgress(start + batch.length));
    yield { query: blind ? merge : returnTasks(engine, merge), ...(onDone && { onDone }) };
  }
}

/** Merges registers that other stores made. The clock of the user never falls behind any that was seen. */
export async function mergeArrivals(engine: Engine, user: string, arrivals: readonly Arrival[]): Promise<Task[]> {
  const folded = foldArrivals(arrivals);
  if (folded.length === 0) return [];
  const rows = folded.map(([id, registers]) => ({ id, handle: handleOf(id), registers }));
  const changes = sql`${engine.dialect.changes(JSON.stringify(rows))} c`;
  const seen = sql`cast(${latestTick(folded.map(([, registers]) => registers)).toString()} as bigint)`;
  return run(engine, [
    lockUser(engine, user, folded.length, seen, sql`${engine.tables.users.clock}`),
    { query: returnTasks(engine, mergeChanges(engine, user, folded.length, changes, sql`c.registers`)) },
  ]);
}

async function run(engine: Engine, steps: Iterable<Step>): Promise<Task[]> {
  const rows = await engine.atomically(steps);
  return (rows as Parameters<typeof readTask>[0][]).map(readTask);
}

/** Every writer takes the user's row first: in another order concurrent batches end in deadlocks. */
function lockUser(engine: Engine, user: string, rows: number, clock: SQL, least: SQL): Step {
  const { users } = engine.tables;
  const query = engine.db
    .insert(users)
    .values({ id: user, revision: rows, clock })
    .onConflictDoUpdate({
      target: users.id,
      set: {
        revision: sql`${users.revision} + ${rows}`,
        clock: sql`case when ${users.clock} < ${clock} then ${clock} else ${least} end`,
      },
    });
  return { query };
}

function checkRevisions(engine: Engine, user: string, expected: ReadonlyMap<string, number>): Step {
  const { tasks } = engine.tables;
  const same = engine.db
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.userId, user), sql`${tasks.id} = e.key and ${tasks.revision} = cast(e.value as bigint)`));
  const wanted = JSON.stringify(Object.fromEntries(expected));
  const query = engine.db
    .select({ id: sql<string>`e.key` })
    .from(sql`${engine.dialect.members(wanted)} e`)
    .where(notExists(same))
    .limit(1);
  return { query, refuse: () => new TodoError("conflict", "the task was changed by someone else in the meantime") };
}

function recordHistory(engine: Engine, user: string, commit: Commit, changes: SQL) {
  const { users, tasks, history } = engine.tables;
  const clock = sql`${engine.dialect.hex(sql`u.clock`)} || ${engine.node}`;
  return engine.db.insert(history).select(sql`
    select ${user}, ${clock}, ${commit.now}, ${commit.command}, c.id,
      coalesce(${engine.dialect.pick(sql`t.registers`, sql`c.fields`)}, '{}'),
      ${stampEdit(engine)}, ${commit.undoes ?? null}
    from ${changes} join ${users} u on u.id = ${user}
      left join ${tasks} t on t.user_id = ${user} and t.id = c.id`);
}

/** `behind` is how far the first change is behind the user's new revision: each changed row gets a number of its own. */
function mergeChanges(engine: Engine, user: string, behind: number, changes: SQL, registers: SQL) {
  const { users, tasks } = engine.tables;
  const excluded = sql`excluded.registers`;
  return engine.db
    .insert(tasks)
    .select(
      sql`
      select ${user}, c.id, c.handle, u.revision - ${behind} + c.ord + 1, ${registers}
      from ${changes} join ${users} u on u.id = ${user} where true`,
    )
    .onConflictDoUpdate({
      target: [tasks.userId, tasks.id],
      set: { revision: sql`excluded.revision`, registers: engine.dialect.merge(sql`${tasks.registers}`, excluded) },
      setWhere: engine.dialect.differs(sql`${tasks.registers}`, excluded),
    });
}

function returnTasks(engine: Engine, merge: ReturnType<typeof mergeChanges>) {
  return merge.returning(taskColumns(engine.tables));
}

/** The registers of one change `c` under the tick of the user `u`, or under the time to which it is dated back. */
function stampEdit({ dialect, node }: Engine): SQL {
  const tick = sql`coalesce(cast(c.at as bigint) * 65536, u.clock)`;
  return dialect.stamp(sql`c.fields`, sql`${dialect.hex(tick)} || ${node}`);
}

/** PostgreSQL refuses a statement that meets one row twice, so edits of one task become one. */
function foldEdits(edits: readonly Edit[]): Edit[] {
  const folded = new Map<string, Edit>();
  for (const edit of edits) {
    const earlier = folded.get(edit.id);
    folded.set(edit.id, earlier ? { ...edit, fields: { ...earlier.fields, ...edit.fields } } : edit);
  }
  return [...folded.values()];
}

function foldArrivals(arrivals: readonly Arrival[]): [id: string, registers: Registers][] {
  const folded = new Map<string, Registers>();
  for (const { id, registers } of arrivals) {
    const earlier = folded.get(id);
    folded.set(id, earlier ? mergeRegisters(earlier, registers) : registers);
  }
  return [...folded];
}

/** Values travel as JSON text, so that the bytes in a register are JavaScript's on every database. */
function encodeEdit({ id, fields, at }: Edit) {
  const encoded = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, JSON.stringify(value)]));
  return { id, handle: handleOf(id), fields: encoded, ...(at !== undefined && { at }) };
}

function latestTick(batches: readonly Registers[]): bigint {
  let latest = "0";
  for (const registers of batches)
    for (const register of Object.values(registers)) if (register > latest) latest = register;
  return tickOf(latest);
}
