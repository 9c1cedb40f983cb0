import { and, desc, eq, exists, gt, inArray, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { compile, given } from "../compile.ts";

/** What is asked of sessions and done to them, in both databases' words. */
export function compileSessions() {
  return compile(({ db, sessions, accounts }) => {
    const { id, device, createdAt, usedAt, expiresAt } = sessions;
    const session = { id, account: sessions.accountId, device, createdAt, usedAt, expiresAt };
    const isOfEnabled = exists(
      db
        .select({ there: sql`1` })
        .from(accounts)
        .where(and(eq(accounts.id, sessions.accountId), isNull(accounts.disabledAt))),
    );
    /** Finds a row if the account of a session has more than so many that are not over. */
    const findSurplus = (p: { readonly id: SQL; readonly now: SQL }) =>
      db
        .select({ surplus: sql`1` })
        .from(sessions)
        .where(
          and(
            inArray(sessions.accountId, db.select({ account: sessions.accountId }).from(sessions).where(eq(id, p.id))),
            isNull(sessions.revokedAt),
            gt(expiresAt, p.now),
          ),
        )
        .limit(1)
        .offset(sql.placeholder("max"));
    return {
      deleteOver: given(["account", "now"], (p) =>
        db
          .delete(sessions)
          .where(and(eq(sessions.accountId, p.account), or(lte(expiresAt, p.now), isNotNull(sessions.revokedAt)))),
      ),
      findSurplus: given(["id", "now", "max"], findSurplus),
      deleteSurplus: given(["id", "now", "max"], (p) =>
        db.delete(sessions).where(and(eq(id, p.id), exists(findSurplus(p)))),
      ),
      findId: given(["id"], (p) => db.select({ id }).from(sessions).where(eq(id, p.id))),
      /** A session that is not over, of an account that is not disabled. */
      findLive: given(["id", "now"], (p) =>
        db
          .select({ ...session, email: accounts.email })
          .from(sessions)
          .innerJoin(accounts, eq(accounts.id, sessions.accountId))
          .where(and(eq(id, p.id), isNull(sessions.revokedAt), gt(expiresAt, p.now), isNull(accounts.disabledAt))),
      ),
      /** Finds a row if a session that is not over has this token, or had it before. */
      findByToken: given(["id", "token", "now"], (p) =>
        db
          .select({ there: sql`1` })
          .from(sessions)
          .where(
            and(
              eq(id, p.id),
              or(eq(sessions.token, p.token), eq(sessions.previous, p.token)),
              isNull(sessions.revokedAt),
              gt(expiresAt, p.now),
            ),
          ),
      ),
      listLive: given(["account", "now"], (p) =>
        db
          .select(session)
          .from(sessions)
          .where(and(eq(sessions.accountId, p.account), isNull(sessions.revokedAt), gt(expiresAt, p.now)))
          .orderBy(desc(usedAt), id),
      ),
      renew: given(["id", "from", "to", "sealed", "now", "expiresAt", "maxAgeMs"], (p) =>
        db
          .update(sessions)
          .set({
            token: p.to,
            previous: p.from,
            sealed: p.sealed,
            usedAt: p.now,
            expiresAt: sql`
              case when ${createdAt} + ${p.maxAgeMs} < ${p.expiresAt}
                then ${createdAt} + ${p.maxAgeMs} else ${p.expiresAt} end`,
          })
          .where(
            and(
              eq(id, p.id),
              eq(sessions.token, p.from),
              isNull(sessions.revokedAt),
              gt(expiresAt, p.now),
              isOfEnabled,
            ),
          ),
      ),
      findRenewed: given(["id"], (p) =>
        db
          .select({
            ...session,
            email: accounts.email,
            token: sessions.token,
            previous: sessions.previous,
            sealed: sessions.sealed,
            revokedAt: sessions.revokedAt,
            disabledAt: accounts.disabledAt,
          })
          .from(sessions)
          .innerJoin(accounts, eq(accounts.id, sessions.accountId))
          .where(eq(id, p.id)),
      ),
      end: given(["id", "now"], (p) =>
        db
          .update(sessions)
          .set({ revokedAt: p.now })
          .where(and(eq(id, p.id), isNull(sessions.revokedAt)))
          .returning({ id }),
      ),
      endOf: given(["id", "account", "now"], (p) =>
        db
          .update(sessions)
          .set({ revokedAt: p.now })
          .where(and(eq(id, p.id), eq(sessions.accountId, p.account), isNull(sessions.revokedAt)))
          .returning({ id }),
      ),
    };
  });
}
