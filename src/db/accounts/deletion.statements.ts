import { and, eq, like, ne, sql } from "drizzle-orm";
import { compile, given } from "../compile.ts";
import { FIRST } from "./first.ts";

/**
 * A deletion that is not finished stands in `invites` under this and the id of its account: everybody may look for it there,
 * where users are kept apart. It is no hash of a code, belongs to an account, and does not expire.
 */
export const DELETION = "deletion:";

/** The same for who takes it as a text when the program is built. */
export function nameDeletion(): string {
  return DELETION;
}

/** What deletes an account, in both databases' words. */
export function compileDeletion() {
  return compile(({ db, accounts, sessions, apiTokens, deviceCodes, invites, authEvents, users }) => ({
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
        .onConflictDoUpdate({ target: users.id, set: { revision: -1, registers: sql`'{}'` } }),
    ),
    noteDeletion: given(["account", "name"], (p) =>
      db
        .insert(invites)
        .values({ hash: p.name, createdAt: 0, expiresAt: Number.MAX_SAFE_INTEGER, accountId: p.account })
        .onConflictDoNothing({ target: invites.hash }),
    ),
    list: given([], () =>
      db
        .select({ account: invites.accountId })
        .from(invites)
        .where(like(invites.hash, `${DELETION}%`)),
    ),
    forgetDeletion: given(["name"], (p) => db.delete(invites).where(eq(invites.hash, p.name))),
  }));
}
