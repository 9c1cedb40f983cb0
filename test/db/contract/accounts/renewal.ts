import { describe, expect, test } from "bun:test";
import type { AccountStore, NewSession, RenewedSession } from "../../../../src/ports/accounts.ts";
import {
  draftRenewal,
  draftSession,
  HOUR,
  MINUTE,
  newHash,
  NOW,
  plainSession,
  signIn,
  signUp,
} from "../../../support/accounts/drafts.ts";
import { at, only } from "../../../support/stores/test-user.ts";
import { type ConcurrentStores, race, valuesOf } from "../../../support/accounts/concurrent-stores.ts";

/** The session as it is stored, without renewing it. */
function look(accounts: AccountStore, session: NewSession): Promise<RenewedSession | null> {
  return accounts.renewSession(draftRenewal(session, { from: newHash(), now: NOW }));
}

export function describeRenewal(concurrentStores: ConcurrentStores): void {
  describe("renewing a session", () => {
    const open = async (more: Partial<NewSession> = {}) => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const session = await signIn(accounts, account, more);
      const untouched: RenewedSession = {
        session: plainSession(session),
        email: account.email,
        token: session.token,
        previous: null,
        sealed: null,
        isEnded: false,
      };
      return { accounts, account, session, untouched };
    };

    test("by its token gives it the next one, and a later end", async () => {
      const { accounts, session, untouched } = await open();
      const renewal = draftRenewal(session);
      const { from, to, sealed, now, expiresAt } = renewal;
      const renewed = {
        ...untouched,
        session: { ...untouched.session, usedAt: now, expiresAt },
        token: to,
        previous: from,
        sealed,
      };
      expect(await accounts.renewSession(renewal)).toEqual(renewed);
      expect(await look(accounts, session)).toEqual(renewed);
      expect((await accounts.findSession(session.id, NOW + HOUR))?.session).toEqual(renewed.session);
    });

    test("goes on from token to token, and remembers the one before", async () => {
      const { accounts, session } = await open();
      const first = draftRenewal(session);
      const second = draftRenewal({ ...session, token: first.to }, { now: NOW + 2 * MINUTE });
      await accounts.renewSession(first);
      expect(await accounts.renewSession(second)).toMatchObject({
        token: second.to,
        previous: first.to,
        sealed: second.sealed,
      });
    });

    test("never moves its end beyond the age that a session may have, and ends one that is older", async () => {
      const { accounts, session } = await open();
      const first = draftRenewal(session, { expiresAt: NOW + 5 * HOUR, maxAgeMs: 5 * HOUR });
      expect((await accounts.renewSession(first))?.session.expiresAt).toBe(NOW + 5 * HOUR);
      const second = draftRenewal(session, {
        from: first.to,
        now: NOW + 4 * HOUR,
        expiresAt: NOW + 9 * HOUR,
        maxAgeMs: 5 * HOUR,
      });
      expect(await accounts.renewSession(second)).toMatchObject({
        session: { expiresAt: NOW + 5 * HOUR },
        isEnded: false,
      });
      expect(await accounts.findSession(session.id, NOW + 5 * HOUR - 1)).not.toBeNull();
      expect(await accounts.findSession(session.id, NOW + 5 * HOUR)).toBeNull();
      const third = { ...second, from: second.to, maxAgeMs: 3 * HOUR };
      expect(await accounts.renewSession(third)).toMatchObject({
        session: { expiresAt: NOW + 3 * HOUR },
        isEnded: true,
      });
    });

    test("by any other token changes nothing and answers it as it is", async () => {
      const { accounts, session, untouched } = await open();
      expect(await accounts.renewSession(draftRenewal(session, { from: newHash() }))).toEqual(untouched);
      expect(await look(accounts, session)).toEqual(untouched);
    });

    test("by the token before changes nothing and answers it as it is", async () => {
      const { accounts, session } = await open();
      const renewed = await accounts.renewSession(draftRenewal(session));
      expect(await accounts.renewSession(draftRenewal(session, { now: NOW + 2 * MINUTE }))).toEqual(renewed);
    });

    test("answers the same where the same request comes again", async () => {
      const { accounts, session } = await open();
      const renewal = draftRenewal(session);
      expect(await accounts.renewSession(renewal)).toEqual(await accounts.renewSession(renewal));
      expect(await look(accounts, session)).toMatchObject({ token: renewal.to, previous: renewal.from });
    });

    test("renews that session alone, also where another has the same token", async () => {
      const { accounts, account, session } = await open();
      const other = await signIn(accounts, account, { token: session.token });
      await accounts.renewSession(draftRenewal(session));
      expect(await look(accounts, other)).toMatchObject({ session: plainSession(other), token: session.token });
    });

    test("answers null where there is none", async () => {
      const { accounts } = concurrentStores();
      expect(await accounts.renewSession(draftRenewal(draftSession("")))).toBeNull();
    });

    test("by 20 with one token at once is done by one, and all are answered what that one made", async () => {
      const { session, untouched } = await open();
      const renewals = Array.from({ length: 20 }, (_, turn) =>
        draftRenewal(session, { now: NOW + turn, expiresAt: NOW + HOUR + turn }),
      );
      const outcomes = await race(concurrentStores(), 20, (accounts, turn) =>
        accounts.renewSession(at(renewals, turn)),
      );
      const answers = valuesOf(outcomes);
      const winner = only(renewals.filter(({ to }) => to === answers[0]?.token));
      const renewed = {
        ...untouched,
        session: { ...untouched.session, usedAt: winner.now, expiresAt: winner.expiresAt },
        token: winner.to,
        previous: session.token,
        sealed: winner.sealed,
      };
      expect(answers).toEqual(answers.map(() => renewed));
    });
  });

  describe("renewing changes nothing of a session", () => {
    type End = (accounts: AccountStore, session: NewSession) => Promise<unknown>;

    test.each<[string, End, (accounts: AccountStore, session: NewSession) => Promise<unknown>]>([
      ["was ended", (accounts, { id }) => accounts.endSession({ id }, NOW), () => Promise.resolve()],
      [
        "ended when its account was disabled",
        (accounts, { account }) => accounts.setDisabled(account, NOW),
        (accounts, { account }) => accounts.setDisabled(account, null),
      ],
      [
        "ended with a new password",
        (accounts, { account }) => accounts.setPassword({ account, hash: newHash(), now: NOW }),
        () => Promise.resolve(),
      ],
    ])("that %s, and says that it is", async (_, end, recover) => {
      const { accounts } = concurrentStores();
      const session = await signIn(accounts, await signUp(accounts));
      await end(accounts, session);
      const answer = await accounts.renewSession(draftRenewal(session));
      expect(answer).toMatchObject({ isEnded: true, session: plainSession(session) });
      await recover(accounts, session);
      expect(await look(accounts, session)).toMatchObject({
        session: plainSession(session),
        token: session.token,
        previous: null,
        sealed: null,
        isEnded: true,
      });
      expect(await accounts.findSession(session.id, NOW)).toBeNull();
    });

    test("that is over, from the moment that it was made for", async () => {
      const { accounts } = concurrentStores();
      const session = await signIn(accounts, await signUp(accounts));
      const late = await accounts.renewSession(draftRenewal(session, { now: NOW + HOUR, expiresAt: NOW + 2 * HOUR }));
      expect(late).toMatchObject({ session: plainSession(session), token: session.token, isEnded: true });
      expect(await accounts.findSession(session.id, NOW + HOUR)).toBeNull();
      const last = draftRenewal(session, { now: NOW + HOUR - 1, expiresAt: NOW + 2 * HOUR });
      expect(await accounts.renewSession(last)).toMatchObject({ token: last.to, isEnded: false });
    });

    test("whose account was deleted, and answers null", async () => {
      const { accounts } = concurrentStores();
      const session = await signIn(accounts, await signUp(accounts));
      await accounts.deleteAccount(session.account);
      expect(await accounts.renewSession(draftRenewal(session))).toBeNull();
    });
  });
}
