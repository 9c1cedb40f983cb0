import { describe, expect, test } from "bun:test";
import type { AccountStore } from "../../../../src/ports/accounts.ts";
import { draftAccount, HOUR, newHash, NOW, signUp } from "../../../support/accounts/drafts.ts";
import { at } from "../../../support/stores/test-user.ts";
import { refusalOf } from "../../../support/errors.ts";
import { expectOne, type ConcurrentStores, race } from "../../../support/accounts/concurrent-stores.ts";

/** An invitation for an hour, and the admission of who has it. */
async function invite(accounts: AccountStore) {
  const hash = newHash();
  await accounts.createInvite({ hash, createdAt: NOW, expiresAt: NOW + HOUR });
  return { kind: "invite", hash } as const;
}

export function describeInvitations(concurrentStores: ConcurrentStores): void {
  describe("an invitation", () => {
    test("admits one account, once", async () => {
      const { accounts } = concurrentStores();
      const admission = await invite(accounts);
      const [account, later] = [draftAccount(), draftAccount()];
      await accounts.createAccount(account, admission);
      expect(await accounts.findAccount({ id: account.id })).toEqual(account);
      expect(await refusalOf(accounts.createAccount(later, admission))).toMatchObject({ code: "forbidden" });
      expect(await accounts.findAccount({ id: later.id })).toBeNull();
    });

    test("does not use up another one", async () => {
      const { accounts } = concurrentStores();
      const [used, kept] = [await invite(accounts), await invite(accounts)];
      await accounts.createAccount(draftAccount(), used);
      const account = draftAccount();
      await accounts.createAccount(account, kept);
      expect(await accounts.findAccount({ id: account.id })).toEqual(account);
    });

    test("admits who asks again because the answer was lost, and makes one account", async () => {
      const { accounts } = concurrentStores();
      const admission = await invite(accounts);
      const account = draftAccount();
      await accounts.createAccount(account, admission);
      await accounts.createAccount(account, admission);
      expect((await accounts.listAccounts()).filter(({ id }) => id === account.id)).toHaveLength(1);
    });

    test("is used by one of 10 at once, and the others are forbidden", async () => {
      const subject = concurrentStores();
      const admission = await invite(subject.accounts);
      const people = Array.from({ length: 10 }, () => draftAccount());
      const outcomes = await race(subject, 10, (accounts, turn) => accounts.createAccount(at(people, turn), admission));
      const winner = at(people, expectOne(outcomes, "forbidden"));
      const made = await Promise.all(people.map(({ id }) => subject.accounts.findAccount({ id })));
      expect(made.filter((account) => account !== null)).toEqual([winner]);
    });

    test("is not used up by who has an e-mail address that is there", async () => {
      const { accounts } = concurrentStores();
      const admission = await invite(accounts);
      const known = await signUp(accounts);
      const attempt = accounts.createAccount(draftAccount({ email: known.email }), admission);
      expect(await refusalOf(attempt)).toMatchObject({ code: "conflict" });
      const account = draftAccount();
      await accounts.createAccount(account, admission);
      expect(await accounts.findAccount({ id: account.id })).toEqual(account);
      expect(await accounts.findAccount({ email: known.email })).toEqual(known);
    });

    test("is good until its end, and then no more", async () => {
      const { accounts } = concurrentStores();
      const admission = await invite(accounts);
      const late = accounts.createAccount(draftAccount({ createdAt: NOW + HOUR }), admission);
      expect(await refusalOf(late)).toMatchObject({ code: "forbidden" });
      const account = draftAccount({ createdAt: NOW + HOUR - 1 });
      await accounts.createAccount(account, admission);
      expect(await accounts.findAccount({ id: account.id })).toEqual(account);
    });

    test.each<[string, (accounts: AccountStore) => Promise<string>]>([
      ["was never made", () => Promise.resolve(newHash())],
      [
        "is over",
        async (accounts) => {
          const hash = newHash();
          await accounts.createInvite({ hash, createdAt: NOW - HOUR, expiresAt: NOW });
          return hash;
        },
      ],
      [
        "was used",
        async (accounts) => {
          const admission = await invite(accounts);
          await accounts.createAccount(draftAccount(), admission);
          return admission.hash;
        },
      ],
    ])("that %s admits nobody, and says nothing of who is here", async (_, prepare) => {
      const { accounts } = concurrentStores();
      const hash = await prepare(accounts);
      const { email } = await signUp(accounts);
      for (const account of [draftAccount(), draftAccount({ email })]) {
        const attempt = accounts.createAccount(account, { kind: "invite", hash });
        expect(await refusalOf(attempt)).toMatchObject({ code: "forbidden" });
        expect(await accounts.findAccount({ id: account.id })).toBeNull();
      }
    });

    test("that was used is not good again when it is made a second time, or when its account is deleted", async () => {
      const { accounts } = concurrentStores();
      const admission = await invite(accounts);
      const { id } = draftAccount();
      await accounts.createAccount(draftAccount({ id }), admission);
      await accounts.createInvite({ hash: admission.hash, createdAt: NOW, expiresAt: NOW + 2 * HOUR });
      expect((await refusalOf(accounts.createAccount(draftAccount(), admission))).code).toBe("forbidden");
      await accounts.deleteAccount(id);
      expect((await refusalOf(accounts.createAccount(draftAccount(), admission))).code).toBe("forbidden");
    });

    test("keeps its end when it is made a second time", async () => {
      const { accounts } = concurrentStores();
      const { kind, hash } = await invite(accounts);
      await accounts.createInvite({ hash, createdAt: NOW, expiresAt: NOW + 2 * HOUR });
      const late = accounts.createAccount(draftAccount({ createdAt: NOW + HOUR }), { kind, hash });
      expect((await refusalOf(late)).code).toBe("forbidden");
    });
  });
}
