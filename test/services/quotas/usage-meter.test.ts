import { describe, expect, test } from "bun:test";
import { TodoError } from "../../../src/domain/errors.ts";
import { createUsageMeter } from "../../../src/services/quotas/usage-meter.ts";
import { refusalOf } from "../../support/errors.ts";

const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;
const KILOBYTE = { tasks: 0, bytes: 1000 };
const ONE_TASK = { tasks: 1, bytes: 0 };
const FREED = { tasks: -1, bytes: 0 };
const write = () => Promise.resolve();

/** A meter of a database that has so many tasks and bytes of everybody, and how often it was asked. */
function openMeter({ tasks = 0, bytes = 0, limit = 10_000, taskLimit = 0 } = {}) {
  const clock = { now: 0 };
  const database = { bytes, takesMs: 0, asked: 0, isAway: false, meanwhile: (): Promise<unknown> => Promise.resolve() };
  const measure = async () => {
    database.asked += 1;
    await Promise.resolve();
    await database.meanwhile();
    clock.now += database.takesMs;
    if (database.isAway) throw new TodoError("unavailable", "the database is away");
    return { tasks, taskBytes: database.bytes, historyBytes: 0, headBytes: 0 };
  };
  return { clock, database, meter: createUsageMeter({ measure }, { tasks: taskLimit, bytes: limit }, () => clock.now) };
}

describe("a meter of what users take", () => {
  test("asks the database once, and then counts what is written", async () => {
    const { meter, database } = openMeter({ bytes: 5000 });
    for (let written = 0; written < 5; written += 1) expect(await meter.admit("ada", KILOBYTE)).toBeNull();
    expect(database.asked).toBe(1);
    expect(await meter.admit("ada", KILOBYTE)).toEqual({ name: "bytes", limit: 10_000, used: 10_000 });
  });

  test("asks once for all writes that come while it asks", async () => {
    const { meter, database } = openMeter({ bytes: 8000 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => meter.admit("ada", KILOBYTE)));
    expect([database.asked, answers.filter((answer) => answer === null)]).toEqual([1, [null, null]]);
  });

  test("asks again at a limit, where less was kept than was counted, but not at once and not for each write", async () => {
    const { meter, database, clock } = openMeter({ bytes: 9500 });
    expect(await meter.admit("ada", KILOBYTE)).not.toBeNull();
    database.bytes = 3000;
    clock.now += SECOND_MS - 1;
    expect(await meter.admit("ada", KILOBYTE)).not.toBeNull();
    expect(database.asked).toBe(1);
    clock.now += 1;
    for (let written = 0; written < 7; written += 1) expect(await meter.admit("ada", KILOBYTE)).toBeNull();
    expect(database.asked).toBe(2);
  });

  test("spends at most a twentieth of the time with asking for a user at a limit", async () => {
    const { meter, database, clock } = openMeter({ bytes: 10_000 });
    database.takesMs = 2 * SECOND_MS;
    await meter.admit("ada", KILOBYTE);
    clock.now += 39 * SECOND_MS;
    await meter.admit("ada", KILOBYTE);
    expect(database.asked).toBe(1);
    clock.now += SECOND_MS;
    await meter.admit("ada", KILOBYTE);
    expect(database.asked).toBe(2);
  });

  test("asks again beside a write after an hour, because other processes write too, and the write does not wait", async () => {
    const { meter, database, clock } = openMeter();
    await meter.admit("ada", KILOBYTE);
    database.bytes = 10_000;
    clock.now += HOUR_MS;
    const asking = Promise.withResolvers<void>();
    database.meanwhile = () => asking.promise;
    expect(await meter.admit("ada", KILOBYTE)).toBeNull();
    expect(database.asked).toBe(2);
    asking.resolve();
    await Bun.sleep(0);
    expect(await meter.admit("ada", KILOBYTE)).toEqual({ name: "bytes", limit: 10_000, used: 11_000 });
    expect(database.asked).toBe(2);
  });

  test("goes on with what it knows after an hour if the database fails", async () => {
    const { meter, database, clock } = openMeter({ bytes: 5000 });
    await meter.admit("ada", KILOBYTE);
    clock.now += HOUR_MS;
    database.isAway = true;
    for (const asked of [2, 3]) {
      expect(await meter.admit("ada", KILOBYTE)).toBeNull();
      await Bun.sleep(0);
      expect(database.asked).toBe(asked);
    }
  });

  test("asks nothing where there are no limits", async () => {
    const { meter, database } = openMeter({ limit: 0 });
    expect(await meter.admit("ada", KILOBYTE)).toBeNull();
    await meter.countAfter("ada", write, () => KILOBYTE);
    expect(database.asked).toBe(0);
  });

  test("counts what is made free once it is written, and nothing of a write that fails", async () => {
    const { meter } = openMeter({ tasks: 2, limit: 0, taskLimit: 2 });
    expect(await meter.admit("ada", ONE_TASK)).not.toBeNull();
    const fail = () => Promise.reject(new TodoError("unavailable", "the database is away"));
    expect((await refusalOf(meter.countAfter("ada", fail, () => FREED))).code).toBe("unavailable");
    expect(await meter.admit("ada", ONE_TASK)).not.toBeNull();
    await meter.countAfter("ada", write, () => FREED);
    expect(await meter.admit("ada", ONE_TASK)).toBeNull();
  });

  test("does not take off what was made free while it asked, because the database may have said so already", async () => {
    const { meter, database, clock } = openMeter({ tasks: 2, limit: 0, taskLimit: 2 });
    await meter.admit("ada", ONE_TASK);
    clock.now += SECOND_MS;
    database.meanwhile = () => meter.countAfter("ada", write, () => FREED);
    expect(await meter.admit("ada", ONE_TASK)).not.toBeNull();
    const writing = Promise.withResolvers<void>();
    const freeing = meter.countAfter(
      "ada",
      () => writing.promise,
      () => FREED,
    );
    clock.now += SECOND_MS;
    await meter.admit("ada", ONE_TASK);
    writing.resolve();
    await freeing;
    expect(await meter.admit("ada", ONE_TASK)).not.toBeNull();
    expect(database.asked).toBe(3);
  });

  test("counts what is written while it asks again", async () => {
    const { meter, database, clock } = openMeter({ bytes: 9500 });
    await meter.admit("ada", KILOBYTE);
    database.bytes = 3000;
    clock.now += 10 * SECOND_MS;
    database.meanwhile = () => meter.countAfter("ada", write, () => ({ tasks: 0, bytes: 6500 }));
    expect(await meter.admit("ada", KILOBYTE)).toEqual({ name: "bytes", limit: 10_000, used: 9500 });
  });

  test("keeps users apart", async () => {
    const { meter } = openMeter({ bytes: 9000 });
    expect([await meter.admit("ada", KILOBYTE), await meter.admit("ben", KILOBYTE)]).toEqual([null, null]);
    expect(await meter.admit("ada", KILOBYTE)).not.toBeNull();
  });

  test("fails where the database does, and asks again for the next write", async () => {
    const { meter, database } = openMeter();
    database.isAway = true;
    expect((await refusalOf(meter.admit("ada", KILOBYTE))).code).toBe("unavailable");
    database.isAway = false;
    expect(await meter.admit("ada", KILOBYTE)).toBeNull();
  });
});
