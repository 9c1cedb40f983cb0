import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { hasCode } from "../../../src/domain/errors.ts";
import { describeRule, describeRuleBriefly } from "../../../src/domain/recurrence/describe.ts";
import { type Every, firstOccurrence, parseEvery } from "../../../src/domain/recurrence/every.ts";
import { expandRule, type LocalMoment } from "../../../src/domain/recurrence/expand.ts";
import { formatOccurrence, readOccurrence } from "../../../src/domain/recurrence/occurrence.ts";
import { parseRule } from "../../../src/domain/recurrence/rule.ts";
import { MODES } from "../../../src/domain/recurrence/series.ts";

/** A Saturday. */
const TODAY = "2026-11-21";

/** What is stored of a rule that was typed today. */
function store(every: Every, from = TODAY) {
  return { mode: every.mode, rule: every.rule, start: firstOccurrence(every, from) };
}

describe("a rule that was typed", () => {
  test.each([
    ["day", "every day", "every day"],
    ["3d", "every 3 days", "every 3 days"],
    ["week", "every week on Sat", "every Sat"],
    ["mon", "every week on Mon", "every Mon"],
    ["mon, wed and fri", "every week on Mon, Wed and Fri", "every Mon, Wed and Fri"],
    ["2 weeks on thu,mon", "every 2 weeks on Mon and Thu", "every 2 weeks"],
    ["weekday", "every workday", "every workday"],
    ["2 weeks on workdays", "every 2 weeks on workdays", "every 2 weeks"],
    ["16th", "every month on the 16th", "every 16th"],
    ["31st", "every month on the 31st", "every 31st"],
    ["1st, 2nd, 3rd", "every month on the 1st, 2nd and 3rd", "every 1st, 2nd and 3rd"],
    ["11th, 21st", "every month on the 11th and 21st", "every 11th and 21st"],
    ["last day", "every month on the last day", "every last day"],
    ["15th, last", "every month on the 15th and last day", "every 15th and last day"],
    ["2nd last day", "every month on the 2nd last day", "every 2nd last day"],
    ["last workday", "every month on the last workday", "every last workday"],
    ["3rd friday", "every month on the 3rd Fri", "every 3rd Fri"],
    ["1st and 3rd mon", "every month on the 1st and 3rd Mon", "every 1st and 3rd Mon"],
    ["1st mon and tue", "every month on the 1st Mon and Tue", "every 1st Mon and Tue"],
    ["1st mon and 3rd tue", "every month on the 1st Mon and 3rd Tue", "every 1st Mon and 3rd Tue"],
    ["quarter on the 10th", "every 3 months on the 10th", "every 3 months"],
    ["27 jan", "every year on 27 Jan", "every 27 Jan"],
    ["29 feb", "every year on 29 Feb", "every 29 Feb"],
    ["2 years on 27 jan", "every 2 years on 27 Jan", "every 2 years"],
    ["last day of feb", "every year on the last day of Feb", "every last day of Feb"],
    ["1st of jan and jul", "every year on the 1st of Jan and Jul", "every 1st of Jan and Jul"],
    ["1st mon of sep", "every year on the 1st Mon of Sep", "every 1st Mon of Sep"],
    ["year on the 13th fri", "every year on the 13th Fri", "every year"],
    ["day at 8:00, 20:00", "every day at 8:00 and 20:00", "every day"],
    ["mon at 9:05", "every week on Mon at 9:05", "every Mon"],
    ["!3m", "every 3 months after completion", "every 3 months"],
    ["!3 weeks on sat", "every 3 weeks on Sat after completion", "every 3 weeks"],
    ["1st keeping missed", "every month on the 1st keeping missed", "every 1st"],
    ["1st until 30 june", "every month on the 1st until 30 Jun 2027", "every 1st"],
    ["week for 10 times", "every week on Sat, 10 times", "every Sat"],
    ["day at 8:00 for 1 time", "every day at 8:00, 1 time", "every day"],
    [
      "1st at 8:00 until eoy keeping missed",
      "every month on the 1st at 8:00 keeping missed until 31 Dec 2026",
      "every 1st",
    ],
  ])("%s is %s, in a list %s", (text, long, brief) => {
    const stored = store(parseEvery(text, TODAY));
    expect(describeRule(stored)).toBe(long);
    expect(describeRuleBriefly(stored)).toBe(brief);
    expect(store(parseEvery(long, stored.start), stored.start)).toEqual(stored);
  });

  test("names the time zone when it is asked to", () => {
    const stored = { ...store(parseEvery("day at 8:00", TODAY)), zone: "Europe/Berlin" };
    expect(describeRule(stored)).toBe("every day at 8:00 (Europe/Berlin)");
  });
});

describe("a rule of another program", () => {
  test.each([
    ["FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "every workday"],
    ["FREQ=WEEKLY", "every week on Mon"],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU", "every 2 weeks on Mon and Wed"],
    ["FREQ=MONTHLY", "every month on the 23rd"],
    ["FREQ=YEARLY", "every year on 23 Nov"],
    ["FREQ=YEARLY;BYMONTH=3,9", "every year on the 23rd of Mar and Sep"],
    ["FREQ=MONTHLY;BYMONTH=1,7;BYMONTHDAY=1", "every year on the 1st of Jan and Jul"],
    ["FREQ=MONTHLY;BYDAY=FR;BYSETPOS=3", "every month on the 3rd Fri"],
    ["FREQ=MONTHLY;BYMONTHDAY=31", "every month on the 31st if there is one"],
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "every year on 29 Feb if there is one"],
    ["FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31", "every year on 31 Jan"],
    ["FREQ=DAILY;UNTIL=20261231T235959Z", "every day until 31 Dec 2026"],
    ["FREQ=DAILY;UNTIL=20261231T080000", "every day until 31 Dec 2026 8:00"],
  ])("%s is %s", (rule, text) => {
    expect(describeRule({ mode: "due", rule, start: "2026-11-23" })).toBe(text);
  });

  test.each([
    ["has days of the year", "FREQ=YEARLY;BYYEARDAY=100"],
    ["is for a Friday the 13th", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"],
    ["moves a missing day forward", "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=FORWARD"],
    ["moves a missing day at the beginning of a month", "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=-31;SKIP=BACKWARD"],
    ["has weeks that begin between its days", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU"],
    ["picks among several weekdays", "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1"],
    ["counts workdays in a year of two months", "FREQ=YEARLY;BYMONTH=1,7;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"],
    ["has weekdays of some months", "FREQ=WEEKLY;BYMONTH=1;BYDAY=MO"],
    ["has days of some months", "FREQ=DAILY;BYMONTH=1"],
    ["has every Monday of each second month", "FREQ=MONTHLY;INTERVAL=2;BYDAY=MO"],
    ["is none that this version knows", "FREQ=HOURLY"],
  ])("that %s is shown as it is", (_, rule) => {
    const stored = { mode: "each", rule, start: "2026-11-23" } as const;
    expect(describeRule(stored)).toBe(`by the rule ${rule} keeping missed`);
    expect(describeRuleBriefly(stored)).toBe("by a rule");
  });

  test("that leaves out months, counted from completion, is shown as it is", () => {
    const text = describeRule({ mode: "done", rule: "FREQ=MONTHLY", start: "2026-11-23" });
    expect(text).toBe("by the rule FREQ=MONTHLY after completion");
  });

  test("that occurs more often on a day than anybody reads is shown as it is", () => {
    const hours = `FREQ=DAILY;BYHOUR=${Array.from({ length: 24 }, (_, hour) => hour).join(",")}`;
    const start = "2026-11-27T08:00";
    expect(describeRule({ mode: "due", rule: hours, start })).toStartWith("every day at 0:00, 1:00, 2:00");
    const halves = `${hours};BYMINUTE=0,30`;
    expect(describeRule({ mode: "due", rule: halves, start })).toBe(`by the rule ${halves}`);
  });

  test("that picks one of several times is shown as it is", () => {
    const rule = "FREQ=MONTHLY;BYDAY=FR;BYHOUR=8,20;BYSETPOS=1";
    expect(describeRule({ mode: "due", rule, start: "2026-11-27T08:00" })).toBe(`by the rule ${rule}`);
  });
});

const DAYS = fc.integer({ min: 0, max: 3000 }).map((days) => Temporal.PlainDate.from(TODAY).add({ days }).toString());

function joined(items: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.array(items, { minLength: 1, maxLength: 3 }).map((some) => some.join(", "));
}

/** Texts most of which are rules. */
const TEXTS = (() => {
  const weekday = fc.constantFrom("mon", "tue", "fri", "sun", "workday");
  const month = fc.constantFrom("jan", "feb", "jun", "dec");
  const nth = fc.constantFrom("1st", "2nd", "5th", "15th", "29th", "31st", "last", "2nd last");
  const counted = fc
    .tuple(joined(nth), fc.oneof(joined(weekday), fc.constantFrom("", "day")))
    .map((parts) => parts.join(" "));
  const days = fc.oneof(
    joined(weekday),
    joined(counted),
    fc.tuple(counted, joined(month)).map((parts) => parts.join(" of ")),
    fc.tuple(fc.integer({ min: 1, max: 31 }), month).map((parts) => parts.join(" ")),
  );
  const unit = fc.constantFrom("day", "week", "month", "quarter", "year");
  const cycle = fc.tuple(fc.constantFrom("", "2", "7"), unit).map((parts) => parts.join(" "));
  const rule = fc.oneof(
    cycle,
    days,
    fc.tuple(cycle, days).map((parts) => parts.join(" on ")),
  );
  const end = fc.constantFrom("", "", "until eoy", "for 3 times", "until 2040-02-29");
  const mode = fc.constantFrom("", "", "after completion", "keeping missed");
  const time = fc.constantFrom("", "", "at 8:30", "at 8:05, 20:05", "at 23:00");
  return fc.tuple(rule, time, mode, end).map((parts) => parts.join(" "));
})();

/** What `read` returns, or undefined if the input is refused. */
function unlessRefused<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (hasCode(error, "invalid_input")) return undefined;
    throw error;
  }
}

test("every rule that can be typed is described in words that mean the same rule", () => {
  let read = 0;
  fc.assert(
    fc.property(TEXTS, DAYS, (text, first) => {
      const every = unlessRefused(() => parseEvery(text, first));
      if (every === undefined) return;
      const stored = store(every, first);
      expect(parseEvery(describeRule(stored), stored.start)).toEqual(every);
      read += 1;
    }),
    { numRuns: 500 },
  );
  expect(read).toBeGreaterThan(100);
});

/** Rules as other programs write them, most of which are supported. */
const RULES = (() => {
  const weekdays = fc.constantFrom(
    "MO",
    "SU",
    "MO,TU",
    "SU,MO,WE",
    "MO,TU,WE,TH,FR",
    "1MO",
    "2FR,-1SU",
    "1MO,1TU,3MO,3TU",
  );
  const parts = fc.uniqueArray(
    fc.oneof(
      fc.integer({ min: 2, max: 3 }).map((interval) => `INTERVAL=${interval}`),
      joinedNumbers(1, 12).map((months) => `BYMONTH=${months}`),
      joinedNumbers(-31, 31).map((days) => `BYMONTHDAY=${days}`),
      weekdays.map((days) => `BYDAY=${days}`),
      joinedNumbers(-2, 3).map((positions) => `BYSETPOS=${positions}`),
      joinedNumbers(0, 23).map((hours) => `BYHOUR=${hours}`),
      fc.constantFrom("WKST=SU", "WKST=WE", "COUNT=3", "RSCALE=GREGORIAN;SKIP=BACKWARD"),
    ),
    { maxLength: 4, selector: (part) => part.slice(0, part.indexOf("=")) },
  );
  const frequency = fc.constantFrom("DAILY", "WEEKLY", "MONTHLY", "YEARLY");
  return fc.tuple(frequency, parts).map(([freq, others]) => [`FREQ=${freq}`, ...others].join(";"));
})();

function joinedNumbers(min: number, max: number): fc.Arbitrary<string> {
  return fc.array(fc.integer({ min, max }), { minLength: 1, maxLength: 2 }).map((some) => some.join(","));
}

test("no rule of another program is described by words that mean other days", () => {
  let compared = 0;
  fc.assert(
    fc.property(RULES, DAYS, fc.constantFrom(...MODES), (rule, day, mode) => {
      const [first] = unlessRefused(() => expandFrom(rule, readOccurrence(`${day}T08:00`), 1)) ?? [];
      if (first === undefined) return;
      const start = formatOccurrence(first, true);
      const text = describeRule({ mode, rule, start });
      const every = text.startsWith("every") ? unlessRefused(() => parseEvery(text, start)) : undefined;
      if (every === undefined) return;
      expect(every.mode).toBe(mode);
      expect(expandFrom(every.rule, first, 8)).toEqual(expandFrom(rule, first, 8));
      compared += 1;
    }),
    { numRuns: 500 },
  );
  expect(compared).toBeGreaterThan(50);
});

function expandFrom(rule: string, start: LocalMoment, limit: number): LocalMoment[] {
  return [...expandRule(parseRule(rule), start).take(limit)];
}
