import { and, eq, gt, isNull } from "drizzle-orm";
import { compile, given } from "../compile.ts";

/** What is asked of invitations and done to them, in both databases' words. */
export function compileSignUp() {
  return compile(({ db, invites }) => ({
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
