import { describe, expect, test } from "bun:test";
import { createAccountStore } from "../../src/db/accounts/store.ts";
import type { Engine } from "../../src/db/engine.ts";
import { createSyncStore } from "../../src/db/sync/store.ts";
import { createStore } from "../../src/db/tasks/store.ts";
import { createUsageStore } from "../../src/db/usage/store.ts";
import { signUp } from "../support/accounts/drafts.ts";
import { useOpened } from "../support/opened.ts";
import { interrupt, type OpenedEngine } from "../support/stores/engines.ts";
import { newId, OPENING } from "../support/stores/test-user.ts";

const TASKS = 20;
const EDITED = 10;
/** Of bytes that no database compresses to less than half. */
const TASK_BYTES = 100_000;
const MAX_BYTES_OF_UNIT = 1_200_000;

/** The same engine, which calls this after each unit of work. */
function watch(engine: Engine, afterUnit: () => Promise<void>): Engine {
  return {
    ...engine,
    get node() {
      return engine.node;
    },
    atomically: async (...asked) => {
      const rows = await engine.atomically(...asked);
      await afterUnit();
      return rows;
    },
  };
}

/** How an account goes that holds more than others should wait for. */
export function describeRemoval(name: string, open: () => Promise<OpenedEngine>): void {
  describe(name, () => {
    const openEngine = useOpened(open);

    /** Somebody with many large tasks, some of which were changed, and with heads. */
    const settle = async ({ bytes = TASK_BYTES, tasks = TASKS } = {}) => {
      const { engine } = openEngine();
      const [store, usage, sync] = [createStore(engine), createUsageStore(engine), createSyncStore(engine)];
      const account = await signUp(createAccountStore(engine));
      const text = () => crypto.getRandomValues(new Uint8Array(bytes / 2)).toHex();
      const ids = Array.from({ length: tasks }, () => newId());
      const write = (title: string, some: readonly string[]) =>
        store.commit(account.id, {
          action: "edit",
          now: OPENING,
          edits: some.map((id) => ({ id, fields: { title, x: text() } })),
        });
      await write("one", ids);
      await write("two", ids.slice(0, EDITED));
      await sync.exchange(account.id, { arrivals: [], after: 0, limit: 1, now: OPENING });
      const measure = async () => {
        const { taskBytes, historyBytes, headBytes } = await usage.measure(account.id);
        return taskBytes + historyBytes + headBytes;
      };
      return { engine, account, measure };
    };

    test("an account is deleted a little at a time, and all of it", async () => {
      const { engine, account, measure } = await settle();
      const sizes = [await measure()];
      const watched = watch(engine, async () => void sizes.push(await measure()));
      await createAccountStore(watched).deleteAccount(account.id);
      const removed = sizes.slice(1).map((size, at) => (sizes[at] ?? 0) - size);
      expect(sizes[0]).toBeGreaterThan(3 * MAX_BYTES_OF_UNIT);
      expect(Math.max(...removed)).toBeLessThan(MAX_BYTES_OF_UNIT);
      expect(sizes.at(-1)).toBe(0);
    });

    test("an account whose deletion is interrupted anywhere is gone, and what is left of it goes later", async () => {
      const kept = await settle({ bytes: 100 });
      const keptBytes = await kept.measure();
      const accounts = createAccountStore(kept.engine);
      let interrupted = 0;
      for (let isDone = false; !isDone; interrupted += 1) {
        const { engine, account, measure } = await settle({ bytes: 100, tasks: 2 });
        const broken = createAccountStore(interrupt(engine, interrupted + 1));
        isDone = await broken.deleteAccount(account.id).then(
          () => true,
          () => false,
        );
        expect(await accounts.findAccount({ id: account.id })).toBeNull();
        expect(await accounts.listInvites()).toEqual([]);
        await accounts.finishDeletions();
        expect(await measure()).toBe(0);
      }
      // History, tasks, heads, and the note that it is not finished.
      expect(interrupted).toBe(5);
      expect(await kept.measure()).toBe(keptBytes);
      // Nothing is left to be done.
      await createAccountStore(interrupt(kept.engine, 0)).finishDeletions();
    });
  });
}
