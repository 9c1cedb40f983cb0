import { and, eq, gt, isNull, lte, ne, notLike } from "drizzle-orm";
import { compile, given } from "../compile.ts";
import { DELETION } from "./deletion.statements.ts";
import { FIRST } from "./first.ts";

/** What is asked of invitations and done to them, in both databases' words. */
export function compileSignUp() {
  return compile(({ db, accounts, invites }) => ({
    deleteOver: given(["now"], (p) =>
      db.delete(invites).where(and(lte(invites.expiresAt, p.now), ne(invites.hash, FIRST))),
    ),
    list: given([], () =>
      db
        .select({
          hash: invites.hash,
          createdAt: invites.createdAt,
          expiresAt: invites.expiresAt,
          usedBy: accounts.email,
        })
        .from(invites)
        .leftJoin(accounts, eq(accounts.id, invites.accountId))
        .where(and(ne(invites.hash, FIRST), notLike(invites.hash, `${DELETION}%`)))
        .orderBy(invites.createdAt, invites.hash),
    ),
    remove: given(["hash"], (p) =>
      db
        .delete(invites)
        .where(and(eq(invites.hash, p.hash), isNull(invites.accountId)))
        .returning({ hash: invites.hash }),
    ),
    createInvite: given(["hash", "createdAt", "expiresAt"], (p) =>
      db
        .insert(invites)
        .values({ hash: p.hash, createdAt: p.createdAt, expiresAt: p.expiresAt })
        .onConflictDoNothing({ target: invites.hash }),
    ),
    useInvite: given(["hash", "account", "now"], (p) =>
      db
        .update(invites)
        .set({ accountId: p.account })
        .where(and(eq(invites.hash, p.hash), gt(invites.expiresAt, p.now), isNull(invites.accountId))),
    ),
    findInvite: given(["hash", "now"], (p) =>
      db
        .select({ hash: invites.hash })
        .from(invites)
        .where(and(eq(invites.hash, p.hash), gt(invites.expiresAt, p.now), isNull(invites.accountId))),
    ),
  }));
}
