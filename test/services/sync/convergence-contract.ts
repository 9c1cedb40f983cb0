import { expect, test } from "bun:test";
import fc from "fast-check";
import type { ConcurrentSyncStores } from "../../support/sync/following.ts";
import { anyHistory, createReplica, playHistory } from "./model.ts";

/** Whatever replicas do, they agree in the end. A slower store takes fewer histories. */
export function describeConvergence(concurrentStores: ConcurrentSyncStores, histories: number): void {
  test("replicas that edit, and whose answers are lost, end with what the server has", async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, async (history) => {
        const { server, replicas } = await playHistory(concurrentStores().sync, history);
        for (const tasks of replicas) expect(tasks).toEqual(server);
      }),
      { numRuns: histories },
    );
  }, 60_000);

  test("replicas that edit and exchange at once end with what the server has", async () => {
    const { sync, others } = concurrentStores();
    const user = `user-${crypto.randomUUID()}`;
    const ids = Array.from({ length: 4 }, () => crypto.randomUUID());
    const replicas = [sync, others, sync, others].map((store) => createReplica(store, user));
    await Promise.all(
      replicas.map(async ({ edit, reach }, one) => {
        for (let turn = 0; turn < 15; turn += 1) {
          edit({ id: ids[turn % 4] ?? "", fields: { title: `${one} ${turn}`, [`tag:${one}`]: true }, later: turn });
          await reach(2, turn % 3 === one % 3);
        }
      }),
    );
    const [first, ...rest] = await Promise.all(replicas.map(({ settle }) => settle()));
    expect(first?.size).toBe(4);
    for (const tasks of rest) expect(tasks).toEqual(first ?? new Map());
  });
}
