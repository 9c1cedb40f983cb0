import { describe, expect, test } from "bun:test";
import { TodoError } from "../../../src/domain/errors.ts";
import { createUsageMeter } from "../../../src/services/quotas/usage-meter.ts";
import { refusalOf } from "../../support/errors.ts";

const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;
const KILOBYTE = { tasks: 0, bytes: 1000 };

/** A meter of a database that has so many bytes of everybody, and how often it was asked. */
function openMeter({ bytes = 0, limit = 10_000 } = {}) {
  const clock = { now: 0 };
  const database = { bytes, takesMs: 0, asked: 0, isAway: false, meanwhile: () => undefined as void };
  const measure = async () => {
    database.asked += 1;
    await Promise.resolve();
    database.meanwhile();
    clock.now += database.takesMs;
    if (database.isAway) throw new TodoError("unavailable", "the database is away");
    return { tasks: 0, taskBytes: database.bytes, historyBytes: 0, headBytes: 0 };
  };
  return { clock, database, meter: createUsageMeter({ measure }, { tasks: 0, bytes: limit }, () => clock.now) };
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

  test("asks again after an hour, because other processes write too", async () => {
    const { meter, database, clock } = openMeter();
    await meter.admit("ada", KILOBYTE);
    database.bytes = 10_000;
    clock.now += HOUR_MS;
    expect(await meter.admit("ada", KILOBYTE)).not.toBeNull();
  });

  test("counts what is written while it asks again", async () => {
    const { meter, database, clock } = openMeter({ bytes: 9500 });
    await meter.admit("ada", KILOBYTE);
    database.bytes = 3000;
    clock.now += 10 * SECOND_MS;
    database.meanwhile = () => meter.count("ada", { tasks: 0, bytes: 6500 });
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
