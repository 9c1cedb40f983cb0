import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { TodoError } from "../../../src/domain/errors.ts";
import { createPurge } from "../../../src/services/sync/purging.ts";
import { OPENING } from "../../support/stores/test-user.ts";
import { arriving, bring } from "../../support/sync/following.ts";

const DAY = 86_400_000;

/** A user with a task that was deleted so many days before the clock of the purge. */
async function openUser(days: number) {
  const { sync } = openSqlite(":memory:");
  const asked: string[] = [];
  const clock = { now: OPENING + days * DAY };
  const purge = createPurge({
    sync: {
      ...sync,
      purge: (user, before) => {
        asked.push(user);
        return sync.purge(user, before);
      },
    },
    now: () => clock.now,
  });
  await bring(sync, "ada", [arriving({ title: "gone", deleted_at: "2026-11-20T09:00:00.000Z" })]);
  const count = async () => (await bring(sync, "ada", [])).tasks.length;
  return { purge, clock, asked, count };
}

describe("a purge", () => {
  test("takes what was deleted more than 180 days ago, and nothing sooner", async () => {
    const { purge, clock, count } = await openUser(180);
    await purge("ada");
    expect(await count()).toBe(1);
    clock.now += DAY;
    await purge("ada");
    expect(await count()).toBe(0);
  });

  test("is at most one a day for a user, whatever is written", async () => {
    const { purge, clock, asked } = await openUser(1);
    await Promise.all([purge("ada"), purge("ada"), purge("ben")]);
    clock.now += DAY - 1;
    await purge("ada");
    expect(asked).toEqual(["ada", "ben"]);
    clock.now += 1;
    await purge("ada");
    expect(asked).toEqual(["ada", "ben", "ada"]);
  });

  test("is made at once where the clock was set back, and again a day later", async () => {
    const { purge, clock, asked } = await openUser(1);
    await purge("ada");
    clock.now -= 365 * DAY;
    await purge("ada");
    clock.now += DAY;
    await purge("ada");
    expect(asked).toEqual(["ada", "ada", "ada"]);
  });

  test("fails nobody where the database does", async () => {
    const { sync } = openSqlite(":memory:");
    const failing = { ...sync, purge: () => Promise.reject(new TodoError("unavailable", "the database is away")) };
    await createPurge({ sync: failing, now: () => OPENING })("ada");
    expect.assertions(0);
  });
});
