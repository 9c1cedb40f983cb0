import { describe, expect, test } from "bun:test";
import { addToken, draftToken, HOUR, newHash, NOW, plainToken, signUp } from "../../../support/accounts/drafts.ts";
import { refusalOf } from "../../../support/errors.ts";
import { endsOf, type ConcurrentStores, race } from "../../../support/accounts/concurrent-stores.ts";

/** What an account can have at most. */
const MAX_TOKENS = 10;

export function describeTokens(concurrentStores: ConcurrentStores): void {
  describe("a token for a program", () => {
    test.each([
      ["without an end", { expiresAt: null }],
      ["with an end", { expiresAt: NOW + HOUR }],
      ["for one scope", { scopes: ["tasks:read"] }],
      ["for nothing", { scopes: [] }],
    ])("%s is found by its hash, with the e-mail address of its account, and is in the list", async (_, more) => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const token = await addToken(accounts, account, { createdAt: NOW + 1, ...more });
      expect(await accounts.findToken(token.hash, NOW)).toEqual({ token: plainToken(token), email: account.email });
      expect(await accounts.listTokens(account.id)).toEqual([plainToken(token)]);
    });

    test("that was never made is not found", async () => {
      const { accounts } = concurrentStores();
      expect(await accounts.findToken(newHash(), NOW)).toBeNull();
    });

    test("is not found by its id", async () => {
      const { accounts } = concurrentStores();
      const { id } = await addToken(accounts, await signUp(accounts));
      expect(await accounts.findToken(id, NOW)).toBeNull();
    });

    test("is over at the moment that it was made for, and not before", async () => {
      const { accounts } = concurrentStores();
      const { hash } = await addToken(accounts, await signUp(accounts), { expiresAt: NOW + HOUR });
      expect(await accounts.findToken(hash, NOW + HOUR - 1)).not.toBeNull();
      expect(await accounts.findToken(hash, NOW + HOUR)).toBeNull();
    });

    test("is not found while its account is disabled, and is when that is enabled again", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const { hash } = await addToken(accounts, account);
      await accounts.setDisabled(account.id, NOW);
      expect(await accounts.findToken(hash, NOW)).toBeNull();
      await accounts.setDisabled(account.id, null);
      expect(await accounts.findToken(hash, NOW)).not.toBeNull();
    });

    test("is made once where the same request comes again", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const token = await addToken(accounts, account);
      await accounts.createToken(token, 0);
      expect(await accounts.listTokens(account.id)).toEqual([plainToken(token)]);
    });

    test("is not made for an account that is not there", async () => {
      const { accounts } = concurrentStores();
      const token = draftToken(newHash());
      await accounts.createToken(token, 0);
      expect(await accounts.listTokens(token.account)).toEqual([]);
    });

    test("says when it was used last, and no other does", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const [used, other] = [await addToken(accounts, account), await addToken(accounts, account)];
      await accounts.touchToken(used.id, NOW + 1);
      await accounts.touchToken(used.id, NOW + 2);
      expect(await accounts.listTokens(account.id)).toEqual([
        { ...plainToken(used), usedAt: NOW + 2 },
        plainToken(other),
      ]);
      expect((await accounts.findToken(used.hash, NOW))?.token.usedAt).toBe(NOW + 2);
    });
  });

  describe("the list of tokens", () => {
    test("has those of the account, also when they are over, by when they were made and then by id", async () => {
      const { accounts } = concurrentStores();
      const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
      await addToken(accounts, theirs);
      const [one, other] = [draftToken(mine.id), draftToken(mine.id)];
      const first = draftToken(mine.id, { createdAt: NOW - 1, expiresAt: NOW });
      for (const token of [other, one, first]) await accounts.createToken(token, 0);
      expect(await accounts.listTokens(mine.id)).toEqual([first, one, other].map(plainToken));
    });
  });

  describe("removing a token", () => {
    test("answers that there was one, once, and removes no other", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const [removed, kept] = [await addToken(accounts, account), await addToken(accounts, account)];
      expect(await accounts.removeToken(account.id, removed.id)).toBe(true);
      expect(await accounts.removeToken(account.id, removed.id)).toBe(false);
      expect(await accounts.findToken(removed.hash, NOW)).toBeNull();
      expect(await accounts.listTokens(account.id)).toEqual([plainToken(kept)]);
    });

    test("of another account removes nothing", async () => {
      const { accounts } = concurrentStores();
      const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
      const { id, hash } = await addToken(accounts, theirs);
      expect(await accounts.removeToken(mine.id, id)).toBe(false);
      expect(await accounts.findToken(hash, NOW)).not.toBeNull();
    });
  });

  describe("too many tokens", () => {
    test("are refused, for that account alone, until one is removed", async () => {
      const { accounts } = concurrentStores();
      const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
      const tokens = await Promise.all(Array.from({ length: MAX_TOKENS }, () => addToken(accounts, mine)));
      const refused = draftToken(mine.id);
      expect(await refusalOf(accounts.createToken(refused, MAX_TOKENS))).toMatchObject({
        code: "quota_exceeded",
        quota: { name: "tokens", limit: MAX_TOKENS, used: MAX_TOKENS },
      });
      expect(await accounts.findToken(refused.hash, NOW)).toBeNull();
      expect(await accounts.listTokens(mine.id)).toHaveLength(MAX_TOKENS);
      await addToken(accounts, theirs);
      await accounts.removeToken(mine.id, tokens[0]?.id ?? "");
      await accounts.createToken(refused, MAX_TOKENS);
      expect(await accounts.listTokens(mine.id)).toHaveLength(MAX_TOKENS);
      await accounts.createToken(draftToken(mine.id), 0);
    });

    test(`are not made by 20 at once that would be ${MAX_TOKENS - 5 + 20} together`, async () => {
      const subject = concurrentStores();
      const account = await signUp(subject.accounts);
      await Promise.all(Array.from({ length: MAX_TOKENS - 5 }, () => addToken(subject.accounts, account)));
      const outcomes = await race(subject, 20, (accounts) => accounts.createToken(draftToken(account.id), MAX_TOKENS));
      expect(endsOf(outcomes).filter((end) => end === "done")).toHaveLength(5);
      expect(endsOf(outcomes).filter((end) => end === "quota_exceeded")).toHaveLength(15);
      expect(await subject.accounts.listTokens(account.id)).toHaveLength(MAX_TOKENS);
    });
  });
}
