import { and, desc, eq, gt, inArray, lte, type SQL, sql } from "drizzle-orm";
import { compile, given } from "../compile.ts";

/** What is asked of events and done to them, in both databases' words. */
export function compileAuthEvents() {
  return compile(({ db, authEvents, accounts }) => {
    const { id, accountId, at, kind, outcome, address, network, subject } = authEvents;
    const findSignIn = (account: SQL, { network: from, since }: { readonly network: SQL; readonly since: SQL }) =>
      db
        .select({ there: sql`1` })
        .from(authEvents)
        .innerJoin(accounts, eq(accounts.id, accountId))
        .where(and(account, eq(network, from), inArray(kind, ["sign_in", "sign_up"]), eq(outcome, "ok"), gt(at, since)))
        .limit(1);
    return {
      list: given(["account", "since", "limit"], (p) =>
        db
          .select({ account: accountId, at, kind, outcome, address, network, subject })
          .from(authEvents)
          .where(and(eq(accountId, p.account), gt(at, p.since)))
          .orderBy(desc(at), desc(id))
          .limit(sql.placeholder("limit")),
      ),
      findSignInById: given(["id", "network", "since"], (p) => findSignIn(eq(accounts.id, p.id), p)),
      findSignInByEmail: given(["email", "network", "since"], (p) => findSignIn(eq(accounts.email, p.email), p)),
      /** Those of an outcome, because that is how the index finds them. */
      deleteOld: given(["account", "outcome", "since"], (p) =>
        db.delete(authEvents).where(and(eq(accountId, p.account), eq(outcome, p.outcome), lte(at, p.since))),
      ),
      /** Those before the oldest that is kept. It is found in the index alone, because that is done for each event. */
      deleteSurplus: given(["account", "outcome", "surplus"], (p) =>
        db.delete(authEvents).where(
          and(
            eq(accountId, p.account),
            eq(outcome, p.outcome),
            lte(
              at,
              db
                .select({ at })
                .from(authEvents)
                .where(and(eq(accountId, p.account), eq(outcome, p.outcome)))
                .orderBy(desc(at))
                .limit(1)
                .offset(sql.placeholder("surplus")),
            ),
          ),
        ),
      ),
    };
  });
}
