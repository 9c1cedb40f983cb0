import { sql } from "drizzle-orm";
import { PROFILE } from "../../domain/profile.ts";
import { TodoError } from "../../domain/errors.ts";
import type { SyncBase, ExchangeResult } from "../../ports/replica.ts";
import type { Step } from "../engine.ts";
import type { Author } from "../tasks/author.ts";
import { planRemoval } from "../tasks/removal.ts";
import { type Facts, forget, put, readFacts, REDATING } from "./replica-state.ts";
import { ALL, ENQUEUE_ALL, ENQUEUE_SURVIVORS, GONE, RECORD_DROP, TAKE_REBORN } from "./statements.ts";

/**
 * After `cursor_expired` a replica downloads everything again before it deletes anything. It sends nothing meanwhile: of an edited
 * task that the server has purged half would come back. A server that was restored from a backup just then would look as if it had
 * purged what it lacks. So the replica asks once more with the expired cursor: only a server that knows it, and says again that it
 * has expired, is believed.
 */
type Resync =
  | { readonly phase: "none" }
  | { readonly phase: "downloading"; readonly id: string; readonly expiredCursor: string | undefined }
  | { readonly phase: "confirming"; readonly id: string; readonly nextCursor: string };

/** The keys under which that is kept. Nothing else knows them. */
const [ID, EXPIRED_CURSOR, NEXT_CURSOR] = ["expired", "expired_cursor", "next_cursor"];

const MESSAGE = "it was deleted elsewhere; edit it to keep it, or remove it";

function readResync({ known }: Facts): Resync {
  const [id, nextCursor] = [known.get(ID), known.get(NEXT_CURSOR)];
  if (id === undefined) return { phase: "none" };
  if (nextCursor !== undefined) return { phase: "confirming", id, nextCursor };
  return { phase: "downloading", id, expiredCursor: known.get(EXPIRED_CURSOR) };
}

export function findBase(facts: Facts): SyncBase {
  const resync = readResync(facts);
  return {
    cursor: facts.known.get("cursor") ?? null,
    resync: resync.phase === "none" ? null : resync.id,
    redating: facts.known.get(REDATING) ?? null,
  };
}

/** True while everything is downloaded once more. */
export function isDownloading(facts: Facts): boolean {
  return readResync(facts).phase === "downloading";
}

/** Begins, begins again, or ends it if the server has confirmed that the cursor has expired. */
export async function startResync(author: Author, base: SyncBase): Promise<void> {
  const { engine, user } = author;
  const facts = await readFacts(engine, user);
  await engine.atomically(user, planResync(author, facts, base));
}

function* planResync(author: Author, facts: Facts, base: SyncBase): Generator<Step> {
  const { known } = facts;
  const resync = readResync(facts);
  yield checkBase(base);
  if (resync.phase === "confirming") {
    yield* planDrop(author, Number(known.get("synced_at")));
    yield put("cursor", resync.nextCursor);
    return;
  }
  const begun = resync.phase === "downloading" ? resync.expiredCursor : undefined;
  yield* planDownload(begun ?? known.get("cursor"));
}

function planDownload(expiredCursor: string | undefined): Step[] {
  return [
    ...endResync(),
    put(ID, crypto.randomUUID()),
    ...(expiredCursor === undefined ? [] : [put(EXPIRED_CURSOR, expiredCursor)]),
    forget("cursor"),
  ];
}

function planConfirmation(expiredCursor: string, nextCursor: string): Step[] {
  return [put(ID, crypto.randomUUID()), put(NEXT_CURSOR, nextCursor), put("cursor", expiredCursor)];
}

/** Ends it and drops nothing. */
export function endResync(): Step[] {
  return [forget(ID, EXPIRED_CURSOR, NEXT_CURSOR), { query: sql`delete from pulled` }];
}

/**
 * Refuses an answer if another process went on since it was asked for: it would move the cursor back, or count as a page of a
 * download that was begun since. It would also move the cursor past edits that arrived with clocks which they don't have here any more.
 */
export function checkBase({ cursor, resync, redating }: SyncBase): Step {
  const valueOf = (key: string) => sql`(select value from replica where key = ${key})`;
  return {
    query: sql`
      select 1 where ${valueOf("cursor")} is not ${cursor} or ${valueOf(ID)} is not ${resync}
        or ${valueOf(REDATING)} is not ${redating}`,
    refuse: () => new TodoError("locked", "another process is syncing", { retryAfter: 1 }),
  };
}

/** Goes on to the cursor of a page. */
export function* planCursor(author: Author, facts: Facts, { cursor, more, now }: ExchangeResult): Generator<Step> {
  const resync = readResync(facts);
  yield put("cursor", cursor);
  if (resync.phase === "confirming") {
    // The old cursor was good: the server was restored to before the purge, and tells of each deletion by itself. It may lack what
    // was read in between.
    yield* [...endResync(), { query: ENQUEUE_ALL, values: { user: author.user } }];
  }
  if (resync.phase !== "downloading" || more) return;
  if (resync.expiredCursor === undefined) yield* planDrop(author, now);
  else yield* planConfirmation(resync.expiredCursor, cursor);
}

function* planDrop({ engine, statements, user }: Author, now: number): Generator<Step> {
  // What the server refused, or gets as a whole, is nothing that it has had.
  yield {
    query: sql`
      insert into pulled (id) select id from parked union select o.id
      from outbox o cross join tasks t on t.user_id = ${user} and t.id = o.id
      where o.field = ${ALL} or (o.field = 'created_at' and not exists (
        select 1 from json_each(t.registers) r where r.key not in (select field from outbox where id = o.id)))
      on conflict (id) do nothing`,
  };
  // What was deleted here, too, is no matter for anybody.
  yield {
    query: sql`
      delete from outbox where id not in (select id from pulled)
        and id in (select id from tasks where user_id = ${user} and deleted_at is not null)`,
  };
  yield {
    query: sql`
      insert into parked (id, code, field, message, at)
      select distinct id, 'cursor_expired', '', ${MESSAGE}, ${now} from outbox
      where id <> ${PROFILE} and id not in (select id from pulled)`,
  };
  yield { query: sql`delete from outbox where id <> ${PROFILE} and id not in (select id from pulled)` };
  yield { query: statements.lock(), values: { user, count: 0, now } };
  const values = { user, node: engine.node, now, day: JSON.stringify(new Date(now).toISOString()) };
  yield { query: TAKE_REBORN, values };
  yield { query: ENQUEUE_SURVIVORS };
  yield { query: RECORD_DROP, values };
  yield* planRemoval(user, GONE);
  yield* endResync();
}
