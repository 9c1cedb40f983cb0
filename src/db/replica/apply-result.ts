import { sql } from "drizzle-orm";
import type { AppliedResult, RejectedChange, ExchangeResult } from "../../ports/replica.ts";
import { PROFILE } from "../../domain/profile.ts";
import type { Registers } from "../../domain/task/registers.ts";
import { joinRemoteTasks } from "../../ports/remote-tasks.ts";
import { mergeProfile } from "../profile/statements.ts";
import { encodeRemoteTasks, latestTick } from "../tasks/remote-tasks.ts";
import type { Step } from "../engine.ts";
import type { Author } from "../tasks/author.ts";
import { checkBase, isDownloading, planCursor } from "./resync.ts";
import { type Facts, forget, put, readFacts } from "./replica-state.ts";
import {
  countConflicts,
  ENQUEUE_DELETED,
  ENQUEUE_LACKING,
  FORGET_REBORN,
  NOTE_PULLED,
  recordArrivals,
} from "./statements.ts";

/** Takes over what an exchange brought, in one transaction. */
export async function applyResult(author: Author, result: ExchangeResult): Promise<AppliedResult> {
  const { engine, user } = author;
  const facts = await readFacts(engine, user);
  const [row] = await engine.atomically(user, planApplying(author, facts, result));
  return { conflicts: row?.conflicts ?? 0 };
}

function* planApplying(
  author: Author,
  facts: Facts,
  result: ExchangeResult,
): Generator<Step<{ readonly conflicts: number }>> {
  const { engine, statements, user } = author;
  const { sent, rejected, now } = result;
  const joined = joinRemoteTasks(result.tasks);
  const changes = encodeRemoteTasks(joined);
  yield checkBase(result.base);
  yield { query: countConflicts(), values: { user, changes } };
  if (joined.length > 0) {
    const seen = latestTick(joined).toString();
    yield { query: statements.advanceRevisionAndClock(), values: { user, count: joined.length, seen } };
    // What others changed is in the log too, with the values that it took the place of.
    yield { query: recordArrivals(), values: { user, node: engine.node, now, changes } };
    yield { query: isDownloading(facts) ? NOTE_PULLED : FORGET_REBORN, values: { user, changes } };
    yield { query: statements.mergeAll(), values: { user, countFromEnd: joined.length, changes } };
  }
  const acknowledged = JSON.stringify(sent);
  yield {
    query: sql`
      delete from outbox where (id, field, clock) in (
        select value ->> 0, value ->> 1, value ->> 2 from json_each(${acknowledged}))`,
  };
  yield { query: sql`delete from parked where id in (select value ->> 0 from json_each(${acknowledged}))` };
  for (const each of rejected) yield park(each, now);
  if (joined.length > 0) yield { query: ENQUEUE_DELETED, values: { user, changes } };
  if (result.serverProfile) yield* planProfile(author, result.serverProfile);
  yield* planCursor(author, facts, result);
  yield put("synced_at", String(now));
  yield forget("failure", "warned_at");
}

/** Takes over the server's profile. */
function* planProfile({ engine, statements, user }: Author, profile: Registers): Generator<Step> {
  const registers = JSON.stringify(profile);
  const seen = latestTick([{ id: PROFILE, registers: profile }]).toString();
  yield { query: statements.advanceRevisionAndClock(), values: { user, count: 1, seen } };
  yield { query: mergeProfile(engine.dialect), values: { user, registers } };
  yield { query: ENQUEUE_LACKING, values: { user, profile: registers } };
}

function park({ id, code, field, message }: RejectedChange, now: number): Step {
  return {
    query: sql`
      insert into parked (id, code, field, message, at) values (${id}, ${code}, ${field}, ${message}, ${now})
      on conflict (id) do update set code = excluded.code, field = excluded.field, message = excluded.message, at = excluded.at`,
  };
}
