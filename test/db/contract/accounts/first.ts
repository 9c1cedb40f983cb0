import { beforeEach, describe, expect, test } from "bun:test";
import { draftAccount, draftSession, newHash, signUp } from "../../../support/accounts/drafts.ts";
import { at } from "../../../support/stores/test-user.ts";
import { refusalOf } from "../../../support/errors.ts";
import { expectOne, type ConcurrentStores, race } from "../../../support/accounts/concurrent-stores.ts";

const FIRST = { kind: "first" } as const;

export function describeFirst(concurrentStores: ConcurrentStores): void {
  describe("where nobody has an account yet", () => {
    beforeEach(async () => {
      const { accounts } = concurrentStores();
      for (const { id } of await accounts.listAccounts()) await accounts.deleteAccount(id);
    });

    test("the store says so, until somebody has one and again when nobody has", async () => {
      const { accounts } = concurrentStores();
      expect(await accounts.hasAccounts()).toBe(false);
      const { id } = await signUp(accounts);
      expect(await accounts.hasAccounts()).toBe(true);
      await accounts.deleteAccount(id);
      expect(await accounts.hasAccounts()).toBe(false);
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

    test("nobody is the first after that one left while others stay, and somebody is when all have left", async () => {
      const { accounts } = concurrentStores();
      const first = draftAccount();
      await accounts.createAccount(first, FIRST);
      const other = await signUp(accounts);
      await accounts.deleteAccount(first.id);
      const next = draftAccount();
      expect((await refusalOf(accounts.createAccount(next, FIRST))).code).toBe("forbidden");
      await accounts.deleteAccount(other.id);
      await accounts.createAccount(next, FIRST);
      expect(await accounts.findAccount({ id: next.id })).toEqual(next);
    });

    test("nobody can be signed in, and neither a password nor being disabled makes an account", async () => {
      const { accounts } = concurrentStores();
      const { id } = draftAccount();
      expect(await accounts.createSession(draftSession(id))).toBe(false);
      await accounts.setPassword({ account: id, hash: newHash(), now: 1 });
      await accounts.setDisabled(id, 1);
      expect(await accounts.hasAccounts()).toBe(false);
    });
  });
}
