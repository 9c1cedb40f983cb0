import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { compile, given } from "../compile.ts";

/** What is asked of tokens and done to them, in both databases' words. */
export function compileApiTokens() {
  return compile(({ db, apiTokens, accounts }) => {
    const { id, name, last8, scopes, createdAt, expiresAt, usedAt } = apiTokens;
    const token = { id, account: apiTokens.accountId, name, last8, scopes, createdAt, expiresAt, usedAt };
    return {
      /** Finds a row where an account has more than so many. */
      findMore: given(["account", "max"], (p) =>
        db
          .select({ many: sql`1` })
          .from(apiTokens)
          .where(eq(apiTokens.accountId, p.account))
          .limit(1)
          .offset(sql.placeholder("max")),
      ),
      /** A token that is not over, of an account that is not disabled. */
      findLive: given(["hash", "now"], (p) =>
        db
          .select({ ...token, email: accounts.email })
          .from(apiTokens)
          .innerJoin(accounts, eq(accounts.id, apiTokens.accountId))
          .where(
            and(eq(apiTokens.hash, p.hash), or(isNull(expiresAt), gt(expiresAt, p.now)), isNull(accounts.disabledAt)),
          ),
      ),
      list: given(["account"], (p) =>
        db.select(token).from(apiTokens).where(eq(apiTokens.accountId, p.account)).orderBy(createdAt, id),
      ),
      remove: given(["account", "id"], (p) =>
        db
          .delete(apiTokens)
          .where(and(eq(apiTokens.accountId, p.account), eq(id, p.id)))
          .returning({ id }),
      ),
      touch: given(["id", "now"], (p) => db.update(apiTokens).set({ usedAt: p.now }).where(eq(id, p.id))),
    };
  });
}
