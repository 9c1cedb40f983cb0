import { type SQL, sql } from "drizzle-orm";
import type { Head, SyncPage } from "../../ports/sync.ts";
import { columns, type Count, type Row, type RowOf } from "../columns.ts";
import type { Dialect } from "../dialect.ts";
import type { TaskTables } from "../tables/tasks.ts";
import { lightRegisters } from "../tasks/light-rows.ts";

// The statements are put into words once for a store, because devices ask all the time and most of them for little.

const user = sql.placeholder("user");
/** The position behind which tasks are asked for. */
const after = sql.placeholder("after");
const limit = sql.placeholder("limit");
/** One more than asked for is looked at, to know whether there are more. */
const limitAndOne = sql.placeholder("limitAndOne");
const maxBytes = sql.placeholder("maxBytes");

const SYNCED = columns<TaskTables["tasks"]>()("id", "revision", "registers");

/** A task behind a position. */
export type NextRow = Row<typeof SYNCED>;

/** A task of the page. `found` is how many there are, the next one after the page too. */
export type SyncedRow = NextRow & { readonly found: Count };

type UserRow = RowOf<TaskTables["users"]>;

/** The head with a task of the page, or where that has none the head alone. */
export type HeadedRow = { readonly [Key in keyof SyncedRow]: SyncedRow[Key] | null } & {
  readonly head: UserRow["revision"];
  readonly purged: UserRow["purged"];
  readonly tag: RowOf<TaskTables["heads"]>["tag"];
};

/** user, after, limitAndOne. The next tasks, of which long ones have their weight in the place of their registers. */
export function selectNext(dialect: Dialect): SQL<NextRow> {
  return sql<NextRow>`
    select id, revision, ${lightRegisters(dialect)} as registers from tasks
    where user_id = ${user} and revision > ${after} order by revision limit ${limitAndOne}`;
}

/** The same, with the head. */
export function selectNextWithHead(dialect: Dialect): SQL<Omit<HeadedRow, "found">> {
  return sql<Omit<HeadedRow, "found">>`
    select u.revision as head, u.purged as purged, h.tag as tag, t.id as id, t.revision as revision, t.registers as registers
    from users u join heads h on h.user_id = u.id and h.revision = u.revision
      left join (${selectNext(dialect)}) t on true
    where u.id = ${user} order by t.revision`;
}

/** user, id. */
export function selectRegisters(): SQL<Pick<NextRow, "registers">> {
  return sql<
    Pick<NextRow, "registers">
  >`select registers from tasks where user_id = ${user} and id = ${sql.placeholder("id")}`;
}

/** In one statement with the head, so that it is that of the tasks. Without a head it finds nothing. */
export function selectPageWithHead(dialect: Dialect): SQL<HeadedRow> {
  return sql<HeadedRow>`
    select u.revision as head, u.purged as purged, h.tag as tag,
      t.id as id, t.revision as revision, t.registers as registers, t.found as found
    from users u join heads h on h.user_id = u.id and h.revision = u.revision
      left join (${selectPage(dialect)}) t on true
    where u.id = ${user} order by t.revision`;
}

/**
 * user, after, limit, limitAndOne, maxBytes. The page ends where it is full, so that no more is read than goes out, but has one task
 * at least. How large the tasks are is looked at first, and one by one only where they don't all fit or are compressed. Exactly it is
 * measured as far as the page would go by that look.
 */
function selectPage(dialect: Dialect): SQL<SyncedRow> {
  const rows = sql`from tasks where user_id = ${user} and revision > ${after}`;
  const sized = sql`(
    select id, revision, ${dialect.weight} as weight, ${dialect.storedSize("registers")} as stored
    ${rows} order by revision limit ${limitAndOne})`;
  const addUp = sql.raw("sum(weight) over (order by revision rows unbounded preceding)");
  const fits = sql`(total <= ${maxBytes} or total = weight)`;
  // The task is looked up once more, because SQLite would read all of what passes from one step to the next.
  const exact = sql`(
    select ${dialect.exactWeight} from tasks where user_id = ${user} and id = likely.id)`;
  return sql<SyncedRow>`
    with page as materialized (
      select count(*) as found, case when sum(weight) <= ${maxBytes} and sum(weight) = sum(stored) then max(revision) else (
        select max(case when ${fits} then revision end) from (
          select revision, weight, ${addUp} as total from (
            select revision, case when ${fits} then ${exact} else weight end as weight from (
              select id, revision, weight, ${addUp} as total from ${sized} one) likely) measured) summed) end as last
      from ${sized} one)
    select ${SYNCED}, (select found from page) as found ${rows} and revision <= (select last from page)
    order by revision limit ${limit}`;
}

/** The page in rows of its tasks. */
export function readPage(dialect: Dialect, head: Head, rows: readonly SyncedRow[]): SyncPage {
  const tasks = rows.map(({ id, revision, registers }) => ({
    id,
    revision: Number(revision),
    registers: dialect.decode(registers),
  }));
  return { tasks, more: Number(rows[0]?.found ?? 0) > tasks.length, head };
}
