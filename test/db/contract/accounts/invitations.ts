import { describe, expect, test } from "bun:test";
import { TodoError } from "../../../../src/domain/errors.ts";
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

    test("is listed with its times and whoever used it, the oldest first, and without the right to be the first", async () => {
      const { accounts, byHand } = concurrentStores();
      await byHand("delete from invites");
      const [older, newer] = [newHash(), newHash()];
      await accounts.createInvite({ hash: newer, createdAt: NOW, expiresAt: NOW + 2 * HOUR });
      await accounts.createInvite({ hash: older, createdAt: NOW - 1, expiresAt: NOW + HOUR });
      const account = draftAccount();
      await accounts.createAccount(account, { kind: "invite", hash: newer });
      await accounts.deleteAccount((await signUp(accounts)).id);
      expect(await accounts.listInvites()).toEqual([
        { hash: older, createdAt: NOW - 1, expiresAt: NOW + HOUR, usedBy: null },
        { hash: newer, createdAt: NOW, expiresAt: NOW + 2 * HOUR, usedBy: account.email },
      ]);
    });

    test("that is taken back admits nobody, and is taken back once", async () => {
      const { accounts } = concurrentStores();
      const [gone, kept] = [await invite(accounts), await invite(accounts)];
      expect(await accounts.removeInvite(gone.hash)).toBe(true);
      expect(await accounts.removeInvite(gone.hash)).toBe(false);
      expect((await refusalOf(accounts.createAccount(draftAccount(), gone))).code).toBe("forbidden");
      await accounts.createAccount(draftAccount(), kept);
      expect(await accounts.removeInvite(kept.hash)).toBe(false);
      expect((await accounts.listInvites()).map(({ hash }) => hash)).toContain(kept.hash);
    });

    test("is used or taken back, where both come at once", async () => {
      const subject = concurrentStores();
      const { kind, hash } = await invite(subject.accounts);
      const account = draftAccount();
      const outcomes = await race(subject, 2, async (accounts, turn) => {
        if (turn === 0) return accounts.createAccount(account, { kind, hash });
        if (!(await accounts.removeInvite(hash))) throw new TodoError("forbidden", "it was used");
      });
      const isUsed = expectOne(outcomes, "forbidden") === 0;
      expect((await subject.accounts.findAccount({ id: account.id })) !== null).toBe(isUsed);
    });

    test("goes when its end has come and another is made, whether it was used or not", async () => {
      const { accounts } = concurrentStores();
      const [unused, used, open] = [await invite(accounts), await invite(accounts), newHash()];
      await accounts.createAccount(draftAccount(), used);
      const listed = async () => (await accounts.listInvites()).map(({ hash }) => hash);
      await accounts.createInvite({ hash: open, createdAt: NOW + HOUR - 1, expiresAt: NOW + 2 * HOUR });
      expect(await listed()).toEqual(expect.arrayContaining([unused.hash, used.hash, open]));
      const last = newHash();
      await accounts.createInvite({ hash: last, createdAt: NOW + HOUR, expiresAt: NOW + 2 * HOUR });
      const left = await listed();
      expect([unused.hash, used.hash, open, last].filter((hash) => left.includes(hash))).toEqual([open, last]);
      expect(await accounts.hadAccounts()).toBe(true);
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
