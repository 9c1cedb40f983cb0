import { describe, expect, test } from "bun:test";
import { only } from "../support/stores/test-user.ts";
import { type Home, useHomes } from "../support/cli/home.ts";

const newHome = useHomes();

/** At any moment at least one of these has another day than UTC. */
const ZONES = ["Pacific/Kiritimati", "America/Los_Angeles", "Pacific/Pago_Pago", "Asia/Kolkata"];

function run(home: Home, zone: string, ...args: string[]) {
  return home.run({ args, env: { TZ: zone } });
}

describe("in a time zone far from UTC", () => {
  test.each(ZONES)("`due:today` is the day there: %s", async (zone) => {
    const home = newHome();
    const before = Temporal.Now.plainDateISO(zone).toString();
    const { exitCode, out } = await run(home, zone, "add", "x", "due:today", "--json");
    const after = Temporal.Now.plainDateISO(zone).toString();
    expect(exitCode).toBe(0);
    // Both, for midnight there may have come between.
    expect([before, after]).toContain(JSON.parse(out).due_date);
    expect((await run(home, zone, "list", "due:today")).out).toContain("x");
    expect((await run(home, zone, "list", "overdue")).out).toBe("");
  });

  test.each(ZONES)("`due:tomorrow` and a weekday count from the day there: %s", async (zone) => {
    const home = newHome();
    const before = Temporal.Now.plainDateISO(zone);
    const { out } = await run(home, zone, "add", "x", "due:tomorrow", "--json");
    const after = Temporal.Now.plainDateISO(zone);
    expect([before, after].map((day) => day.add({ days: 1 }).toString())).toContain(JSON.parse(out).due_date);
  });

  test("the zones of these tests have different days now", () => {
    expect(new Set(["UTC", ...ZONES].map((zone) => Temporal.Now.plainDateISO(zone).toString())).size).toBeGreaterThan(
      1,
    );
  });
});

describe("a zone that only one of the machine's two sources knows", () => {
  test.each([
    ["JST-9", "2030-12-01T00:00:00Z"],
    ["/usr/share/zoneinfo/Asia/Tokyo", "2030-12-01T00:00:00Z"],
    ["CET-1CEST,M3.5.0,M10.5.0/3", "2030-12-01T08:00:00Z"],
  ])("is that of days and of times: TZ=%s", async (zone, moment) => {
    const home = newHome();
    const { out, err } = await run(home, zone, "add", "x", "due:2030-12-01 09:00", "--json");
    expect([JSON.parse(out).due_date, err]).toEqual([moment, ""]);
    expect((await run(home, zone, "list", "due:2030-12-01")).out).toContain("Sun 1 Dec 2030 09:00");
  });

  test("is that of days and of times on a machine without time zone data", async () => {
    const home = newHome();
    const env = { TZ: "Pacific/Kiritimati", TZDIR: home.path("none") };
    const today = () => Temporal.Now.plainDateISO("Pacific/Kiritimati").toString();
    const before = today();
    const { out } = await home.run({ args: ["add", "x", "due:today", "--json"], env });
    expect([before, today()]).toContain(JSON.parse(out).due_date);
    await home.run({ args: ["add", "y", "due:2030-12-01 09:00"], env });
    expect((await home.tasks()).at(-1)?.due_date).toBe("2030-11-30T19:00:00Z");
  });

  test.each(["Nowhere/Bad", "CEST"])("or none of them is said once: TZ=%s", async (zone) => {
    const home = newHome();
    const { exitCode, out, err } = await run(home, zone, "add", "x", "due:2030-12-01 09:00", "--json");
    expect([exitCode, JSON.parse(out).due_date]).toEqual([0, "2030-12-01T09:00:00Z"]);
    expect(err).toBe(
      `TZ=${zone} is not a time zone that this machine knows, so UTC is used. Use a name such as Europe/Berlin.\n`,
    );
    expect((await run(home, zone, "add", "x", "due:today", "--quiet")).err).toBe("");
  });
});

test("a day is the same day wherever the list is read", async () => {
  const home = newHome();
  await run(home, "Pacific/Kiritimati", "add", "x", "due:2040-11-21");
  for (const zone of ZONES) {
    expect((await run(home, zone, "list")).out).toMatch(/^[a-z]{3} {2}Wed 21 Nov 2040 {2}x\n$/);
    expect((await run(home, zone, "list", "due:2040-11-21")).out).not.toBe("");
    expect((await run(home, zone, "list", "due.before:2040-11-21")).out).toBe("");
    expect((await run(home, zone, "list", "due.after:2040-11-21")).out).toBe("");
  }
  expect(only(await home.tasks()).due_date).toBe("2040-11-21");
});

test("a moment is shown in the time where the list is read, and is one moment", async () => {
  const home = newHome();
  await run(home, "Asia/Kolkata", "add", "x", "due:2040-11-21 20:30");
  expect(only(await home.tasks()).due_date).toBe("2040-11-21T15:00:00Z");
  const shown = await Promise.all([...ZONES, "UTC"].map(async (zone) => (await run(home, zone, "list")).out));
  expect(shown.map((line) => line.slice(5, -4))).toEqual([
    "Thu 22 Nov 2040 05:00",
    "Wed 21 Nov 2040 07:00",
    "Wed 21 Nov 2040 04:00",
    "Wed 21 Nov 2040 20:30",
    "Wed 21 Nov 2040 15:00",
  ]);
});

test("a time that the clock skips in spring moves forward", async () => {
  const home = newHome();
  await run(home, "Europe/Berlin", "add", "x", "due:2040-03-25 2:30");
  expect(only(await home.tasks()).due_date).toBe("2040-03-25T01:30:00Z");
});
