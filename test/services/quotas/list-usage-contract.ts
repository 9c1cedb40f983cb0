import { describe, expect, test } from "bun:test";
import { listUsage, shareOf } from "../../../src/services/quotas/list-usage.ts";
import { DEFAULT_QUOTAS } from "../../../src/services/quotas/settings.ts";
import { addToken, HOUR, NOW, signIn, signUp } from "../../support/accounts/drafts.ts";
import { useOpened } from "../../support/opened.ts";
import { at } from "../../support/stores/test-user.ts";
import { arriving, bring, type ConcurrentSyncStores, type OpenedSync } from "../../support/sync/following.ts";

/** What an operator sees of accounts, whatever the database and whoever its role is. */
export function describeListUsage(name: string, open: () => Promise<OpenedSync>): void {
  describe(name, () => {
    const concurrentStores: ConcurrentSyncStores = useOpened(open);

    test("says of each account what it has, and who has most first", async () => {
      const { accounts, usage, sync } = concurrentStores();
      const [small, large] = [await signUp(accounts), await signUp(accounts)];
      await bring(sync, small.id, [arriving({ title: "one" })]);
      await bring(sync, large.id, [arriving({ title: "one" }), arriving({ title: "two" })]);
      await signIn(accounts, large);
      await signIn(accounts, large, { expiresAt: NOW + HOUR });
      await addToken(accounts, large);
      const { users } = await listUsage({ accounts, usage }, NOW);
      const known = users.filter(({ id }) => id === small.id || id === large.id);
      expect(known.map(({ email, tasks, devices, tokens }) => [email, tasks, devices, tokens])).toEqual([
        [large.email, 2, 2, 1],
        [small.email, 1, 0, 0],
      ]);
      const { bytes, historyBytes, headBytes } = at(known, 0);
      expect([historyBytes, headBytes > 0, bytes > headBytes]).toEqual([0, true, true]);
    });

    test("says how near a user is to the limit that is nearest", () => {
      const used = { id: "ada", email: null, tasks: 50_000, bytes: 1, historyBytes: 0, headBytes: 0 };
      const user = { ...used, devices: 50, tokens: 0 };
      expect(shareOf(user, DEFAULT_QUOTAS)).toBe(0.5);
      expect(shareOf(user, { ...DEFAULT_QUOTAS, devices: 0 })).toBe(0.25);
    });
  });
}
