import { describe, expect, test } from "bun:test";
import { costOfArrival, costOfCommit } from "../../../src/services/quotas/costs.ts";
import type { Fields } from "../../../src/domain/task/registers.ts";
import type { UsageStore } from "../../../src/ports/usage.ts";
import { useOpened } from "../../support/opened.ts";
import { newId } from "../../support/stores/test-user.ts";
import { arriving, bring, type ConcurrentSyncStores, type OpenedSync } from "../../support/sync/following.ts";

/** Texts that take more bytes where they are stored than they have characters. */
const TEXTS = ["x".repeat(500), '"'.repeat(300), "\\".repeat(300), "\n".repeat(300), "漢".repeat(300), "İ".repeat(300)];

async function measureBytes(usage: UsageStore, user: string): Promise<number> {
  const { taskBytes, historyBytes, headBytes } = await usage.measure(user);
  return taskBytes + historyBytes + headBytes;
}

/** That a cost is never less than what is measured, or a user could store more than the limit. */
export function describeCosts(name: string, open: () => Promise<OpenedSync>): void {
  describe(name, () => {
    const concurrentStores: ConcurrentSyncStores = useOpened(open);

    test.each(TEXTS)("of commits that write and replace a text are at least what is stored: %#", async (text) => {
      const { store, usage } = concurrentStores();
      const user = `user-${newId()}`;
      const id = newId();
      let cost = 0;
      const write = async (fields: Fields) => {
        const commit = { action: "edit", now: 0, edits: [{ id, fields }] } as const;
        cost += costOfCommit(commit).bytes;
        await store.commit(user, commit);
        expect(cost).toBeGreaterThanOrEqual(await measureBytes(usage, user));
      };
      await write({ title: text, description: text, created_at: "2026-11-20T09:00:00.000Z" });
      await write({ title: "short", description: "", priority: "low", "tag:a": true });
      await write({ description: text, "tag:a": false });
      await write({ deleted_at: "2026-11-20T09:00:00.000Z" });
    });

    test.each(TEXTS)("of what a replica brings are at least what is stored: %#", async (text) => {
      const { sync, usage } = concurrentStores();
      const user = `user-${newId()}`;
      const arrival = arriving({ title: text, description: text, later: text, number: 1.5e-300, flag: true });
      await bring(sync, user, [arrival]);
      expect(costOfArrival(arrival, undefined).bytes).toBeGreaterThanOrEqual(await measureBytes(usage, user));
    });
  });
}
