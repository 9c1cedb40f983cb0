import { sql } from "drizzle-orm";
import { TodoError } from "../../domain/errors.ts";
import { hasCountedFields } from "../../domain/task/size.ts";
import type { RemoteTask } from "../../ports/store.ts";
import { cursorExpired, MAX_PAGE_BYTES, type SyncRequest, type SyncPage } from "../../ports/sync.ts";
import type { Count } from "../columns.ts";
import type { Found } from "../compiled.ts";
import { type Read, type Step, step } from "../engine.ts";
import { MAX_READ_BYTES, MAX_READ_TASKS } from "../scans.ts";
import { weigh } from "../tasks/light-rows.ts";
import { joinRemoteTasks } from "../../ports/remote-tasks.ts";
import { encodeRemoteTasks, latestTick } from "../tasks/remote-tasks.ts";
import { LIVE } from "../tasks/write-statements.ts";
import { compileHeads } from "./heads.statements.ts" with { type: "macro" };
import { type HeadedRow, type NextRow, readPage, type SyncedRow } from "./page.ts";
import type { SyncAuthor } from "./sync-author.ts";

const HEADS = compileHeads();

type LeftOutRow = { readonly left_out: string };
type LiveRow = { readonly live: Count };

/** Answers what changed behind a position and merges what arrives. Where nothing arrives and the head is known, it only reads. */
export async function exchangeTasks(author: SyncAuthor, request: SyncRequest): Promise<SyncPage> {
  const { engine, user } = author;
  const joined = joinRemoteTasks(request.arrivals);
  const known = joined.length === 0 ? await findPage(author, request) : null;
  if (known) return known;
  const rows = await engine.atomically(user, planExchange(author, joined, request), { repeatable: true });
  const head = rows.find((row) => "tag" in row);
  // The row of a user whose account was deleted has no head.
  if (!head) throw new TodoError("unauthorized", "the account was deleted");
  const next = rows.filter((row) => "registers" in row);
  const page = await readNext(author, next, request.limit);
  const leftOut = rows.flatMap((row) => ("left_out" in row ? [row.left_out] : []));
  const [before, after] = rows.filter((row) => "live" in row);
  return {
    ...readPage(engine.dialect, head, page),
    ...(leftOut.length > 0 && { leftOut }),
    ...(before && after && { added: Number(after.live) - Number(before.live) }),
  };
}

/**
 * The page that begins with short tasks ends before the first long one, which the next request brings. If it begins with a long one, that
 * is read now, after the merge: what it has by then from elsewhere is sent again with its new revision.
 */
async function readNext(
  { engine, statements, user }: SyncAuthor,
  rows: readonly NextRow[],
  limit: number,
): Promise<SyncedRow[]> {
  const found = rows.length;
  const end = rows.findIndex((row) => weigh(row) > 0);
  const short = rows.slice(0, end === -1 ? limit : Math.min(end, limit)).map((row) => ({ ...row, found }));
  const [long] = end === 0 ? rows.slice(0, limit) : [];
  if (!long) return short;
  const whole = await engine.read(user, statements.registers(), { user, id: long.id });
  return whole.map(({ registers }) => ({ ...long, registers, found }));
}

/** The page where the user's head is known, so that nothing needs to be written. */
async function findPage(author: SyncAuthor, request: SyncRequest): Promise<SyncPage | null> {
  const { engine, statements, user } = author;
  const limit = Math.min(request.limit, MAX_READ_TASKS);
  const quick = await engine.read(user, statements.nextWithHead(), {
    user,
    after: request.after,
    limitAndOne: limit + 1,
  });
  const isAll = quick.length <= limit || limit === request.limit;
  const isQuick = isAll && quick.every((row) => weigh(row) === 0);
  const rows = isQuick
    ? quick.map((row) => ({ ...row, found: quick.length }))
    : await findLargePage(author, { ...request, isMany: !isAll });
  const [first] = rows;
  if (!first) return null;
  if (request.purgedUpTo !== undefined && Number(first.purged) > request.purgedUpTo) throw cursorExpired();
  const tasks = rows.flatMap(({ id, revision, registers, found }) =>
    id === null || revision === null || found === null ? [] : [{ id, revision, registers, found }],
  );
  return readPage(engine.dialect, { revision: Number(first.head), tag: first.tag }, tasks.slice(0, request.limit));
}

/** The page of many tasks, or of large ones, which ends where it is full. */
async function findLargePage(
  { engine, statements, user }: SyncAuthor,
  { after, limit, isMany }: Pick<SyncRequest, "after" | "limit"> & { readonly isMany: boolean },
): Promise<HeadedRow[]> {
  const values = { user, after, limit, limitAndOne: limit + 1 };
  const find = (read: Read, maxBytes: number) => read(user, statements.pageWithHead(), { ...values, maxBytes });
  const small = isMany ? [] : await find(engine.read, MAX_READ_BYTES);
  const isWhole = !isMany && small.length >= Math.min(limit, Number(small[0]?.found ?? 0));
  return isWhole ? small : find(engine.scanLarge, MAX_PAGE_BYTES);
}

/** The page is read before the merge and under the user's lock, so that nothing in between is left out and nothing comes back. */
function* planExchange(
  { engine, statements, user }: SyncAuthor,
  joined: readonly RemoteTask[],
  request: SyncRequest,
): Generator<Step<NextRow | LeftOutRow | LiveRow | Found<typeof HEADS.find>>> {
  const count = joined.length;
  const seen = latestTick(joined).toString();
  yield { query: statements.advanceRevision(), values: { user, count, seen } };
  if (request.purgedUpTo !== undefined) yield refusePurged(user, request.purgedUpTo);
  yield { query: statements.next(), values: { user, after: request.after, limitAndOne: request.limit + 1 } };
  if (count > 0) {
    const changes = encodeRemoteTasks(joined);
    if (engine.enqueue) yield { query: engine.enqueue.merged(), values: { user, changes } };
    const mayGrow = joined.some(({ registers }) => hasCountedFields(registers));
    const query = mayGrow ? statements.mergeWithoutRows() : statements.mergeAll();
    const countLive = request.counts ? [{ query: statements.countLive(), values: { user, changes } }] : [];
    yield* countLive;
    yield { query, values: { user, countFromEnd: count, changes } };
    yield* countLive;
    if (mayGrow) yield { query: statements.findLeftOut(), values: { user, changes } };
  }
  yield showHead(user, request.now);
  yield step(HEADS.find, { user });
}

function refusePurged(user: string, purgedUpTo: number): Step {
  const query = sql`select 1 from users where id = ${user} and purged > cast(${purgedUpTo} as bigint)`;
  return { query, refuse: cursorExpired };
}

/** Gives the state that is shown a tag by which it is known again, unless it has one. */
function showHead(user: string, now: number): Step {
  const tag = crypto.getRandomValues(new Uint8Array(8)).toHex();
  return {
    query: sql`
      insert into heads (user_id, revision, tag, at) select id, revision, ${tag}, cast(${now} as bigint)
      from users where id = ${user} and ${LIVE} on conflict (user_id, revision) do nothing`,
  };
}
