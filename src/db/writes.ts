import { type SQL, sql } from "drizzle-orm";
import { tickOf } from "../domain/clock.ts";
import { TodoError } from "../domain/errors.ts";
import { handleOf } from "../domain/handle.ts";
import { mergeRegisters, type Registers } from "../domain/registers.ts";
import type { Arrival, Commit, Edit } from "../domain/store.ts";
import type { Task } from "../domain/task.ts";
import type { Engine, Step } from "./engine.ts";
import { decodeTask, TASK_COLUMNS, type StoredTask } from "./rows.ts";

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
  yield { query: lockUser(user, edits.length, sql`cast(${now} as bigint) * 65536`, sql`users.clock + 1`) };
  if (expected) yield checkRevisions(engine, user, expected);
  for (let start = 0; start < edits.length; start += BATCH) {
    const batch = edits.slice(start, start + BATCH);
    const changes = sql`${engine.dialect.changes(JSON.stringify(batch.map(encodeEdit)))} c`;
    yield { query: recordHistory(engine, user, commit, changes) };
    const behind = edits.length - start;
    const merge = mergeChanges(engine, { user, behind, changes, registers: stampEdit(engine), blind: blind ?? false });
    const onDone = onProgress && (() => onProgress(start + batch.length));
    yield { query: merge, ...(onDone && { onDone }) };
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
    { query: lockUser(user, folded.length, seen, sql`users.clock`) },
    {
      query: mergeChanges(engine, { user, behind: folded.length, changes, registers: sql`c.registers`, blind: false }),
    },
  ]);
}

async function run(engine: Engine, steps: Iterable<Step>): Promise<Task[]> {
  const rows = await engine.atomically<StoredTask>(steps);
  return rows.map((row) => decodeTask(engine.dialect, row));
}

/** Every writer takes the user's row first: in another order concurrent batches end in deadlocks. */
function lockUser(user: string, rows: number, clock: SQL, least: SQL): SQL {
  return sql`
    insert into users (id, revision, clock) values (${user}, ${rows}, ${clock})
    on conflict (id) do update set revision = users.revision + ${rows},
      clock = case when users.clock < excluded.clock then excluded.clock else ${least} end`;
}

function checkRevisions({ dialect }: Engine, user: string, expected: ReadonlyMap<string, number>): Step {
  const wanted = JSON.stringify(Object.fromEntries(expected));
  const query = sql`
    select e.key from ${dialect.members(wanted)} e where not exists (
      select 1 from tasks where user_id = ${user} and id = e.key and revision = cast(e.value as bigint))
    limit 1`;
  return { query, refuse: () => new TodoError("conflict", "the task was changed by someone else in the meantime") };
}

function recordHistory(engine: Engine, user: string, commit: Commit, changes: SQL): SQL {
  const { dialect, node } = engine;
  return sql`
    insert into history (user_id, clock, at, command, id, before, after, undoes)
    select ${user}, ${dialect.hex(sql`u.clock`)} || ${node}, ${commit.now}, ${commit.command}, c.id,
      coalesce(${dialect.pick(sql`t.registers`, sql`c.fields`)}, '{}'), ${stampEdit(engine)}, ${commit.undoes ?? null}
    from ${changes} join users u on u.id = ${user} left join tasks t on t.user_id = ${user} and t.id = c.id`;
}

type Merge = {
  readonly user: string;
  /** How far the first change is behind the user's new revision: each changed row gets a number of its own. */
  readonly behind: number;
  readonly changes: SQL;
  readonly registers: SQL;
  readonly blind: boolean;
};

/** The one statement that writes tasks. A row that the change does not change is not touched and not answered. */
function mergeChanges({ dialect }: Engine, { user, behind, changes, registers, blind }: Merge): SQL {
  const mine = sql`tasks.registers`;
  const theirs = sql`excluded.registers`;
  return sql`
    insert into tasks (user_id, id, handle, revision, registers)
    select ${user}, c.id, c.handle, u.revision - ${behind} + c.ord + 1, ${registers}
    from ${changes} join users u on u.id = ${user} where true
    on conflict (user_id, id) do update set revision = excluded.revision, registers = ${dialect.merge(mine, theirs)}
    where ${dialect.differs(mine, theirs)}
    ${blind ? sql`` : sql`returning ${TASK_COLUMNS}`}`;
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
