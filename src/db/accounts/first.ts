import { sql } from "drizzle-orm";
import { type Engine, NOBODY, type Step } from "../engine.ts";

/**
 * The right to be the first is an invitation that everybody has. It stands in `invites` under this name, which is no hash of a
 * code, and is used once. It stays when its account is deleted, or the server would be anybody's again.
 */
export const FIRST = "first";

/** Whether anybody has an account, or ever had one. */
export async function hadAccounts(engine: Engine): Promise<boolean> {
  const query = sql<{ there: number }>`
    select 1 as there where exists (select 1 from accounts) or exists (select 1 from invites where hash = ${FIRST})`;
  return (await engine.read(NOBODY, query)).length > 0;
}

/** Uses the right up, unless somebody had an account. The row is locked: of two at once the second finds it used. */
export function planFirst({ id, createdAt }: { readonly id: string; readonly createdAt: number }): Step {
  return {
    query: sql`
      insert into invites (hash, created_at, expires_at, account_id)
      select ${FIRST}, cast(${createdAt} as bigint), cast(${createdAt} as bigint), ${id}
      where not exists (select 1 from accounts) on conflict do nothing`,
  };
}

/**
 * Notes for an account that is about to be deleted that there was one: it may be of a time before this was noted, or invited. Comes
 * first in its unit, as `planFirst` does in its own, so that neither waits for the other twice.
 */
export function noteFirst(account: string): Step {
  return {
    query: sql`
      insert into invites (hash, created_at, expires_at, account_id)
      select ${FIRST}, created_at, created_at, id from accounts where id = ${account} on conflict do nothing`,
  };
}
