import { and, eq, exists, gt, inArray, isNull, lt, sql } from "drizzle-orm";
import { compile, given } from "../compile.ts";

/** What is asked of waiting devices and done to them, in both databases' words. */
export function compileDeviceCodes() {
  return compile(({ db, deviceCodes, sessions, accounts }) => {
    const { hash, userCode, device, pollIntervalMs, createdAt, expiresAt, polledAt, decision } = deviceCodes;
    const request = { userCode, device, createdAt, expiresAt, decision };
    return {
      deleteOver: given(["before"], (p) => db.delete(deviceCodes).where(lt(expiresAt, p.before))),
      create: given(["hash", "userCode", "device", "pollIntervalMs", "createdAt", "expiresAt"], (p) =>
        db.insert(deviceCodes).values(p).onConflictDoNothing(),
      ),
      findHash: given(["hash"], (p) => db.select({ hash }).from(deviceCodes).where(eq(hash, p.hash))),
      findLive: given(["userCode", "now"], (p) =>
        db
          .select(request)
          .from(deviceCodes)
          .where(and(eq(userCode, p.userCode), gt(expiresAt, p.now))),
      ),
      decide: given(["userCode", "account", "session", "decision", "now"], (p) =>
        db
          .update(deviceCodes)
          .set({ decision: p.decision, accountId: p.account })
          .where(
            and(
              eq(userCode, p.userCode),
              isNull(decision),
              gt(expiresAt, p.now),
              exists(
                db
                  .select({ there: sql`1` })
                  .from(sessions)
                  .where(
                    and(
                      eq(sessions.id, p.session),
                      eq(sessions.accountId, p.account),
                      isNull(sessions.revokedAt),
                      gt(sessions.expiresAt, p.now),
                    ),
                  ),
              ),
            ),
          )
          .returning({ hash }),
      ),
      find: given(["hash"], (p) =>
        db
          .select({ ...request, polledAt, pollIntervalMs })
          .from(deviceCodes)
          .where(eq(hash, p.hash)),
      ),
      /** Takes the lock of the account that let the device in, as `lockAccount` does. */
      lockApprover: given(["hash"], (p) =>
        db
          .update(accounts)
          .set({ id: sql`${accounts.id}` })
          .where(
            inArray(
              accounts.id,
              db
                .select({ account: sql<string>`${deviceCodes.accountId}` })
                .from(deviceCodes)
                .where(and(eq(hash, p.hash), eq(decision, "approved"))),
            ),
          ),
      ),
      /** Takes the row's lock, so that of two that ask at once the second finds it gone. */
      poll: given(["hash", "now", "slowDownMs"], (p) =>
        db
          .update(deviceCodes)
          .set({
            polledAt: p.now,
            pollIntervalMs: sql`
              case when ${p.now} < ${polledAt} + ${pollIntervalMs}
                then ${pollIntervalMs} + ${p.slowDownMs} else ${pollIntervalMs} end`,
          })
          .where(eq(hash, p.hash)),
      ),
      deleteUsed: given(["hash", "session"], (p) =>
        db.delete(deviceCodes).where(
          and(
            eq(hash, p.hash),
            exists(
              db
                .select({ there: sql`1` })
                .from(sessions)
                .where(eq(sessions.id, p.session)),
            ),
          ),
        ),
      ),
      findSession: given(["session"], (p) =>
        db
          .select({ account: sessions.accountId, email: accounts.email })
          .from(sessions)
          .innerJoin(accounts, eq(accounts.id, sessions.accountId))
          .where(eq(sessions.id, p.session)),
      ),
    };
  });
}
