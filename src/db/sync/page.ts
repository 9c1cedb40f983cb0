import { type SQL, sql } from "drizzle-orm";
import type { Head, SyncPage } from "../../ports/sync.ts";
import { columns, type Row, type RowOf, select } from "../columns.ts";
import type { Dialect } from "../dialect.ts";
import type { TaskTables } from "../tables/tasks.ts";

/** Which tasks are asked for: those behind a position, and how many. */
export type PageOf = { readonly after: number; readonly limit: number };

const SYNCED = columns<TaskTables["tasks"]>()("id", "revision", "registers");

export type SyncedRow = Row<typeof SYNCED>;

type UserRow = RowOf<TaskTables["users"]>;

/** The head with a task of the page, or where that has none the head alone. */
type HeadedRow = { readonly [Key in keyof SyncedRow]: SyncedRow[Key] | null } & {
  readonly head: UserRow["revision"];
  readonly purged: UserRow["purged"];
  readonly tag: RowOf<TaskTables["heads"]>["tag"];
};

/** One statement, so that the head is that of the tasks in the page. Without a head it finds nothing. */
export function selectPageWithHead(user: string, page: PageOf): SQL<HeadedRow> {
  return sql<HeadedRow>`
    select u.revision as head, u.purged as purged, h.tag as tag, t.id as id, t.revision as revision, t.registers as registers
    from users u join heads h on h.user_id = u.id and h.revision = u.revision
      left join (${selectPage(user, page)}) t on true
    where u.id = ${user} order by t.revision`;
}

/** One more than asked for, to know whether there are more. */
export function selectPage(user: string, { after, limit }: PageOf): SQL<SyncedRow> {
  const rest = sql`where user_id = ${user} and revision > ${after} order by revision limit ${limit + 1}`;
  return select(SYNCED, sql`from tasks ${rest}`);
}

/** The page in rows of its tasks. */
export function readPage(dialect: Dialect, head: Head, rows: readonly SyncedRow[], limit: number): SyncPage {
  const tasks = rows.map(({ id, revision, registers }) => ({
    id,
    revision: Number(revision),
    registers: dialect.decode(registers),
  }));
  return { tasks: tasks.slice(0, limit), more: tasks.length > limit, head };
}
