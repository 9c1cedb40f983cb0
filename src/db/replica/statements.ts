import { type SQL, sql } from "drizzle-orm";
import { PROFILE } from "../../domain/profile.ts";
import { CLOCK_LENGTH } from "../../domain/task/clock.ts";
import { WALL_CLOCK } from "../../domain/task/registers.ts";
import { clockOf, LENGTH_OF_CLOCK, valueOf } from "../registers.ts";
import { sqliteDialect } from "../sqlite/dialect.ts";
import { fits } from "../tasks/size.ts";
import { LIVE, once } from "../tasks/write-statements.ts";

// Replicas are SQLite files, so these are written for that alone. Each has the names of its placeholders. A cross join keeps the
// order in which it is written: left to itself SQLite reads all tasks of the user to find those of a change.

const user = sql.placeholder("user");
const node = sql.placeholder("node");
const now = sql.placeholder("now");
const all = sql.raw("'*'");
const WALL_KEY = sql.raw(`'${WALL_CLOCK}'`);
const changes = sqliteDialect.changes(sql.placeholder("changes"));
const PROFILE_ID = sql.raw(`'${PROFILE}'`);

/**
 * Stands for all fields of a task in the outbox. With a clock they only go with the fields that are unsent: a server may have purged
 * what is deleted here, and would get half a task. Without one, or with a `*` before it, they all are unsent themselves.
 */
export const ALL = "*";

/** Whether that is so of an entry `o`. */
export const IS_UNSENT_WHOLE = sql.raw(`(o.field = '*' and length(o.clock) <> ${CLOCK_LENGTH})`);

const REPLACE_CLOCK = sql`
  on conflict (id, field) do update set clock = case length(outbox.clock) when ${LENGTH_OF_CLOCK} then '' else ${all} end || excluded.clock`;

/** user. Everything is to be sent, whole. */
export const ENQUEUE_ALL = sql`
  insert into outbox (id, field, clock) select id, ${all}, '' from tasks where user_id = ${user}
  on conflict (id, field) do update set clock = ''`;

/** Whether the task of a change was deleted before the edit, which the log has noted last. */
const wasDeleted = sql`(
    select substr(h.before ->> 'deleted_at', 25) <> 'null' from history h
    where h.user_id = ${user} and h.id = c.id order by h.clock desc limit 1)`;

/** user, changes. Where the user follows a server, what an edit has changed is to be sent, with the clocks that it has now. */
export const ENQUEUE = sql`
  insert into outbox (id, field, clock)
  select c.id, unsent.value, ${clockOf("r.value")}
  from (select 1 from replica where key = 'owner' and value = ${user}) cross join ${changes} c
    cross join json_each(c.fields) f cross join tasks t on t.user_id = ${user} and t.id = c.id
    cross join json_each(t.registers) r on r.key = f.key
    cross join json_each(json_array(f.key,
      case when case f.key when 'deleted_at' then f.value = 'null' or ${wasDeleted} else t.deleted_at is not null end
        then ${all} end,
      case when ${clockOf(`(t.registers ->> '${WALL_CLOCK}')`)} = ${clockOf("r.value")} then ${WALL_KEY} end)) unsent
  where unsent.value is not null
  ${REPLACE_CLOCK}`;

/**
 * The tables of all changes, `arriving`, and of the fields in which one of them has a larger register than its task: `theirs`, and
 * `mine`, which may be empty. Each task is read once, whatever the number of its fields.
 */
function changed(source: "arriving" | "fitting"): SQL {
  const from = sql.raw(source);
  return sql`arriving as materialized (select id, registers from ${changes} every),
  changed as materialized (
    select id, key, max(theirs) as theirs, max(mine) as mine from (
      select c.id, e.key, e.value as theirs, '' as mine from ${from} c cross join json_each(c.registers) e
      union all
      select c.id, e.key, '', e.value from ${from} c cross join tasks t on t.user_id = ${user} and t.id = c.id
        cross join json_each(t.registers) e)
    group by id, key having max(theirs) > max(mine))`;
}

/** user, changes. The same for what somebody merges who follows this very file, before it is merged. Without what is left out. */
export const enqueueMerged = once(
  () => sql`
  with fitting as materialized (
    select c.id, c.registers from ${changes} c left join tasks t on t.user_id = ${user} and t.id = c.id
    where ${fits(sqliteDialect, sql`coalesce(t.registers, '{}')`, sql`c.registers`)}),
  ${changed("fitting")}
  insert into outbox (id, field, clock)
  select d.id, unsent.value, ${clockOf("d.theirs")}
  from (select 1 from replica where key = 'owner' and value = ${user}) cross join changed d
    left join tasks t on t.user_id = ${user} and t.id = d.id
    cross join json_each(case
      when t.deleted_at is not null or (d.key = 'deleted_at' and ${valueOf("d.theirs")} = 'null')
      then json_array(d.key, ${all}) else json_array(d.key) end) unsent
  where true
  ${REPLACE_CLOCK}`,
);

/** user, fields: an object with the names of the entries. Where the user follows a server, they are to be sent with their clocks. */
export const ENQUEUE_PROFILE = sql`
  insert into outbox (id, field, clock)
  select ${PROFILE_ID}, r.key, ${clockOf("r.value")}
  from (select 1 from replica where key = 'owner' and value = ${user}) cross join users u on u.id = ${user}
    cross join json_each(${sql.placeholder("fields")}) f cross join json_each(u.registers) r on r.key = f.key
  where true
  on conflict (id, field) do update set clock = excluded.clock`;

/** user, profile: the server's. What it lacks is to be sent, unless it was refused. A server of an earlier version takes none. */
export const ENQUEUE_LACKING = sql`
  insert into outbox (id, field, clock)
  select ${PROFILE_ID}, r.key, ${clockOf("r.value")} from users u cross join json_each(u.registers) r
  where u.id = ${user} and not exists (select 1 from parked where id = ${PROFILE_ID})
    and r.value > coalesce((select value from json_each(${sql.placeholder("profile")}) theirs where theirs.key = r.key), '')
  on conflict (id, field) do nothing`;

/** user, changes. The same for edits of what turns out to be deleted, and that the server does not have yet. */
export const ENQUEUE_DELETED = sql`
  insert into outbox (id, field, clock)
  select o.id, ${all}, max(o.clock) from ${changes} c cross join outbox o on o.id = c.id
    cross join tasks t on t.user_id = ${user} and t.id = o.id
  where t.deleted_at is not null group by o.id
  on conflict (id, field) do nothing`;

/** user, changes. How many unsent values what arrives is about to take the place of, by another one. */
export const countConflicts = once(
  () => sql`
  with ${changed("arriving")}
  select count(*) as conflicts from changed d
  where d.mine <> '' and ${valueOf("d.theirs")} <> ${valueOf("d.mine")} and exists (
    select 1 from outbox o where o.id = d.id and (o.field = d.key or ${IS_UNSENT_WHOLE}))`,
);

/** user, node, now, changes. What a merge is about to change, and the values whose place is taken. */
export const recordArrivals = once(
  () => sql`
  with ${changed("arriving")}
  insert into history (user_id, clock, at, command, id, before, after, undoes)
  select ${user}, ${sqliteDialect.hex(sql.raw("u.clock"))} || ${node}, ${now}, 'sync', d.id,
    json_group_object(d.key, d.mine) filter (where d.mine <> ''), json_group_object(d.key, d.theirs), null
  from changed d join users u on u.id = ${user} and u.${LIVE} group by d.id`,
);

/** Behind the last page after `cursor_expired`: what did not come and has no sign that the server never had it. */
export const GONE = sql`id not in (select id from pulled) and id not in (select id from parked)`;

const clock = sql`(select ${sqliteDialect.hex(sql.raw("clock"))} || ${node} from users where id = ${user})`;

/** user, node, now, day: now as JSON. The log keeps all that a task was. */
export const RECORD_DROP = sql`
  insert into history (user_id, clock, at, command, id, before, after, undoes)
  select ${user}, ${clock}, ${now}, 'sync', id, registers,
    json_object('deleted_at', ${clock} || ${sql.placeholder("day")}, 'title', ${clock} || 'null'), null
  from tasks where user_id = ${user} and ${GONE}`;

/**
 * A server has everything of a task that is deleted here and is acknowledged, unless it has purged that. What comes with less is then
 * another life of the task, which somebody has made whose own was not acknowledged or who keeps it.
 */
const isReborn = sql`t.deleted_at is not null and ${sqliteDialect.differs(sql`c.registers`, sql`t.registers`)}
    and not exists (select 1 from outbox where id = c.id) and not exists (select 1 from parked where id = c.id)`;

/** user, changes. */
export const FORGET_REBORN = sql`
  update tasks set registers = '{}', folded_at = null where user_id = ${user} and id in (
    select c.id from ${changes} c cross join tasks t on t.user_id = ${user} and t.id = c.id where ${isReborn})`;

/** Stands for the registers of a task that lives here and comes with less than was acknowledged. */
const SURVIVOR = sql.raw("'{}'");

const lacksAcknowledged = sql`exists (
    select 1 from json_each(t.registers) ours
    where ours.value > coalesce((select value from json_each(c.registers) theirs where theirs.key = ours.key), '')
      and not exists (select 1 from outbox o where o.id = c.id and o.field in (ours.key, ${all})))`;

/** user, changes. Notes what came, with the registers of what is another life. What was merged of that life hides it the second time. */
export const NOTE_PULLED = sql`
  insert into pulled (id, registers)
  select c.id, case
    when (${isReborn}) or exists (select 1 from pulled p where p.id = c.id and p.registers <> ${SURVIVOR}) then c.registers
    when t.deleted_at is null and ${lacksAcknowledged} then ${SURVIVOR} end
  from ${changes} c left join tasks t on t.user_id = ${user} and t.id = c.id where true
  on conflict (id) do update set registers = excluded.registers`;

/** user. */
export const TAKE_REBORN = sql`
  update tasks set registers = (select registers from pulled where id = tasks.id), folded_at = null
  where user_id = ${user} and id in (select id from pulled where registers <> ${SURVIVOR})
    and id not in (select id from outbox) and id not in (select id from parked)`;

/**
 * What lives here and comes with less was purged, too, and somebody has brought it back who had less. What was acknowledged in the
 * first life is sent once more, or it would stay with this replica alone.
 */
export const ENQUEUE_SURVIVORS = sql`
  insert into outbox (id, field, clock) select id, ${all}, '' from pulled
  where registers = ${SURVIVOR} and id not in (select id from parked)
  on conflict (id, field) do update set clock = ''`;
