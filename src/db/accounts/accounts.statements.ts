import { and, eq, isNull, max, ne, sql } from "drizzle-orm";
import { compile, given } from "../compile.ts";

/** What is asked of accounts and done to them, in both databases' words. */
export function compileAccounts() {
  return compile(({ db, accounts, sessions, apiTokens, deviceCodes }) => {
    const { id, email, passwordHash, createdAt, disabledAt } = accounts;
    const account = { id, email, passwordHash, createdAt, disabledAt };
    const lastUse = db
      .select({ usedAt: max(sessions.usedAt) })
      .from(sessions)
      .where(eq(sessions.accountId, id));
    return {
      findById: given(["id"], (p) => db.select(account).from(accounts).where(eq(id, p.id))),
      findByEmail: given(["email"], (p) => db.select(account).from(accounts).where(eq(email, p.email))),
      list: given([], () =>
        db
          .select({ ...account, usedAt: sql<number | null>`${lastUse}`.mapWith(sessions.usedAt) })
          .from(accounts)
          .orderBy(email),
      ),
      setPassword: given(["account", "hash"], (p) =>
        db.update(accounts).set({ passwordHash: p.hash }).where(eq(id, p.account)),
      ),
      renewHash: given(["account", "from", "to"], (p) =>
        db
          .update(accounts)
          .set({ passwordHash: p.to })
          .where(and(eq(id, p.account), eq(passwordHash, p.from))),
      ),
      setDisabled: given(["account", "at"], (p) =>
        db.update(accounts).set({ disabledAt: p.at }).where(eq(id, p.account)),
      ),
      /** Devices that the account let in and that have not asked since. */
      denyDevices: given(["account"], (p) =>
        db.update(deviceCodes).set({ decision: "denied" }).where(eq(deviceCodes.accountId, p.account)),
      ),
      endSessions: given(["account", "keep", "now"], (p) =>
        db
          .update(sessions)
          .set({ revokedAt: p.now })
          .where(and(eq(sessions.accountId, p.account), ne(sessions.id, p.keep), isNull(sessions.revokedAt))),
      ),
      deleteTokens: given(["account"], (p) => db.delete(apiTokens).where(eq(apiTokens.accountId, p.account))),
    };
  });
}
