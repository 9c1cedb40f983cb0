import { type SQL, sql } from "drizzle-orm";
import { TodoError } from "../../domain/errors.ts";
import { firstTick, formatClock } from "../../domain/task/clock.ts";
import type { Registers } from "../../domain/task/registers.ts";
import type { RemoteTask } from "../../ports/store.ts";
import { cursorExpired, type Head, type SyncPrecheck, type SyncPage, type SyncStore } from "../../ports/sync.ts";
import { columns, type Count, type RowOf, type Row, select } from "../columns.ts";
import type { Dialect } from "../dialect.ts";
import type { Engine, Step } from "../engine.ts";
import type { TaskTables } from "../tables/tasks.ts";
import { encodeRemoteTasks, foldRemoteTasks, latestTick } from "../tasks/remote-tasks.ts";
import { planRemoval } from "../tasks/removal.ts";
import { readRevision } from "../tasks/users.ts";
import { createWriteStatements, LIVE, type WriteStatements } from "../tasks/write-statements.ts";

type LookRow = {
  readonly now: Count;
  readonly latest: Count;
  readonly epoch: string;
  readonly is_known: Count;
  readonly purged: Count;
  readonly differs: Count;
};

const SYNCED = columns<TaskTables["tasks"]>()("id", "revision", "registers");

type UserRow = RowOf<TaskTables["users"]>;

/** The head, and where there is one a task of the page. */
type PageRow = Omit<Row<typeof SYNCED>, "id"> & {
  readonly head: UserRow["revision"] | null;
  readonly purged?: UserRow["purged"];
  readonly tag: RowOf<TaskTables["heads"]>["tag"] | null;
  readonly id: string | null;
};

/** What replicas ask of a user's tasks, over whichever engine. */
export function createSyncStore(engine: Engine): SyncStore {
  const statements = createWriteStatements(engine.dialect);
  const { dialect } = engine;
  return {
    precheck: async (user, { head, arrivals }) => {
      const [row] = await engine.read(user, lookStatement(dialect, user, head, foldRemoteTasks(arrivals)));
      return decodeLook(row);
    },
    exchange: async (user, { arrivals, after, limit, now, purgedUpTo: purged = Infinity }) => {
      const folded = foldRemoteTasks(arrivals);
      if (folded.length === 0) {
        const rows = await engine.read(user, pageWithHead(user, after, limit));
        if (rows.some((row) => Number(row.purged) > purged)) throw cursorExpired();
        const page = readPage(dialect, rows, limit);
        if (page) return page;
      }
      const rows = await engine.atomically<PageRow>(
        user,
        planExchange({ engine, statements }, { user, folded, after, limit, now, purged }),
        { repeatable: true },
      );
      const page = readPage(dialect, rows, limit);
      if (page) return page;
      throw new TodoError("unauthorized", "the account was deleted");
    },
    revision: (user) => readRevision(engine, user),
    purge: async (user, before) => {
      const gone = sql`${isGone(dialect, before)} and ${isNoReplica(user)}`;
      // It looks first, because there mostly is nothing, and a write waits for the user's row and the disk.
      const found = await engine.read(user, sql`select 1 from tasks where user_id = ${user} and ${gone} limit 1`);
      if (found.length === 0) return 0;
      const lock = { query: sql`update users set purged = purged where id = ${user} and ${LIVE}` };
      return (await engine.atomically(user, [lock, ...planRemoval(user, gone)])).length;
    },
  };
}

function lookStatement(
  dialect: Dialect,
  user: string,
  head: Head | null,
  arrivals: readonly RemoteTask[],
): SQL<LookRow> {
  const changes = dialect.changes(sql`${encodeRemoteTasks(arrivals)}`);
  return sql<LookRow>`
    select ${dialect.now} as now, (select value from replica where key = 'epoch') as epoch,
      (select count(*) from heads
        where user_id = ${user} and revision = ${head?.revision ?? -1} and tag = ${head?.tag ?? ""}) as is_known,
      coalesce((select purged from users where id = ${user}), 0) as purged,
      coalesce((select clock >> 16 from users where id = ${user}), 0) as latest,
      case when exists (
        select 1 from ${changes} c left join tasks t on t.user_id = ${user} and t.id = c.id
        where t.id is null or ${dialect.differs(sql`t.registers`, sql`c.registers`)}) then 1 else 0 end as differs`;
}

/** One statement, so that the head is that of the tasks in the page. */
function pageWithHead(user: string, after: number, limit: number): SQL<PageRow> {
  return sql<PageRow>`
    select u.revision as head, u.purged as purged, h.tag as tag, t.id as id, t.revision as revision, t.registers as registers
    from users u join heads h on h.user_id = u.id and h.revision = u.revision
      left join (${pageOf(user, after, limit)}) t on true
    where u.id = ${user} order by t.revision`;
}

/** One more than asked for, to know whether there are more. */
function pageOf(user: string, after: number, limit: number) {
  const rest = sql`where user_id = ${user} and revision > ${after} order by revision limit ${limit + 1}`;
  return select(SYNCED, sql`from tasks ${rest}`);
}

/** The page is read before the merge and under the user's lock, so that nothing in between is left out and nothing comes back. */
function* planExchange(
  { engine, statements }: { readonly engine: Engine; readonly statements: WriteStatements },
  {
    user,
    folded,
    after,
    limit,
    now,
    purged,
  }: {
    readonly user: string;
    readonly folded: readonly RemoteTask[];
    readonly after: number;
    readonly limit: number;
    readonly now: number;
    readonly purged: number;
  },
): Generator<Step> {
  const count = folded.length;
  const seen = latestTick(folded).toString();
  yield { query: statements.advanceRevision(), values: { user, count, seen } };
  if (purged < Infinity) {
    yield {
      query: sql`select 1 from users where id = ${user} and purged > cast(${purged} as bigint)`,
      refuse: cursorExpired,
    };
  }
  yield { query: pageOf(user, after, limit) };
  if (count > 0) {
    const changes = encodeRemoteTasks(folded);
    if (engine.enqueue) yield { query: engine.enqueue.merged, values: { user, changes } };
    yield { query: statements.mergeWithoutRows(), values: { user, behind: count, changes } };
  }
  const tag = crypto.getRandomValues(new Uint8Array(8)).toHex();
  yield {
    query: sql`
      insert into heads (user_id, revision, tag, at) select id, revision, ${tag}, cast(${now} as bigint)
      from users where id = ${user} and revision >= 0 on conflict (user_id, revision) do nothing`,
  };
  yield {
    query: sql`
      select u.revision as head, h.tag as tag from users u join heads h on h.user_id = u.id and h.revision = u.revision
      where u.id = ${user}`,
  };
}

/** Deleted, and with no clock from that time or later. */
function isGone(dialect: Dialect, before: number): SQL {
  const clock = formatClock(firstTick(before), "00000000");
  return sql`deleted_at is not null and not exists (
    select 1 from ${dialect.members(sql`tasks.registers`)} m where m.value >= ${clock})`;
}

/** What is deleted in a replica goes when its server says so, which may not know of it yet. */
function isNoReplica(user: string): SQL {
  return sql`not exists (select 1 from replica where key = 'owner' and value = ${user})`;
}

/** The page in these rows, or null where there is no head yet. */
function readPage(dialect: Dialect, rows: readonly PageRow[], limit: number): SyncPage | null {
  const headed = rows.find(({ head }) => head !== null && head !== undefined);
  if (!headed?.tag) return null;
  const tasks = rows.flatMap(({ id, revision, registers }) =>
    id ? [{ id, revision: Number(revision), registers: dialect.decode(registers) satisfies Registers }] : [],
  );
  const head = { revision: Number(headed.head), tag: headed.tag };
  return { tasks: tasks.slice(0, limit), more: tasks.length > limit, head };
}

function decodeLook(row: LookRow | undefined): SyncPrecheck {
  return {
    now: Number(row?.now),
    latest: Number(row?.latest),
    databaseId: row?.epoch ?? "",
    isKnown: Number(row?.is_known) > 0,
    purgedUpTo: Number(row?.purged),
    differs: Number(row?.differs) > 0,
  };
}
