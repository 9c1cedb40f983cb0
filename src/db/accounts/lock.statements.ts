import { eq, sql } from "drizzle-orm";
import { compile, given } from "../compile.ts";

/** What takes the lock of an account, in both databases' words. */
export function compileLock() {
  return compile(({ db, accounts }) => ({
    lock: given(["account"], (p) =>
      db
        .update(accounts)
        .set({ id: sql`${accounts.id}` })
        .where(eq(accounts.id, p.account)),
    ),
  }));
}
