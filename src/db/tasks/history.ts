import { type SQL, sql } from "drizzle-orm";
import { readAction } from "../../domain/task/action.ts";
import type { HistoryEntry, HistoryFilter, UndoableEntry } from "../../ports/store.ts";
import { type Registers, WALL_CLOCK } from "../../domain/task/registers.ts";
import { columns, type Row, select } from "../columns.ts";
import type { Engine } from "../engine.ts";
import type { Dialect } from "../dialect.ts";
import type { TaskTables } from "../tables/tasks.ts";
import type { TaskRow } from "./rows.ts";

const ENTRY = columns<TaskTables["history"]>("history")("clock", "at", "command", "id", "before", "after", "undoes");

type EntryRow = Row<typeof ENTRY>;
/** What the task of an entry has now: all registers if the change made it, or else those that the change touched. */
type CurrentRow = Pick<TaskRow, "revision"> & { readonly action: string; readonly current: unknown };

/** The entries of one task or of all. */
export async function readHistory(
  { dialect, read, scan }: Engine,
  user: string,
  filter: HistoryFilter,
): Promise<HistoryEntry[]> {
  const ofTask = filter.id === undefined ? sql`` : sql`and id = ${filter.id}`;
  const order = sql.raw(filter.oldestFirst ? "clock, id" : "clock desc, id");
  const limit = filter.limit === undefined ? sql`` : sql`limit ${filter.limit}`;
  const rows = await (filter.limit === undefined ? scan : read)(
    user,
    select(ENTRY, sql`from history where user_id = ${user} ${ofTask} order by ${order} ${limit}`),
  );
  return rows.map((row) => decodeEntry(dialect, row));
}

/**
 * The entries of the newest change that is neither an undo nor a redo and is not undone now, of tasks that are not gone
 * for good. A change is undone while an undo of it was not redone.
 */
export function readLastChange(engine: Engine, user: string): Promise<UndoableEntry[]> {
  const newest = sql`
    select last.clock from history last
    where last.user_id = ${user} and last.undoes is null and last.command <> 'sync' and not exists (
      select 1 from history undo where undo.user_id = ${user} and undo.undoes = last.clock and not ${isRedone(user, "undo")})
      and exists (select 1 from tasks t where t.user_id = ${user} and t.id = last.id)
    order by last.clock desc limit 1`;
  return readUndoable(engine, user, sql`history.command`, sql`history.clock = (${newest})`);
}

/** The entries of the newest undo that was not redone, if only changes of other devices came after it. */
export function readLastUndo(engine: Engine, user: string): Promise<UndoableEntry[]> {
  const newest = sql`
    select last.clock from history last
    where last.user_id = ${user} and last.command not in ('sync', 'redo') and not ${isRedone(user, "last")}
    order by last.clock desc limit 1`;
  const undone = sql`(
    select undone.command from history undone where undone.user_id = ${user} and undone.clock = history.undoes limit 1)`;
  const command = sql`coalesce(${undone}, history.command)`;
  return readUndoable(engine, user, command, sql`history.clock = (${newest}) and history.command = 'undo'`);
}

/** The same as `isCreation` in the domain. */
const IS_CREATION = sql.raw(`(history.after ->> 'created_at' is not null and history.before ->> 'created_at' is null)`);

/** Whether a redo took back the entry in the table of this name. */
function isRedone(user: string, entry: string): SQL {
  return sql`exists (
    select 1 from history redo
    where redo.user_id = ${user} and redo.undoes = ${sql.raw(entry)}.clock and redo.command = 'redo')`;
}

async function readUndoable(
  { dialect, read }: Engine,
  user: string,
  command: SQL,
  where: SQL,
): Promise<UndoableEntry[]> {
  const rows = await read(
    user,
    sql<EntryRow & CurrentRow>`
    select ${ENTRY}, ${command} as action, tasks.revision,
      case when ${IS_CREATION} then tasks.registers else ${dialect.pick(sql`tasks.registers`, sql`history.after`)} end as current
    from history join tasks on tasks.user_id = history.user_id and tasks.id = history.id
    where history.user_id = ${user} and ${where}
    order by history.id`,
  );
  return rows.map((row) => ({
    ...decodeEntry(dialect, row),
    action: readAction(row.action),
    current: dropWallClock(dialect.decode(row.current)),
    revision: Number(row.revision),
  }));
}

function decodeEntry(dialect: Dialect, row: EntryRow): HistoryEntry {
  const { clock, command, id, undoes } = row;
  const [before, after] = [dropWallClock(dialect.decode(row.before)), dropWallClock(dialect.decode(row.after))];
  return { clock, at: Number(row.at), action: readAction(command), id, before, after, undoes };
}

/** A sync brings it like a field. An entry has a wall clock of its own. */
function dropWallClock(registers: Registers): Registers {
  if (registers[WALL_CLOCK] === undefined) return registers;
  return Object.fromEntries(Object.entries(registers).filter(([field]) => field !== WALL_CLOCK));
}
