import { sql } from "drizzle-orm";
import { TodoError } from "../../domain/errors.ts";
import type { SyncBase, ExchangeResult } from "../../ports/replica.ts";
import type { Step } from "../engine.ts";
import type { Author } from "../tasks/author.ts";
import { planRemoval } from "../tasks/removal.ts";
import { type Facts, forget, put, readFacts } from "./replica-state.ts";
import { ALL, ENQUEUE_ALL, ENQUEUE_SURVIVORS, GONE, RECORD_DROP, TAKE_REBORN } from "./statements.ts";

// After 410 a replica reads everything once more, sending nothing: of an edited task that the server has purged half would come back.
// The mark says so for as long as that takes. A server that was restored from a backup just then would look as if it had purged what
// it lacks. So when all is read it is asked with the old cursor once more: only one that knows it, and says that it has expired, is
// believed.

const MARK = "expired";
/** The cursor that has expired, and when all is read the one to go on from. */
const [OLD, NEXT] = ["expired_cursor", "next_cursor"];

const MESSAGE = "it was deleted elsewhere; edit it to keep it, or remove it";

export function findBase({ known }: Facts): SyncBase {
  return { cursor: known.get("cursor") ?? null, resync: known.get(MARK) ?? null };
}

/** Begins, begins again, or ends it where all is read. */
export async function startResync(author: Author, base: SyncBase): Promise<void> {
  const { engine, user } = author;
  const facts = await readFacts(engine, user);
  await engine.atomically(user, planResync(author, facts, base));
}

function* planResync(author: Author, { known }: Facts, base: SyncBase): Generator<Step> {
  yield checkAsked(base);
  const next = known.get(NEXT);
  if (next !== undefined) {
    yield* planDrop(author, Number(known.get("synced_at")));
    yield put("cursor", next);
    return;
  }
  const old = known.get(OLD) ?? known.get("cursor");
  yield* endResync();
  yield put(MARK, crypto.randomUUID());
  if (old !== undefined) yield put(OLD, old);
  yield forget("cursor");
}

/** Ends it and drops nothing. */
export function endResync(): Step[] {
  return [forget(MARK, OLD, NEXT), { query: sql`delete from pulled` }];
}

/** What was asked before another process went on must not count: it would move the cursor back, or count as a page of what that reads. */
export function checkAsked({ cursor, resync: expiry }: SyncBase): Step {
  const valueOf = (key: string) => sql`(select value from replica where key = ${key})`;
  return {
    query: sql`select 1 where ${valueOf("cursor")} is not ${cursor} or ${valueOf(MARK)} is not ${expiry}`,
    refuse: () => new TodoError("locked", "another process is syncing", { retryAfter: 1 }),
  };
}

/** Whether everything is being read once more. */
export function isReading({ known }: Facts): boolean {
  return known.has(MARK) && !known.has(NEXT);
}

/** Goes on to the cursor of a page. */
export function* planCursor(author: Author, facts: Facts, { cursor, more, now }: ExchangeResult): Generator<Step> {
  const { known } = facts;
  const old = known.get(OLD);
  yield put("cursor", cursor);
  // The old cursor was good: the server was restored to before the purge, and tells of each deletion by itself. It may lack what was
  // read in between.
  if (known.has(NEXT)) yield* [...endResync(), { query: ENQUEUE_ALL, values: { user: author.user } }];
  if (!isReading(facts) || more) return;
  if (old === undefined) yield* planDrop(author, now);
  else yield* [put(MARK, crypto.randomUUID()), put(NEXT, cursor), put("cursor", old)];
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
      select distinct id, 'cursor_expired', '', ${MESSAGE}, ${now} from outbox where id not in (select id from pulled)`,
  };
  yield { query: sql`delete from outbox where id not in (select id from pulled)` };
  yield { query: statements.lock(), values: { user, count: 0, now } };
  const values = { user, node: engine.node, now, day: JSON.stringify(new Date(now).toISOString()) };
  yield { query: TAKE_REBORN, values };
  yield { query: ENQUEUE_SURVIVORS };
  yield { query: RECORD_DROP, values };
  yield* planRemoval(user, GONE);
  yield* endResync();
}
