import { and, eq } from "drizzle-orm";
import { compile, given } from "../compile.ts";

/** What is asked of heads, in both databases' words. */
export function compileHeads() {
  return compile(({ db, users, heads }) => ({
    find: given(["user"], (p) =>
      db
        .select({ revision: users.revision, tag: heads.tag })
        .from(users)
        .innerJoin(heads, and(eq(heads.userId, users.id), eq(heads.revision, users.revision)))
        .where(eq(users.id, p.user)),
    ),
  }));
}
