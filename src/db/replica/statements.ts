import { sql } from "drizzle-orm";
import { sqliteDialect } from "../dialect.sqlite.ts";
import { LIVE } from "../write-statements.ts";

// Replicas are SQLite files, so these are written for that alone. Each has the names of its placeholders.

const user = sql.placeholder("user");
const node = sql.placeholder("node");
const now = sql.placeholder("now");
const changes = sqliteDialect.changes(sql.placeholder("changes"));

/** Stands for all fields of a task in the outbox. */
export const ALL = "*";

/** user, changes. Where the user follows a server, what an edit has changed is to be sent, with the clocks that it has now. */
export const ENQUEUE = sql`
  insert into outbox (id, field, clock)
  select c.id, f.key, substr(r.value, 1, 24)
  from ${changes} c join json_each(c.fields) f
    join tasks t on t.user_id = ${user} and t.id = c.id join json_each(t.registers) r on r.key = f.key
  where exists (select 1 from replica where key = 'owner' and value = ${user})
  on conflict (id, field) do update set clock = excluded.clock`;

/** user, node, now, changes. What a merge is about to change, and the values whose place is taken. */
export const RECORD_ARRIVALS = sql`
  insert into history (user_id, clock, at, command, id, before, after, undoes)
  select ${user}, printf('%016x', u.clock) || ${node}, ${now}, 'sync', c.id,
    json_group_object(theirs.key, ours.value) filter (where ours.key is not null),
    json_group_object(theirs.key, theirs.value), null
  from ${changes} c join users u on u.id = ${user} and u.${LIVE} join json_each(c.registers) theirs
    left join tasks t on t.user_id = ${user} and t.id = c.id
    left join json_each(t.registers) ours on ours.key = theirs.key
  where theirs.value > coalesce(ours.value, '') group by c.id`;
