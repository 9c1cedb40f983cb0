import { describe, expect, test } from "bun:test";
import { compareBytes } from "../../../../src/domain/task/registers.ts";
import {
  addToken,
  draftAccount,
  draftPoll,
  draftRenewal,
  draftSession,
  letIn,
  MINUTE,
  newHash,
  NOW,
  plainSession,
  signIn,
  signUp,
} from "../../../support/accounts/drafts.ts";
import { at } from "../../../support/stores/test-user.ts";
import { refusalOf } from "../../../support/errors.ts";
import { expectOne, type ConcurrentStores, race } from "../../../support/accounts/concurrent-stores.ts";

const OPEN = { kind: "open" } as const;

export function describePeople(concurrentStores: ConcurrentStores): void {
  describe("an account", () => {
    test("is found by its id and by its e-mail address, and nobody else is", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts, { createdAt: NOW + 1 });
      await signUp(accounts);
      expect(await accounts.findAccount({ id: account.id })).toEqual(account);
      expect(await accounts.findAccount({ email: account.email })).toEqual(account);
      expect(await accounts.findAccount({ id: account.email })).toBeNull();
      expect(await accounts.findAccount({ email: account.id })).toBeNull();
    });

    test("is refused as a conflict where its e-mail address is there, and the other one stays as it is", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const later = draftAccount({ email: account.email });
      expect(await refusalOf(accounts.createAccount(later, OPEN))).toMatchObject({ code: "conflict" });
      expect(await accounts.findAccount({ email: account.email })).toEqual(account);
      expect(await accounts.findAccount({ id: later.id })).toBeNull();
    });

    test("is made once where the same request comes again", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      await accounts.createAccount(account, OPEN);
      expect((await accounts.listAccounts()).filter(({ id }) => id === account.id)).toHaveLength(1);
    });

    test("is made by one of 20 who want the same e-mail address at once", async () => {
      const subject = concurrentStores();
      const { email } = draftAccount();
      const people = Array.from({ length: 20 }, () => draftAccount({ email }));
      const outcomes = await race(subject, 20, (accounts, turn) => accounts.createAccount(at(people, turn), OPEN));
      const winner = at(people, expectOne(outcomes, "conflict"));
      expect(await subject.accounts.findAccount({ email })).toEqual(winner);
    });
  });

  describe("the list of accounts", () => {
    test("is by e-mail address, by bytes", async () => {
      const { accounts } = concurrentStores();
      const mark = newHash();
      const emails = ["aa", "z", "a-b", "a.b", "ab", "å", "b", "a_b", "a+b"].map(
        (name) => `${mark}${name}@example.org`,
      );
      for (const email of emails) await signUp(accounts, { email });
      const listed = (await accounts.listAccounts()).map(({ email }) => email);
      expect(listed.filter((email) => email.startsWith(mark))).toEqual(emails.toSorted(compareBytes));
      expect(listed).toEqual(listed.toSorted(compareBytes));
    });

    test("has of each what there is to know, and when a session of it was renewed last", async () => {
      const { accounts } = concurrentStores();
      const [quiet, busy, disabled] = [await signUp(accounts), await signUp(accounts), await signUp(accounts)];
      await signIn(accounts, busy, { usedAt: NOW + 1 });
      const session = await signIn(accounts, busy, { usedAt: NOW + 2 });
      await signIn(accounts, busy, { usedAt: NOW });
      await accounts.setDisabled(disabled.id, NOW + 3);
      const listed = async () => new Map((await accounts.listAccounts()).map((account) => [account.id, account]));
      const before = await listed();
      expect(before.get(quiet.id)).toEqual({ ...quiet, usedAt: null });
      expect(before.get(busy.id)).toEqual({ ...busy, usedAt: NOW + 2 });
      expect(before.get(disabled.id)).toEqual({ ...disabled, disabledAt: NOW + 3, usedAt: null });
      await accounts.renewSession(draftRenewal(session, { now: NOW + MINUTE }));
      expect((await listed()).get(busy.id)?.usedAt).toBe(NOW + MINUTE);
    });
  });

  describe("a new password", () => {
    test("ends all sessions of the account but the one that is kept, and of no one else", async () => {
      const { accounts } = concurrentStores();
      const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
      const [kept, other, third] = [
        await signIn(accounts, mine),
        await signIn(accounts, mine),
        await signIn(accounts, mine),
      ];
      const foreign = await signIn(accounts, theirs);
      const hash = newHash();
      await accounts.setPassword({ account: mine.id, hash, now: NOW + 1, keep: kept.id });
      expect(await accounts.findAccount({ id: mine.id })).toEqual({ ...mine, passwordHash: hash });
      expect(await accounts.findAccount({ id: theirs.id })).toEqual(theirs);
      expect(await accounts.listSessions(mine.id, NOW)).toEqual([plainSession(kept)]);
      for (const { id } of [other, third]) expect(await accounts.findSession(id, NOW)).toBeNull();
      expect(await accounts.listSessions(theirs.id, NOW)).toEqual([plainSession(foreign)]);
    });

    test("ends all sessions where none is to be kept, and does no more the second time", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      await signIn(accounts, account);
      await signIn(accounts, account);
      const change = { account: account.id, hash: newHash(), now: NOW + 1 };
      await accounts.setPassword(change);
      await accounts.setPassword(change);
      expect(await accounts.listSessions(account.id, NOW)).toEqual([]);
      expect(await accounts.findAccount({ id: account.id })).toEqual({ ...account, passwordHash: change.hash });
    });

    test("does not bring back a session that was over, also where that is the one to be kept", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const { id } = await signIn(accounts, account);
      await accounts.endSession({ id }, NOW);
      await accounts.setPassword({ account: account.id, hash: newHash(), now: NOW + 1, keep: id });
      expect(await accounts.findSession(id, NOW)).toBeNull();
    });

    test("leaves the tokens for programs, and ends those of the account where that is asked", async () => {
      const { accounts } = concurrentStores();
      const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
      await addToken(accounts, mine);
      await addToken(accounts, mine);
      await addToken(accounts, theirs);
      const change = { account: mine.id, hash: newHash(), now: NOW + 1 };
      await accounts.setPassword(change);
      expect(await accounts.listTokens(mine.id)).toHaveLength(2);
      await accounts.setPassword({ ...change, tokens: true });
      expect(await accounts.listTokens(mine.id)).toEqual([]);
      expect(await accounts.listTokens(theirs.id)).toHaveLength(1);
    });

    test("refuses a device that was let in before and has not asked since", async () => {
      const { accounts } = concurrentStores();
      const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
      const [refused, foreign] = [await letIn(accounts, mine), await letIn(accounts, theirs)];
      await accounts.setPassword({ account: mine.id, hash: newHash(), now: NOW + 1 });
      expect(await accounts.pollDeviceRequest(refused.hash, draftPoll(NOW + 2))).toMatchObject({
        request: { decision: "denied" },
        session: null,
      });
      expect(await accounts.pollDeviceRequest(foreign.hash, draftPoll(NOW + 2))).toMatchObject({
        session: { account: theirs.id },
      });
    });
  });

  describe("a better hash of the same password", () => {
    test("takes the place of the one that it was made from, ends nothing and changes no one else", async () => {
      const { accounts } = concurrentStores();
      const mine = await signUp(accounts);
      const theirs = await signUp(accounts, { passwordHash: mine.passwordHash });
      await signIn(accounts, mine);
      const better = newHash();
      await accounts.renewHash(mine.id, mine.passwordHash, better);
      await accounts.renewHash(mine.id, mine.passwordHash, better);
      expect(await accounts.findAccount({ id: mine.id })).toEqual({ ...mine, passwordHash: better });
      expect(await accounts.findAccount({ id: theirs.id })).toEqual(theirs);
      expect(await accounts.listSessions(mine.id, NOW)).toHaveLength(1);
    });

    test("is not taken where the password was changed meanwhile", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const hash = newHash();
      await accounts.setPassword({ account: account.id, hash, now: NOW });
      await accounts.renewHash(account.id, account.passwordHash, newHash());
      expect((await accounts.findAccount({ id: account.id }))?.passwordHash).toBe(hash);
    });
  });

  describe("an account that is disabled", () => {
    test("says since when, and no other is", async () => {
      const { accounts } = concurrentStores();
      const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
      await accounts.setDisabled(mine.id, NOW + 1);
      expect(await accounts.findAccount({ id: mine.id })).toEqual({ ...mine, disabledAt: NOW + 1 });
      expect(await accounts.findAccount({ id: theirs.id })).toEqual(theirs);
    });

    test("has no sessions any more, also when it is enabled again", async () => {
      const { accounts } = concurrentStores();
      const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
      const [session, foreign] = [await signIn(accounts, mine), await signIn(accounts, theirs)];
      await accounts.setDisabled(mine.id, NOW + 1);
      expect(await accounts.findSession(session.id, NOW)).toBeNull();
      expect(await accounts.listSessions(mine.id, NOW)).toEqual([]);
      await accounts.setDisabled(mine.id, null);
      expect(await accounts.findAccount({ id: mine.id })).toEqual(mine);
      expect(await accounts.findSession(session.id, NOW)).toBeNull();
      expect(await accounts.listSessions(mine.id, NOW)).toEqual([]);
      expect(await accounts.findSession(foreign.id, NOW)).not.toBeNull();
    });

    test("gets no new session until it is enabled again", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      await accounts.setDisabled(account.id, NOW);
      const refused = draftSession(account.id);
      expect(await accounts.createSession(refused, 0)).toBe(false);
      await accounts.setDisabled(account.id, null);
      const session = await signIn(accounts, account);
      expect(await accounts.listSessions(account.id, NOW)).toEqual([plainSession(session)]);
    });

    test("is not enabled again in the sessions of its devices that had asked to be let in", async () => {
      const { accounts } = concurrentStores();
      const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
      const [request, foreign] = [await letIn(accounts, mine), await letIn(accounts, theirs)];
      await accounts.setDisabled(mine.id, NOW + 1);
      await accounts.setDisabled(mine.id, null);
      expect(await accounts.pollDeviceRequest(request.hash, draftPoll(NOW + 2))).toMatchObject({ session: null });
      expect(await accounts.pollDeviceRequest(foreign.hash, draftPoll(NOW + 2))).not.toMatchObject({ session: null });
    });

    test("that is enabled again loses nothing that was not disabled", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      await signIn(accounts, account);
      const request = await letIn(accounts, account);
      await accounts.setDisabled(account.id, null);
      expect(await accounts.listSessions(account.id, NOW)).toHaveLength(1);
      expect(await accounts.pollDeviceRequest(request.hash, draftPoll(NOW))).not.toMatchObject({ session: null });
    });
  });
}
