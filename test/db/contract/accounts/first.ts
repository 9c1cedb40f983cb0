import { beforeEach, describe, expect, test } from "bun:test";
import { draftAccount, draftSession, HOUR, newHash, NOW, signUp } from "../../../support/accounts/drafts.ts";
import { at } from "../../../support/stores/test-user.ts";
import { refusalOf } from "../../../support/errors.ts";
import { endsOf, expectOne, type ConcurrentStores, race } from "../../../support/accounts/concurrent-stores.ts";

const FIRST = { kind: "first" } as const;

export function describeFirst(concurrentStores: ConcurrentStores): void {
  /** Takes away what is noted of the first, as in a database of an earlier version. */
  const forgetFirst = () => concurrentStores().byHand("delete from invites where hash = 'first'");

  describe("where nobody ever had an account", () => {
    beforeEach(async () => {
      const { accounts } = concurrentStores();
      for (const { id } of await accounts.listAccounts()) await accounts.deleteAccount(id);
      await forgetFirst();
    });

    test("the store says so, until somebody has one, and never again", async () => {
      const { accounts } = concurrentStores();
      expect(await accounts.hadAccounts()).toBe(false);
      const { id } = await signUp(accounts);
      expect(await accounts.hadAccounts()).toBe(true);
      await accounts.deleteAccount(id);
      expect(await accounts.hadAccounts()).toBe(true);
    });

    test("who comes first is admitted, and nobody else who claims to", async () => {
      const { accounts } = concurrentStores();
      const [first, second] = [draftAccount(), draftAccount()];
      await accounts.createAccount(first, FIRST);
      expect(await refusalOf(accounts.createAccount(second, FIRST))).toMatchObject({ code: "forbidden" });
      expect(await accounts.findAccount({ id: first.id })).toEqual(first);
      expect(await accounts.findAccount({ id: second.id })).toBeNull();
    });

    test("the first may ask twice, because the answer may have been lost", async () => {
      const { accounts } = concurrentStores();
      const first = draftAccount();
      await accounts.createAccount(first, FIRST);
      await accounts.createAccount(first, FIRST);
      expect(await accounts.listAccounts()).toEqual([{ ...first, usedAt: null }]);
    });

    test.each([2, 20])("of %d who are the first at once, one is admitted", async (count) => {
      const subject = concurrentStores();
      const people = Array.from({ length: count }, () => draftAccount());
      const outcomes = await race(subject, count, (accounts, turn) => accounts.createAccount(at(people, turn), FIRST));
      const winner = at(people, expectOne(outcomes, "forbidden"));
      expect(await subject.accounts.listAccounts()).toEqual([{ ...winner, usedAt: null }]);
    });

    test("who claims to be the first learns of nobody else's address", async () => {
      const { accounts } = concurrentStores();
      const { email } = await signUp(accounts);
      const attempt = accounts.createAccount(draftAccount({ email }), FIRST);
      expect((await refusalOf(attempt)).code).toBe("forbidden");
    });

    test("nobody is the first after that one left, while others stay and when all have left", async () => {
      const { accounts } = concurrentStores();
      const first = draftAccount();
      await accounts.createAccount(first, FIRST);
      const other = await signUp(accounts);
      await accounts.deleteAccount(first.id);
      expect((await refusalOf(accounts.createAccount(draftAccount(), FIRST))).code).toBe("forbidden");
      await accounts.deleteAccount(other.id);
      // What is over goes then, and the right to be the first is none of it.
      await accounts.createInvite({ hash: newHash(), createdAt: NOW + HOUR, expiresAt: NOW + 2 * HOUR });
      expect(await accounts.removeInvite("first")).toBe(false);
      expect((await refusalOf(accounts.createAccount(draftAccount(), FIRST))).code).toBe("forbidden");
      expect(await accounts.listAccounts()).toEqual([]);
    });

    test("nobody is the first after those left who were no first ones, or of whom it was not noted", async () => {
      const { accounts } = concurrentStores();
      const open = await signUp(accounts);
      await accounts.deleteAccount(open.id);
      expect((await refusalOf(accounts.createAccount(draftAccount(), FIRST))).code).toBe("forbidden");
      await forgetFirst();
      const early = draftAccount();
      await accounts.createAccount(early, FIRST);
      await forgetFirst();
      expect((await refusalOf(accounts.createAccount(draftAccount(), FIRST))).code).toBe("forbidden");
      await accounts.deleteAccount(early.id);
      expect((await refusalOf(accounts.createAccount(draftAccount(), FIRST))).code).toBe("forbidden");
    });

    test("who is refused uses nothing up, and neither does the deletion of nobody", async () => {
      const { accounts } = concurrentStores();
      const { id } = await signUp(accounts);
      expect((await refusalOf(accounts.createAccount(draftAccount(), FIRST))).code).toBe("forbidden");
      await concurrentStores().byHand(`delete from accounts where id = '${id}'`);
      await accounts.deleteAccount(draftAccount().id);
      const first = draftAccount();
      await accounts.createAccount(first, FIRST);
      expect(await accounts.findAccount({ id: first.id })).toEqual(first);
    });

    test("nobody is the first who comes at the moment at which the only one leaves", async () => {
      const subject = concurrentStores();
      const { id } = await signUp(subject.accounts);
      const outcomes = await race(subject, 12, (accounts, turn) =>
        turn === 5 ? accounts.deleteAccount(id) : accounts.createAccount(draftAccount(), FIRST),
      );
      expect(endsOf(outcomes).toSorted()).toEqual(["done", ...Array.from({ length: 11 }, () => "forbidden")]);
      expect(await subject.accounts.listAccounts()).toEqual([]);
    });

    test("one is the first of many at once of whom each leaves as soon as they are in", async () => {
      const subject = concurrentStores();
      const outcomes = await race(subject, 12, async (accounts) => {
        const account = draftAccount();
        await accounts.createAccount(account, FIRST);
        await accounts.deleteAccount(account.id);
      });
      expectOne(outcomes, "forbidden");
      expect(await subject.accounts.listAccounts()).toEqual([]);
    });

    test("nobody can be signed in, and neither a password nor being disabled makes an account", async () => {
      const { accounts } = concurrentStores();
      const { id } = draftAccount();
      expect(await accounts.createSession(draftSession(id), 0)).toBe(false);
      await accounts.setPassword({ account: id, hash: newHash(), now: 1 });
      await accounts.setDisabled(id, 1);
      expect(await accounts.hadAccounts()).toBe(false);
    });
  });
}
