import { describe, expect, test } from "bun:test";
import { checkRule, MAX_RULE_LENGTH, parseRule } from "../../../src/domain/recurrence/rule.ts";
import { refusal } from "../../support/errors.ts";

describe("a rule", () => {
  test("has all that its text says, sorted and each value once", () => {
    expect(
      parseRule(
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYMONTH=3,1;BYMONTHDAY=31,-1,31;BYHOUR=18,9;BYMINUTE=30,0;BYSETPOS=-1",
      ),
    ).toEqual({
      freq: "MONTHLY",
      interval: 2,
      count: 10,
      byMonth: [1, 3],
      byYearDay: [],
      byMonthDay: [-1, 31],
      byDay: [],
      byHour: [9, 18],
      byMinute: [0, 30],
      bySetPos: [-1],
      wkst: 0,
      skip: "OMIT",
    });
  });

  test("names weekdays, with the ordinals that some have", () => {
    expect(parseRule("FREQ=WEEKLY;BYDAY=MO,SU,MO;WKST=SU")).toMatchObject({
      byDay: [
        { ordinal: 0, weekday: 0 },
        { ordinal: 0, weekday: 6 },
      ],
      wkst: 6,
    });
    expect(parseRule("FREQ=MONTHLY;BYDAY=+1TU,-1FR").byDay).toEqual([
      { ordinal: 1, weekday: 1 },
      { ordinal: -1, weekday: 4 },
    ]);
  });

  test("ends on a day or at a moment", () => {
    expect(parseRule("FREQ=DAILY;UNTIL=20261231").until).toEqual({ day: 20_818 });
    expect(parseRule("FREQ=DAILY;UNTIL=20261231T173000").until).toEqual({ day: 20_818, minute: 1050 });
    expect(parseRule("FREQ=DAILY;UNTIL=20261231T173059Z").until).toEqual({ day: 20_818, minute: 1050 });
  });

  test("says what becomes of a day that a month lacks", () => {
    expect(parseRule("RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD").skip).toBe("BACKWARD");
  });

  test.each(["freq=weekly;byday=mo,th", "FREQ=WEEKLY;BYDAY=MO,TH;", "BYDAY=MO,TH;FREQ=WEEKLY"])(
    "%s is the same as one in capitals and in order",
    (text) => {
      expect(parseRule(text)).toEqual(parseRule("FREQ=WEEKLY;BYDAY=MO,TH"));
    },
  );
});

describe("a rule is refused with what is wrong and what to write", () => {
  const byDays = "a rule repeats by days or more, so write DAILY, WEEKLY, MONTHLY or YEARLY";
  const weekday = "write MO, TU, WE, TH, FR, SA or SU, or which one of a month or year: 1MO, -1FR";
  const until = "write a day such as 20271231, or a moment such as 20271231T170000";
  test.each([
    ["", `"" is not a part of a rule: write NAME=VALUE, such as INTERVAL=2`],
    ["daily", `"DAILY" is not a part of a rule: write NAME=VALUE, such as INTERVAL=2`],
    ["FREQ=DAILY;;COUNT=2", `"" is not a part of a rule: write NAME=VALUE, such as INTERVAL=2`],
    ["FREQ=DAILY;COUNT=", `"COUNT=" is not a part of a rule: write NAME=VALUE, such as INTERVAL=2`],
    ["FREQ=DAILY=WEEKLY", `"FREQ=DAILY=WEEKLY" is not a part of a rule: write NAME=VALUE, such as INTERVAL=2`],
    ["RRULE:FREQ=DAILY", `a rule can't contain ":": write it like FREQ=WEEKLY;BYDAY=MO,TH`],
    ["FREQ=DAıLY", `a rule can't contain "ı": write it like FREQ=WEEKLY;BYDAY=MO,TH`],
    ["INTERVAL=2", "FREQ is missing: write a rule like FREQ=WEEKLY;BYDAY=MO,TH"],
    ["FREQ=HOURLY", `FREQ=HOURLY is not supported: ${byDays}`],
    ["FREQ=MINUTELY", `FREQ=MINUTELY is not supported: ${byDays}`],
    ["FREQ=SECONDLY", `FREQ=SECONDLY is not supported: ${byDays}`],
    ["FREQ=DAILY;BYSECOND=0", "BYSECOND is not supported: leave it out, because tasks are due at whole minutes"],
    ["FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO is not supported: use BYYEARDAY, or BYMONTH with BYDAY"],
    ["FREQ=YEARLY;RSCALE=HEBREW", "RSCALE=HEBREW is not supported: write GREGORIAN"],
    ["FREQ=MONTHLY;SKIP=FORWARD", "SKIP needs a calendar: write RSCALE=GREGORIAN too"],
    ["RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=YES", "SKIP=YES is not supported: write OMIT, BACKWARD or FORWARD"],
    ["FREQ=DAILY;INTERVAL=0", "INTERVAL=0 is not supported: write a number from 1 to 9999"],
    ["FREQ=DAILY;INTERVAL=10000", "INTERVAL=10000 is not supported: write a number from 1 to 9999"],
    ["FREQ=DAILY;COUNT=-1", "COUNT=-1 is not supported: write a number from 1 to 9999"],
    ["FREQ=DAILY;BYMONTH=1,13", "BYMONTH=13 is not supported: write 1 to 12"],
    ["FREQ=DAILY;BYMONTH=-1", "BYMONTH=-1 is not supported: write 1 to 12"],
    ["FREQ=DAILY;BYMONTHDAY=0", "BYMONTHDAY=0 is not supported: write 1 to 31, or -1 to -31 from the end"],
    ["FREQ=DAILY;BYMONTHDAY=1,,2", "BYMONTHDAY= is not supported: write 1 to 31, or -1 to -31 from the end"],
    ["FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY=367 is not supported: write 1 to 366, or -1 to -366 from the end"],
    ["FREQ=DAILY;BYHOUR=24", "BYHOUR=24 is not supported: write 0 to 23"],
    ["FREQ=DAILY;BYMINUTE=60", "BYMINUTE=60 is not supported: write 0 to 59"],
    ["FREQ=WEEKLY;BYDAY=MON", `BYDAY=MON is not supported: ${weekday}`],
    ["FREQ=MONTHLY;BYDAY=0MO", `BYDAY=0MO is not supported: ${weekday}`],
    ["FREQ=YEARLY;BYDAY=54MO", `BYDAY=54MO is not supported: ${weekday}`],
    ["FREQ=WEEKLY;WKST=1", "WKST=1 is not supported: write MO, TU, WE, TH, FR, SA or SU"],
    ["FREQ=DAILY;UNTIL=2027-12-31", `UNTIL=2027-12-31 is not supported: ${until}`],
    ["FREQ=DAILY;UNTIL=20270229", `UNTIL=20270229 is not supported: ${until}`],
    ["FREQ=DAILY;UNTIL=20271231T240000", `UNTIL=20271231T240000 is not supported: ${until}`],
    ["FREQ=DAILY;COUNT=2;COUNT=2", "COUNT is there twice: write it once, with commas between its values"],
    ["FREQ=DAILY;COUNT=2;UNTIL=20271231", "COUNT and UNTIL exclude each other: leave one of them out"],
    ["FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY needs FREQ=YEARLY: use BYMONTHDAY, or repeat by years"],
    ["FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY does not go with FREQ=WEEKLY: use BYDAY, or repeat by months"],
    ["FREQ=YEARLY;BYMONTHDAY=1", "BYMONTHDAY with FREQ=YEARLY needs BYMONTH: write the months, such as BYMONTH=1"],
    [
      "FREQ=DAILY;BYDAY=-1FR",
      "BYDAY with a number needs FREQ=MONTHLY or FREQ=YEARLY: leave the number out, or repeat by months",
    ],
    [
      "FREQ=WEEKLY;BYDAY=1MO",
      "BYDAY with a number needs FREQ=MONTHLY or FREQ=YEARLY: leave the number out, or repeat by months",
    ],
    [
      "FREQ=MONTHLY;BYDAY=1MO,TU",
      "BYDAY mixes weekdays with and without a number: write all of them with one, or none",
    ],
    [
      "FREQ=MONTHLY;BYSETPOS=1",
      "BYSETPOS picks from what other parts give: write one of them too, such as BYDAY=MO,TU",
    ],
  ])("%s", (text, message) => {
    expect(refusal(() => parseRule(text))).toMatchObject({ code: "invalid_input", message });
  });

  test("if a part is misspelt, with the one that was meant", () => {
    const { message, hints } = refusal(() => parseRule("FREQ=WEEKLY;BYDAYS=MO"));
    expect(message).toBe('"BYDAYS" is not a part of a rule: write it like FREQ=WEEKLY;BYDAY=MO,TH');
    expect(hints).toEqual(["Did you mean BYDAY?"]);
  });

  test("if it is too long, before anything of it is read", () => {
    const longest = `FREQ=DAILY;BYMONTH=1${",1".repeat(240)}`;
    expect(longest).toHaveLength(MAX_RULE_LENGTH);
    expect(parseRule(longest).byMonth).toEqual([1]);
    expect(refusal(() => parseRule("%".repeat(501))).message).toBe(
      "a rule has at most 500 characters, this one has 501",
    );
  });

  test("if it has times and the series has only days", () => {
    const message = (text: string) => refusal(() => checkRule(parseRule(text), { timed: false })).message;
    const advice = "needs a time of day: leave it out, or give the first occurrence a time";
    expect(message("FREQ=DAILY;BYHOUR=9")).toBe(`BYHOUR ${advice}`);
    expect(message("FREQ=DAILY;BYMINUTE=0")).toBe(`BYMINUTE ${advice}`);
    expect(() => checkRule(parseRule("FREQ=DAILY;BYHOUR=9;BYMINUTE=0"), { timed: true })).not.toThrow();
    expect(() => checkRule(parseRule("FREQ=DAILY"), { timed: false })).not.toThrow();
  });
});
