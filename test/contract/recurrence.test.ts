import { describe, expect, test } from "bun:test";
import { toRepetition, toWireRecurrence } from "../../src/contract/recurrence.ts";
import { writeRepetition } from "../../src/domain/recurrence/plan.ts";

type Row = readonly [stored: string, wire: ReturnType<typeof toWireRecurrence>];

const ROWS: readonly Row[] = [
  [
    "due 2026-11-23 FREQ=WEEKLY;BYDAY=MO,TH",
    {
      rule: "FREQ=WEEKLY;BYDAY=MO,TH",
      from: "due",
      start: "2026-11-23",
      time_zone: null,
      text: "every week on Mon and Thu",
    },
  ],
  [
    "done 2026-11-23 RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=3;SKIP=BACKWARD",
    {
      rule: "RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=3;SKIP=BACKWARD",
      from: "completion",
      start: "2026-11-23",
      time_zone: null,
      text: "every 3 months after completion",
    },
  ],
  [
    "each 2026-11-23T09:00[Europe/Berlin] FREQ=DAILY",
    {
      rule: "FREQ=DAILY",
      from: "each",
      start: "2026-11-23T09:00",
      time_zone: "Europe/Berlin",
      text: "every day at 9:00 keeping missed",
    },
  ],
  [
    "due 2026-11-23 FREQ=HOURLY",
    {
      rule: "FREQ=HOURLY",
      from: "due",
      start: "2026-11-23",
      time_zone: null,
      text: "repeats (rule of another version)",
    },
  ],
  [
    "often 2026-11-23 FREQ=DAILY",
    {
      rule: "FREQ=DAILY",
      from: "often",
      start: "2026-11-23",
      time_zone: null,
      text: "repeats (rule of another version)",
    },
  ],
];

describe("how a task repeats as JSON", () => {
  test.each(ROWS)("of %j says it in words too, and comes back as it was", (stored, wire) => {
    expect(toWireRecurrence(stored)).toEqual(wire);
    expect(writeRepetition(toRepetition(wire))).toBe(stored);
  });

  test("of what a broken writer stored is its text", () => {
    expect(toWireRecurrence("every day")).toMatchObject({ rule: "every day", from: null, start: null });
  });
});
