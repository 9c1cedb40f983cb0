import { and, eq, ne } from "drizzle-orm";
import { compile, given } from "../compile.ts";
import { FIRST } from "./first.ts";

/** What deletes all that is an account's own, in both databases' words. */
export function compileDeletion() {
  return compile(
    ({ db, accounts, sessions, apiTokens, deviceCodes, invites, authEvents, users, tasks, history, heads }) => ({
      accounts: given(["account"], (p) => db.delete(accounts).where(eq(accounts.id, p.account))),
      deviceCodes: given(["account"], (p) => db.delete(deviceCodes).where(eq(deviceCodes.accountId, p.account))),
      sessions: given(["account"], (p) => db.delete(sessions).where(eq(sessions.accountId, p.account))),
      apiTokens: given(["account"], (p) => db.delete(apiTokens).where(eq(apiTokens.accountId, p.account))),
      invites: given(["account"], (p) =>
        db.delete(invites).where(and(eq(invites.accountId, p.account), ne(invites.hash, FIRST))),
      ),
      authEvents: given(["account"], (p) => db.delete(authEvents).where(eq(authEvents.accountId, p.account))),
      /** The mark by which a write that comes later is nobody's (write-statements.ts). It says nothing but the id. */
      markUser: given(["account"], (p) =>
        db
          .insert(users)
          .values({ id: p.account, revision: -1, clock: 0 })
          .onConflictDoUpdate({ target: users.id, set: { revision: -1 } }),
      ),
      tasks: given(["account"], (p) => db.delete(tasks).where(eq(tasks.userId, p.account))),
      history: given(["account"], (p) => db.delete(history).where(eq(history.userId, p.account))),
      heads: given(["account"], (p) => db.delete(heads).where(eq(heads.userId, p.account))),
    }),
  );
}
