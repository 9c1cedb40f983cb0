import { sql } from "drizzle-orm";
import type { Engine } from "../engine.ts";

/** Makes the row of a user who was never seen before. It reads first, because a known user needs no wait for the write lock. */
export async function ensureUser(engine: Engine, user: string): Promise<void> {
  const known = await engine.read(user, sql`select 1 from users where id = ${user}`);
  if (known.length > 0) return;
  const query = sql`insert into users (id, revision, clock) values (${user}, 0, 0) on conflict (id) do nothing`;
  await engine.atomically(user, [{ query }], { repeatable: true });
}
