import { eq, gte } from "drizzle-orm";
import { compile, given } from "../compile.ts";

/** What is asked of users, and what makes one known, in both databases' words. */
export function compileUsers() {
  return compile(({ db, users }) => ({
    find: given(["user"], (p) => db.select({ revision: users.revision }).from(users).where(eq(users.id, p.user))),
    /** Without those whose account was deleted. */
    list: given([], () => db.select({ id: users.id }).from(users).where(gte(users.revision, 0)).orderBy(users.id)),
    create: given(["user"], (p) =>
      db.insert(users).values({ id: p.user, revision: 0, clock: 0 }).onConflictDoNothing({ target: users.id }),
    ),
  }));
}
