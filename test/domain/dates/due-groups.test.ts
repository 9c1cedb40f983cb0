import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  conditionOfGroup,
  DUE_GROUPS,
  type DueGroup,
  findDueRanges,
  findDueState,
  groupOfDue,
  localDayOf,
} from "../../../src/domain/dates/due-groups.ts";
import type { LocalTime } from "../../../src/domain/dates/local-time.ts";
import type { Condition } from "../../../src/domain/query/query.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Pago_Pago"];

function clockAt(now: Temporal.ZonedDateTime): LocalTime {
  return {
    now: () => now.epochMilliseconds,
    today: () => now.toPlainDate().toString(),
    timeZone: () => now.timeZoneId,
  };
}

function groupIn(local: string, due: string | null, zone = "Europe/Berlin"): DueGroup {
  return groupOfDue(due, findDueRanges(clockAt(Temporal.PlainDateTime.from(local).toZonedDateTime(zone))));
}

/** The same by the calendar and the clock, without any text that is compared. */
function expectedGroup(due: string | null, now: Temporal.ZonedDateTime): DueGroup {
  if (due === null) return "no_date";
  const today = now.toPlainDate();
  const isMoment = due.includes("T");
  const instant = isMoment ? Temporal.Instant.from(due) : null;
  const day = instant?.toZonedDateTimeISO(now.timeZoneId).toPlainDate() ?? Temporal.PlainDate.from(due);
  const isOver = instant ? Temporal.Instant.compare(instant, now.toInstant()) < 0 : isBefore(day, today);
  if (isOver) return "overdue";
  if (day.equals(today)) return "today";
  const monday = today.add({ days: 8 - today.dayOfWeek });
  return isBefore(day, monday) ? "this_week" : "later";
}

function isBefore(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) < 0;
}

/** Whole seconds, as due dates have them, from 2026 on and mostly close to each other. A clock is mostly between two. */
const seconds = fc.integer({ min: 0, max: 40 * 86_400 }).map((after) => Date.UTC(2026, 9, 10) + after * 1000);
const anyNow = fc
  .tuple(seconds, fc.integer({ min: 0, max: 999 }), fc.constantFrom(...ZONES))
  .map(([ms, more, zone]) => Temporal.Instant.fromEpochMilliseconds(ms + more).toZonedDateTimeISO(zone));
const anyDue = fc.oneof(
  seconds.map((ms) => new Date(ms).toISOString().slice(0, 10)),
  seconds.map((ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`),
);

describe("a due date falls", () => {
  // 20 November 2026 is a Friday.
  test.each<[string, string, DueGroup]>([
    ["2026-11-20T10:00", "2026-11-19", "overdue"],
    ["2026-11-20T10:00", "2026-11-20", "today"],
    ["2026-11-20T10:00", "2026-11-20T08:59:59Z", "overdue"],
    ["2026-11-20T10:00", "2026-11-20T09:00:00Z", "today"],
    ["2026-11-20T10:00:00.001", "2026-11-20T09:00:00Z", "overdue"],
    ["2026-11-20T10:00:00.001", "2026-11-20T09:00:01Z", "today"],
    ["2026-11-20T10:00", "2026-11-20T22:59:59Z", "today"],
    ["2026-11-20T10:00", "2026-11-20T23:00:00Z", "this_week"],
    ["2026-11-20T10:00", "2026-11-22", "this_week"],
    ["2026-11-20T10:00", "2026-11-22T22:59:59Z", "this_week"],
    ["2026-11-20T10:00", "2026-11-22T23:00:00Z", "later"],
    ["2026-11-20T10:00", "2026-11-23", "later"],
    ["2026-11-22T10:00", "2026-11-22", "today"],
    ["2026-11-22T10:00", "2026-11-23", "later"],
    ["2026-11-23T00:00", "2026-11-23", "today"],
    ["2026-11-23T00:00", "2026-11-22", "overdue"],
    ["2026-11-23T00:00", "2026-11-29", "this_week"],
  ])("at %s of Berlin, if it is %s, into %s", (now, due, group) => {
    expect(groupIn(now, due)).toBe(group);
  });

  test("into no_date if there is none", () => {
    expect(groupIn("2026-11-20T10:00", null)).toBe("no_date");
  });

  test("where calendar and clock say, in all zones and at all times", () => {
    fc.assert(
      fc.property(anyNow, anyDue, (now, due) => {
        expect(groupOfDue(due, findDueRanges(clockAt(now)))).toBe(expectedGroup(due, now));
      }),
      { numRuns: 300 },
    );
  });

  test("into the one group whose condition it meets, even if it can't be read", () => {
    const garbage = fc.oneof(fc.constantFrom("", "~", "nonsense", "2026-13-45", "high", "9999-12-31"), fc.string());
    fc.assert(
      fc.property(anyNow, fc.oneof(anyDue, garbage), (now, due) => {
        const ranges = findDueRanges(clockAt(now));
        const met = DUE_GROUPS.filter((group) => meets(due, conditionOfGroup(group, ranges)));
        expect(met).toEqual([groupOfDue(due, ranges)]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a due date is", () => {
  test.each([
    ["2026-11-19", "overdue"],
    ["2026-11-20", "today"],
    ["2026-11-21", "later"],
    ["2026-11-20T08:59:59Z", "overdue"],
    ["2026-11-20T09:00:00Z", "today"],
    ["2026-11-20T09:00:01Z", "today"],
    ["2026-11-20T22:59:59Z", "today"],
    ["2026-11-20T23:00:00Z", "later"],
    ["someday", "later"],
  ] as const)("%s is %s on 20 November at 10:00", (due, state) => {
    expect(findDueState(due, SYSTEM)).toBe(state);
  });

  test("overdue or today if its group is, and else later", () => {
    fc.assert(
      fc.property(anyNow, fc.oneof(anyDue, fc.string()), (now, due) => {
        const system = clockAt(now);
        const group = groupOfDue(due, findDueRanges(system));
        expect(findDueState(due, system)).toBe(group === "overdue" || group === "today" ? group : "later");
      }),
      { numRuns: 300 },
    );
  });

  test("overdue, today or later without a time zone if it is a day", () => {
    const system = { ...SYSTEM, timeZone: () => expect.unreachable() };
    expect(["2026-11-19", "2026-11-20", "2026-11-21"].map((due) => findDueState(due, system))).toEqual([
      "overdue",
      "today",
      "later",
    ]);
  });
});

/** As the databases compare. */
function meets(due: string, condition: Condition): boolean {
  if (condition.kind !== "dated") return false;
  const side = due.length === 10 ? "day" : "moment";
  const { from, before } = condition;
  return (from === undefined || due >= from[side]) && (before === undefined || due < before[side]);
}

describe("the day of a due date", () => {
  test.each([
    ["2026-11-20", "Pacific/Kiritimati", "2026-11-20"],
    ["2026-11-20T23:30:00Z", "UTC", "2026-11-20"],
    ["2026-11-20T23:30:00Z", "Europe/Berlin", "2026-11-21"],
    ["2026-11-20T04:30:00Z", "America/New_York", "2026-11-19"],
    ["nonsense that is long", "Europe/Berlin", "nonsense t"],
    ["2026-13-45", "Europe/Berlin", "2026-13-45"],
  ])("%s in %s is %s", (due, zone, day) => {
    expect(localDayOf(due, zone)).toBe(day);
  });
});
