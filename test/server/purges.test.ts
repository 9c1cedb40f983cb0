import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../src/db/sqlite/database.ts";
import { createPurge } from "../../src/services/sync/purging.ts";
import { useApis } from "../support/server/api.ts";

const DAY_MS = 86_400_000;

describe("a user of the API who never syncs", () => {
  const database = openSqlite(":memory:");
  const openApi = useApis(() => database.store);
  const purges: Promise<void>[] = [];
  const open = () =>
    openApi(({ now }) => {
      const purge = createPurge({ sync: database.sync, now });
      return {
        sync: database.sync,
        purge: (user) => {
          const purging = purge(user);
          purges.push(purging);
          return purging;
        },
      };
    });

  test("has nothing left of a task that was deleted 180 days ago, once something is written", async () => {
    const api = open();
    const [gone, kept] = [await api.add({ title: "gone" }), await api.add({ title: "kept" })];
    await api.ask("DELETE", `/api/tasks/${gone.id}`);
    await Promise.all(purges);
    api.clock.now += 181 * DAY_MS;
    await api.ask("GET", `/api/tasks/${kept.id}`);
    await Promise.all(purges);
    expect(await database.store.history("ann", { id: gone.id })).toHaveLength(2);
    await api.ask("PATCH", `/api/tasks/${kept.id}`, { json: { title: "still kept" } });
    await Promise.all(purges);
    expect(await database.store.history("ann", { id: gone.id })).toEqual([]);
    expect((await database.store.get("ann", [gone.id, kept.id])).map(({ id }) => id)).toEqual([kept.id]);
  });
});
