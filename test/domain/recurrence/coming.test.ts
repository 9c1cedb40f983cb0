import { expect, test } from "bun:test";
import fc from "fast-check";
import { listComing } from "../../../src/domain/recurrence/coming.ts";
import { nextOccurrence, occurrencesBetween } from "../../../src/domain/recurrence/next.ts";
import type { Series } from "../../../src/domain/recurrence/series.ts";

const RULES = [
  "FREQ=DAILY",
  "FREQ=DAILY;INTERVAL=3",
  "FREQ=DAILY;COUNT=12",
  "FREQ=WEEKLY;BYDAY=MO,TH",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
  "FREQ=MONTHLY;BYMONTHDAY=16,30",
  "FREQ=DAILY;UNTIL=20261128",
];
const SPAN = { from: "2026-11-20", to: "2026-12-15" };

const anySeries: fc.Arbitrary<Series> = fc.oneof(
  fc.record({
    mode: fc.constantFrom("due", "each"),
    start: fc.constant("2026-11-16"),
    zone: fc.constant(null),
    rule: fc.constantFrom(...RULES),
  }),
  fc.record({
    mode: fc.constantFrom("due", "each"),
    start: fc.constant("2026-11-16T08:00"),
    zone: fc.constant("Europe/Berlin"),
    rule: fc.constantFrom(...RULES.slice(0, 6), "FREQ=DAILY;BYHOUR=8,20"),
  }),
);

test("what is to come is what a task gets one after another as it is completed", () => {
  fc.assert(
    fc.property(anySeries, fc.nat(20), fc.array(fc.nat(20), { maxLength: 3 }), (series, current, done) => {
      const all = occurrencesBetween(series, "2026-11-16", SPAN.to, 100);
      const after = all[current % all.length] ?? "";
      const taken = new Set(done.map((at) => all[at % all.length]));
      const isTaken = (occurrence: string) => taken.has(occurrence);
      const today = series.zone === null ? "2026-11-20" : "2026-11-20T10:00";
      const expected: string[] = [];
      let next = nextOccurrence(series, { after, today, isTaken });
      while (next !== null && next.slice(0, 10) <= SPAN.to) {
        if (next >= SPAN.from) expected.push(next);
        next = nextOccurrence(series, { after: next, today, isTaken });
      }
      expect(listComing(series, { after, today, isTaken }, SPAN, 100)).toEqual(expected);
    }),
  );
});

test("of a task that is counted from completion nothing is to come", () => {
  const series: Series = { mode: "done", start: "2026-11-16", zone: null, rule: "FREQ=DAILY" };
  const position = { after: "2026-11-16", today: "2026-11-20", isTaken: () => false };
  expect(listComing(series, position, SPAN, 100)).toEqual([]);
});
