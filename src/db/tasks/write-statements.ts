import { type SQL, sql } from "drizzle-orm";
import type { Dialect } from "../dialect.ts";
import { CLOCK_LENGTH, MAX_CLOCK_LEAD_MS } from "../../domain/task/clock.ts";
import { WALL_CLOCK } from "../../domain/task/registers.ts";
import { TICKS_OF_MILLI } from "../registers.ts";
import { TASK } from "./rows.ts";
import { areSmall, fits } from "./size.ts";

/** What differs from one unit of work to the next. All else of a statement is put into words once: that took as long as half of it. */
const user = sql.placeholder("user");
const node = sql.placeholder("node");
const now = sql.placeholder("now");
const command = sql.placeholder("command");
const undoes = sql.placeholder("undoes");
const expected = sql.placeholder("expected");
const seen = sql.placeholder("seen");
const count = sql.placeholder("count");
const countFromEnd = sql.placeholder("countFromEnd");
const changes = sql.placeholder("changes");

export type WriteStatements = ReturnType<typeof createWriteStatements>;

/** The statements that write, each with the names of its placeholders. One is made when it is used first. */
export function createWriteStatements(dialect: Dialect) {
  return {
    /** user, count, now */
    lock: once(() => lockUser(sql`cast(${now} as bigint) * ${TICKS_OF_MILLI}`, sql`users.clock + 1`)),
    /** user, count, seen: the latest tick that came with what is merged */
    advanceRevision: once(() => lockUser(sql`cast(${seen} as bigint)`, sql`users.clock`)),
    /** The same, where the clock moves on in any case. */
    advanceRevisionAndClock: once(() => lockUser(sql`cast(${seen} as bigint)`, sql`users.clock + 1`)),
    /** user, expected: an object of revisions by id, as JSON. Answers a row when one of them is not so. */
    check: once(() => checkRevisions(dialect)),
    /** user, node, now, command, undoes, changes */
    record: once(() => recordHistory(dialect)),
    /** user, node, now, countFromEnd, changes */
    edit: once(() => sql`${mergeEdits(dialect)} returning ${TASK}`),
    /** user, changes. Answers a row if an edit would make its task too large. */
    checkSize: once(() => checkSize(dialect)),
    /** The same as `edit` without an answer. */
    editWithoutRows: once(() => mergeEdits(dialect)),
    /** user, countFromEnd, changes. A change that would make its task too large is left out. */
    merge: once(() => sql`${mergeWithinLimits(dialect)} returning id, revision`),
    /** The same without an answer. */
    mergeWithoutRows: once(() => mergeWithinLimits(dialect)),
    /** user, changes. How many of the tasks are there and not deleted. */
    countLive: once(() => countLive(dialect)),
    /** user, changes. After such a merge: the tasks whose change was left out. */
    findLeftOut: once(() => findLeftOut(dialect)),
    /** user, countFromEnd, changes. For changes that can't make a task larger, and for what a replica's server holds. */
    mergeAll: once(() => mergeAll(dialect)),
  };
}

/** The same each time, and made at the first. */
export function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

/** A deleted account keeps a users row with revision -1. Writes that began earlier see it and do nothing. */
export const LIVE = sql.raw("revision >= 0");

/** Every writer takes the user's row first: in another order concurrent batches end in deadlocks. */
function lockUser(clock: SQL, least: SQL): SQL {
  return sql`
    insert into users (id, revision, clock) values (${user}, ${count}, ${clock})
    on conflict (id) do update set revision = users.revision + ${count},
      clock = case when users.clock < excluded.clock then excluded.clock else ${least} end
    where users.${LIVE}`;
}

/** A task that is not there counts as one of revision 0, which no task has. */
function checkRevisions(dialect: Dialect): SQL {
  return sql`
    select e.key from ${dialect.members(dialect.json(expected))} e where cast(e.value as bigint) <> coalesce((
      select revision from tasks where user_id = ${user} and id = e.key), 0)
    limit 1`;
}

function recordHistory(dialect: Dialect): SQL {
  return sql`
    insert into history (user_id, clock, at, command, id, before, after, undoes)
    select ${user}, ${dialect.hex(sql.raw("u.clock"))} || ${node}, cast(${now} as bigint), ${command}, c.id,
      coalesce(${dialect.pick(sql`t.registers`, sql`c.fields`)}, '{}'), ${stampEdit(dialect)}, ${undoes}
    from ${dialect.changes(changes)} c join users u on u.id = ${user} and u.${LIVE}
      ${joinTask()}`;
}

/** What is merged: the change `c` as it came, the registers in it, and what keeps changes out. */
type Merging = {
  readonly change: SQL;
  readonly registers: SQL;
  readonly limits?: { readonly join: SQL; readonly where: SQL };
};

/**
 * The one statement that writes tasks. A row that the change does not change is not touched and not answered. `countFromEnd` is how
 * far the first change is behind the user's new revision: each changed row gets a number of its own.
 */
function mergeChanges(dialect: Dialect, { change, registers, limits }: Merging): SQL {
  const mine = sql`tasks.registers`;
  const theirs = sql`excluded.registers`;
  const revision = sql`u.revision - ${countFromEnd} + c.ord + 1`;
  const { folding } = dialect;
  return sql`
    insert into tasks (user_id, id, handle, revision, registers${folding ? sql`, ${folding.columns}` : sql``})
    select ${user}, c.id, c.handle, ${revision}, ${registers}${folding ? sql`, ${folding.insert(change, revision)}` : sql``}
    from ${dialect.changes(changes)} c join users u on u.id = ${user} and u.${LIVE} ${limits?.join ?? sql``} where ${limits?.where ?? sql`true`}
    on conflict (user_id, id) do update set revision = excluded.revision, registers = ${dialect.merge(mine, theirs)}
      ${folding ? sql`, ${folding.update(mine, theirs)}` : sql``}
    where ${dialect.differs(mine, theirs)}`;
}

/** Edits have fields, which get their clocks here. */
function mergeEdits(dialect: Dialect): SQL {
  return mergeChanges(dialect, { change: sql`c.fields`, registers: stampEdit(dialect, addWallClock(dialect)) });
}

/** The fields of an edit that changes something, with the wall clock if the user's clock is far ahead of it. */
function addWallClock(dialect: Dialect): SQL {
  const fields = sql`c.fields`;
  const time = sql`cast(${now} as bigint)`;
  const lead = sql.raw(String(MAX_CLOCK_LEAD_MS));
  return sql`
    case when u.clock > (${time} + ${lead}) * ${TICKS_OF_MILLI} and c.at is null and ${dialect.size(fields)} > 2
      then ${dialect.put(fields, WALL_CLOCK, sql`cast(${time} as text)`)} else ${fields} end`;
}

function mergeAll(dialect: Dialect): SQL {
  return mergeChanges(dialect, { change: sql`c.registers`, registers: sql`c.registers` });
}

/** The task of a change `c`, if it is there. */
function joinTask(): SQL {
  return sql`left join tasks t on t.user_id = ${user} and t.id = c.id`;
}

function present(): SQL {
  return sql`coalesce(t.registers, '{}')`;
}

/** The user's row is locked by then, so that no other writer comes between the look at a task and the merge. */
function mergeWithinLimits(dialect: Dialect): SQL {
  const registers = sql`c.registers`;
  const limits = { join: joinTask(), where: fits(dialect, present(), registers) };
  return mergeChanges(dialect, { change: registers, registers, limits });
}

/** What was left out still differs. */
function findLeftOut(dialect: Dialect): SQL {
  return sql`
    select c.id as left_out from ${dialect.changes(changes)} c ${joinTask()}
    where not ${areSmall(dialect, present(), sql`c.registers`)}
      and (t.id is null or ${dialect.differs(sql`t.registers`, sql`c.registers`)})`;
}

function countLive(dialect: Dialect): SQL {
  return sql`
    select count(*) as live from ${dialect.changes(changes)} c
      join tasks t on t.user_id = ${user} and t.id = c.id and t.deleted_at is null`;
}

/** As if the edits had the latest of all clocks. */
function checkSize(dialect: Dialect): SQL {
  const edited = dialect.stamp(sql`c.fields`, sql.raw(`'${"f".repeat(CLOCK_LENGTH)}'`));
  return sql`
    select 1 as found from ${dialect.changes(changes)} c ${joinTask()} where not ${fits(dialect, present(), edited)}`;
}

/** The registers of one change `c` under the tick of the user `u`, or under the time to which it is dated back. */
function stampEdit(dialect: Dialect, fields = sql`c.fields`): SQL {
  const tick = sql`coalesce(cast(c.at as bigint) * ${TICKS_OF_MILLI}, u.clock)`;
  return dialect.stamp(fields, sql`${dialect.hex(tick)} || ${node}`);
}
