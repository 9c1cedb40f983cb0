import { type SQL, sql } from "drizzle-orm";
import type { Step } from "../engine.ts";

/**
 * Removes tasks of a user for good and answers their ids. Who follows that user and has not come as far can't be told of it any
 * more, and learns from `purged` to begin anew. The user's row must be locked by then.
 */
export function planRemoval(user: string, gone: SQL): Step[] {
  const ofUser = sql`user_id = ${user} and ${gone}`;
  return [
    {
      query: sql`
        update users set purged = coalesce((select max(revision) from tasks where ${ofUser} and revision > users.purged), purged)
        where id = ${user}`,
    },
    { query: sql`delete from tasks where ${ofUser} returning id` },
  ];
}

/** Removes all that the log has of tasks that are about to go for good. */
export function forgetHistory(user: string, gone: SQL): Step {
  return {
    query: sql`
      delete from history where user_id = ${user} and id in (select id from tasks where user_id = ${user} and ${gone})`,
  };
}
