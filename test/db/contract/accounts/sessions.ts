import { describe, expect, test } from "bun:test";
import type { AccountStore, NewSession } from "../../../../src/ports/accounts.ts";
import {
  draftRenewal,
  draftSession,
  HOUR,
  newHash,
  NOW,
  plainSession,
  signIn,
  signUp,
} from "../../../support/accounts/drafts.ts";
import { refusalOf } from "../../../support/errors.ts";
import { type ConcurrentStores, endsOf, race, valuesOf } from "../../../support/accounts/concurrent-stores.ts";

/** True while the store still has the session, over or not. */
async function isKept(accounts: AccountStore, session: NewSession): Promise<boolean> {
  return (await accounts.renewSession(draftRenewal(session, { from: newHash() }))) !== null;
}

export function describeSessions(concurrentStores: ConcurrentStores): void {
  describe("a new session", () => {
    test("is found with the e-mail address of its account, and is in the list", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const session = draftSession(account.id, { createdAt: NOW + 1, usedAt: NOW + 2, expiresAt: NOW + 3 });
      expect(await accounts.createSession(session, 0)).toBe(true);
      expect(await accounts.findSession(session.id, NOW)).toEqual({
        session: plainSession(session),
        email: account.email,
      });
      expect(await accounts.listSessions(account.id, NOW)).toEqual([plainSession(session)]);
    });

    test("is not made for an account that is not there", async () => {
      const { accounts } = concurrentStores();
      const session = draftSession(newHash());
      expect(await accounts.createSession(session, 0)).toBe(false);
      expect(await accounts.listSessions(session.account, NOW)).toEqual([]);
    });

    test("is not made for an account that is disabled", async () => {
      const { accounts } = concurrentStores();
      const { id } = await signUp(accounts);
      await accounts.setDisabled(id, NOW);
      expect(await accounts.createSession(draftSession(id), 0)).toBe(false);
      await accounts.setDisabled(id, null);
      expect(await accounts.listSessions(id, NOW)).toEqual([]);
    });

    test("is made once where the same request comes again", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const session = await signIn(accounts, account);
      expect(await accounts.createSession(session, 0)).toBe(true);
      expect(await accounts.listSessions(account.id, NOW)).toEqual([plainSession(session)]);
    });

    test("has the store forget those of its account that are over, and no others", async () => {
      const { accounts } = concurrentStores();
      const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
      const [live, over, ended, foreign] = [
        await signIn(accounts, mine, { expiresAt: NOW + HOUR + 1 }),
        await signIn(accounts, mine, { expiresAt: NOW + HOUR }),
        await signIn(accounts, mine, { expiresAt: NOW + 2 * HOUR }),
        await signIn(accounts, theirs, { expiresAt: NOW + HOUR }),
      ];
      await accounts.endSession({ id: ended.id }, NOW);
      const sessions = [live, over, ended, foreign];
      const kept = () => Promise.all(sessions.map((session) => isKept(accounts, session)));
      expect(await kept()).toEqual([true, true, true, true]);
      await signIn(accounts, mine, { createdAt: NOW + HOUR, expiresAt: NOW + 2 * HOUR });
      expect(await kept()).toEqual([true, false, false, true]);
    });

    test("is made for each of 20 who sign in to one account at once", async () => {
      const subject = concurrentStores();
      const { id } = await signUp(subject.accounts);
      const made = await race(subject, 20, (accounts) => accounts.createSession(draftSession(id), 0));
      expect(valuesOf(made)).toEqual(made.map(() => true));
      expect(await subject.accounts.listSessions(id, NOW)).toHaveLength(20);
    });
  });

  describe("too many sessions", () => {
    test("are refused, for that account alone, until one is ended or is over", async () => {
      const { accounts } = concurrentStores();
      const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
      const create = (id: string, now = NOW) =>
        accounts.createSession(draftSession(id, { createdAt: now, usedAt: now, expiresAt: now + HOUR }), 2);
      const first = await signIn(accounts, mine);
      await signIn(accounts, mine, { expiresAt: NOW + 1000 });
      expect(await refusalOf(create(mine.id))).toMatchObject({
        code: "quota_exceeded",
        quota: { name: "devices", limit: 2, used: 2 },
      });
      expect(await accounts.listSessions(mine.id, NOW)).toHaveLength(2);
      expect(await create(theirs.id)).toBe(true);
      await accounts.endSession({ id: first.id }, NOW);
      expect(await create(mine.id)).toBe(true);
      expect((await refusalOf(create(mine.id))).code).toBe("quota_exceeded");
      expect(await create(mine.id, NOW + 1000)).toBe(true);
    });

    test("are not made by 12 who sign in at once", async () => {
      const subject = concurrentStores();
      const { id } = await signUp(subject.accounts);
      const outcomes = await race(subject, 12, (accounts) => accounts.createSession(draftSession(id), 5));
      expect(endsOf(outcomes).filter((end) => end === "quota_exceeded")).toHaveLength(7);
      expect(await subject.accounts.listSessions(id, NOW)).toHaveLength(5);
    });
  });

  describe("a session", () => {
    test("that was never made is not found", async () => {
      const { accounts } = concurrentStores();
      expect(await accounts.findSession(draftSession("").id, NOW)).toBeNull();
    });

    test("is over at the moment that it was made for, and not before", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const { id } = await signIn(accounts, account);
      for (const [now, count] of [
        [NOW + HOUR - 1, 1],
        [NOW + HOUR, 0],
      ] as const) {
        expect(await accounts.listSessions(account.id, now)).toHaveLength(count);
        expect((await accounts.findSession(id, now)) !== null).toBe(count === 1);
      }
    });

    test("is neither found nor renewed while its account is disabled, also where that was done by hand", async () => {
      const { accounts, byHand } = concurrentStores();
      const account = await signUp(accounts);
      const session = await signIn(accounts, account);
      await byHand(`update accounts set disabled_at = 1 where id = '${account.id}'`);
      expect(await accounts.findSession(session.id, NOW)).toBeNull();
      expect(await accounts.renewSession(draftRenewal(session))).toMatchObject({ token: session.token, isEnded: true });
      await byHand(`update accounts set disabled_at = null where id = '${account.id}'`);
      expect(await accounts.findSession(session.id, NOW)).toEqual({
        session: plainSession(session),
        email: account.email,
      });
    });
  });

  describe("the list of sessions", () => {
    test("has those of the account that are not over, the last used first", async () => {
      const { accounts } = concurrentStores();
      const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
      const [first, last, second] = [
        await signIn(accounts, mine, { usedAt: NOW + 30 }),
        await signIn(accounts, mine, { usedAt: NOW + 10 }),
        await signIn(accounts, mine, { usedAt: NOW + 20 }),
      ];
      const ended = await signIn(accounts, mine);
      await signIn(accounts, theirs);
      await accounts.endSession({ id: ended.id }, NOW);
      const listed = () => accounts.listSessions(mine.id, NOW);
      expect(await listed()).toEqual([first, second, last].map(plainSession));
      await accounts.renewSession(draftRenewal(last));
      expect((await listed()).map(({ id }) => id)).toEqual([last.id, first.id, second.id]);
    });

    test("has those that were used at the same time by id", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const ids = Array.from({ length: 8 }, () => draftSession("").id);
      for (const id of ids.toReversed()) await signIn(accounts, account, { id });
      expect((await accounts.listSessions(account.id, NOW)).map(({ id }) => id)).toEqual(ids);
    });
  });

  describe("a refresh token", () => {
    test("is known by its hash while it is the current one of a live session, or the one before", async () => {
      const { accounts } = concurrentStores();
      const drafted = await signIn(accounts, await signUp(accounts));
      const [first, second] = [draftRenewal(drafted), draftRenewal(drafted)];
      const session = drafted.id;
      const knows = (token: string, more = {}) => accounts.hasRefreshToken({ session, token, ...more }, NOW);
      expect(await knows(drafted.token)).toBe(true);
      await accounts.renewSession(first);
      await accounts.renewSession({ ...second, from: first.to });
      expect([await knows(second.to), await knows(first.to)]).toEqual([true, true]);
      for (const token of [drafted.token, newHash(), ""]) expect(await knows(token)).toBe(false);
      expect(await knows(second.to, { session: draftSession("").id })).toBe(false);
      const end = (await accounts.findSession(session, NOW))?.session.expiresAt ?? 0;
      expect(await accounts.hasRefreshToken({ session, token: second.to }, end)).toBe(false);
      await accounts.endSession({ id: session }, NOW);
      expect(await knows(second.to)).toBe(false);
    });
  });

  describe("ending a session", () => {
    test("answers that there was one, once, and ends no other", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const [{ id }, kept] = [await signIn(accounts, account), await signIn(accounts, account)];
      expect(await accounts.endSession({ id }, NOW)).toBe(true);
      expect(await accounts.endSession({ id }, NOW)).toBe(false);
      expect(await accounts.findSession(id, NOW)).toBeNull();
      expect(await accounts.listSessions(account.id, NOW)).toEqual([plainSession(kept)]);
    });

    test("of a given account ends those of that account alone", async () => {
      const { accounts } = concurrentStores();
      const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
      const { id } = await signIn(accounts, mine);
      expect(await accounts.endSession({ id, account: theirs.id }, NOW)).toBe(false);
      expect(await accounts.findSession(id, NOW)).not.toBeNull();
      expect(await accounts.endSession({ id, account: mine.id }, NOW)).toBe(true);
      expect(await accounts.findSession(id, NOW)).toBeNull();
    });

    test("that was never made answers that there was none", async () => {
      const { accounts } = concurrentStores();
      expect(await accounts.endSession({ id: draftSession("").id }, NOW)).toBe(false);
    });

    test("by 10 at once ends it for one of them", async () => {
      const subject = concurrentStores();
      const { id } = await signIn(subject.accounts, await signUp(subject.accounts));
      const ended = valuesOf(await race(subject, 10, (accounts) => accounts.endSession({ id }, NOW)));
      expect(ended.filter(Boolean)).toHaveLength(1);
    });
  });
}
