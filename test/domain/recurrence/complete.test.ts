import { describe, expect, test } from "bun:test";
import {
  cancelOccurrence,
  completeOccurrence,
  detachOccurrence,
  findOccurrence,
  type OccurrenceEdit,
  skipOccurrence,
} from "../../../src/domain/recurrence/complete.ts";
import { recordIdOf } from "../../../src/domain/recurrence/record-id.ts";
import { readTask } from "../../../src/domain/task/read-task.ts";
import { type Fields, mergeRegisters, stampFields } from "../../../src/domain/task/registers.ts";
import { refusal } from "../../support/errors.ts";

const SERIES_ID = "019a0000-0000-7000-8000-0000000000c1";
const AT = "2026-11-24T07:30:00.000Z";

const plants: Fields = {
  title: "Water plants",
  description: null,
  project: "House",
  "tag:home": true,
  "tag:old": false,
  created_at: "2026-11-20T08:00:00.000Z",
  recurrence: "due 2026-11-23 FREQ=WEEKLY;BYDAY=MO",
  occurrence: "2026-11-23",
  due_date: "2026-11-23",
};

function given(changes: Partial<OccurrenceEdit> = {}, fields: Fields = {}): OccurrenceEdit {
  return {
    series: { id: SERIES_ID, fields: { ...plants, ...fields } },
    occurrence: "2026-11-23",
    at: AT,
    system: { today: () => "2026-11-24", timeZone: () => "Europe/Berlin" },
    isTaken: () => false,
    ...changes,
  };
}

describe("completing an occurrence", () => {
  test("keeps it in a record and moves the task to the next one", () => {
    expect(completeOccurrence(given())).toEqual({
      series: { due_date: "2026-11-30", occurrence: "2026-11-30" },
      record: {
        id: recordIdOf(SERIES_ID, "2026-11-23"),
        fields: {
          title: "Water plants",
          project: "House",
          "tag:home": true,
          due_date: "2026-11-23",
          series: SERIES_ID,
          occurrence: "2026-11-23",
          completed_at: AT,
          skipped: false,
          cancelled: false,
          deleted_at: null,
          created_at: AT,
        },
      },
      children: [],
      next: "2026-11-30",
    });
  });

  test("counts from the day of whoever does it, which may not be that of UTC", () => {
    const system = { today: () => "2026-11-30", timeZone: () => "Pacific/Auckland" };
    expect(completeOccurrence(given({ system })).next).toBe("2026-12-07");
  });

  test("counts from the moment in its zone where it has times", () => {
    const recurrence = "due 2026-11-23T08:00[Europe/Berlin] FREQ=DAILY;BYHOUR=8,20";
    const occurrence = "2026-11-23T20:00";
    const { series } = completeOccurrence(given({ occurrence }, { recurrence, occurrence }));
    expect(series).toEqual({ due_date: "2026-11-24T19:00:00Z", occurrence: "2026-11-24T20:00" });
  });

  test("keeps the day to which it was put off in the record", () => {
    const { series, record } = completeOccurrence(given({}, { due_date: "2026-11-25" }));
    expect(record.fields["due_date"]).toBe("2026-11-25");
    expect(series["due_date"]).toBe("2026-11-30");
  });

  test("moves the dates that belong to it by as many days, at the same time of day", () => {
    const dates = { wait_until: "2026-11-20", scheduled_date: "2026-11-22T08:00:00Z" };
    expect(completeOccurrence(given({}, dates)).series).toMatchObject({
      wait_until: "2026-11-27",
      scheduled_date: "2026-11-29T08:00:00Z",
    });
  });

  test("moves a local time over a change of the clocks", () => {
    const edit = given(
      { occurrence: "2026-10-19", system: { today: () => "2026-10-19", timeZone: () => "Europe/Berlin" } },
      {
        recurrence: "due 2026-10-19 FREQ=WEEKLY",
        occurrence: "2026-10-19",
        scheduled_date: "2026-10-19T07:00:00Z",
      },
    );
    expect(completeOccurrence(edit).series["scheduled_date"]).toBe("2026-10-26T08:00:00Z");
  });

  test("moves a moment by as long as it is to the next of several times a day", () => {
    const fields = {
      recurrence: "due 2026-11-23T08:00[Europe/Berlin] FREQ=DAILY;BYHOUR=8,20",
      occurrence: "2026-11-23T20:00",
      wait_until: "2026-11-23T18:00:00Z",
      scheduled_date: "2026-11-23",
    };
    const edit = given({ occurrence: "2026-11-23T20:00", at: "2026-11-23T19:30:00.000Z" }, fields);
    expect(completeOccurrence(edit).series).toEqual({
      due_date: "2026-11-24T07:00:00Z",
      occurrence: "2026-11-24T08:00",
      wait_until: "2026-11-24T06:00:00Z",
      scheduled_date: "2026-11-24",
    });
  });

  test("leaves alone what is no date, and what would be behind the end of the calendar", () => {
    const dates = { wait_until: "soon", scheduled_date: "9999-12-31" };
    expect(Object.keys(completeOccurrence(given({}, dates)).series)).toEqual(["due_date", "occurrence"]);
  });

  test("completes the task with the last one", () => {
    const ending = { recurrence: "due 2026-11-23 FREQ=WEEKLY;COUNT=1" };
    const { series, record, next } = completeOccurrence(given({}, ending));
    expect({ series, next }).toEqual({ series: { completed_at: AT }, next: null });
    expect(record.fields["completed_at"]).toBe(AT);
  });

  test("passes over those that were done ahead", () => {
    const isTaken = (occurrence: string) => occurrence === "2026-11-30";
    expect(completeOccurrence(given({ isTaken })).next).toBe("2026-12-07");
  });

  test("of another than the current one leaves the task where it is", () => {
    const children = [{ id: "child", fields: { completed_at: AT } }];
    const ahead = completeOccurrence(given({ occurrence: "2026-11-30", children }, { due_date: "2026-11-25" }));
    expect(ahead).toMatchObject({ series: {}, children: [], next: "2026-11-23" });
    expect(ahead.record.fields).toMatchObject({ occurrence: "2026-11-30", due_date: "2026-11-30" });
  });

  test("takes up a record that was taken back, as the task is now", () => {
    const record: Fields = {
      title: "Water flowers",
      description: "The blue can",
      "tag:balcony": true,
      skipped: true,
      created_at: "2026-11-23T08:00:00.000Z",
      deleted_at: "2026-11-23T09:00:00.000Z",
    };
    const { fields } = completeOccurrence(given({ record })).record;
    expect(fields).toMatchObject({
      title: "Water plants",
      description: null,
      "tag:balcony": false,
      "tag:home": true,
      skipped: false,
      deleted_at: null,
    });
    expect(fields).not.toHaveProperty("created_at");
  });

  test("reopens the children that were ticked, and no others", () => {
    const done = { completed_at: AT };
    const children = [
      { id: "ticked", fields: { ...done, done_for: "2026-11-23" } },
      { id: "ticked by an older version", fields: done },
      { id: "open", fields: {} },
      { id: "cancelled", fields: { ...done, cancelled: true } },
      { id: "deleted", fields: { ...done, deleted_at: AT } },
      { id: "a record", fields: { ...done, series: SERIES_ID } },
    ];
    expect(completeOccurrence(given({ children })).children).toEqual([
      { id: "ticked", fields: { completed_at: null } },
      { id: "ticked by an older version", fields: { completed_at: null } },
    ]);
  });

  test("keeps the ticks of the last one", () => {
    const children = [{ id: "ticked", fields: { completed_at: AT } }];
    const ending = { recurrence: "due 2026-11-23 FREQ=WEEKLY;COUNT=1" };
    expect(completeOccurrence(given({ children }, ending)).children).toEqual([]);
  });

  test("is refused where only another version can read the rule", () => {
    const error = refusal(() => completeOccurrence(given({}, { recurrence: "moon 2026-11-23 FREQ=LUNAR" })));
    expect(error).toMatchObject({
      code: "invalid_input",
      message: "the task repeats by a rule that only another version of todo can read",
    });
  });
});

describe("skipping an occurrence", () => {
  test("says so in its record", () => {
    const { record, series } = skipOccurrence(given());
    expect(record.fields).toMatchObject({ skipped: true, completed_at: AT });
    expect(series["occurrence"]).toBe("2026-11-30");
  });

  test.each([
    ["ahead of its day counts from its day", "2026-11-20", "2026-12-03"],
    ["late counts from today", "2026-11-25", "2026-12-05"],
  ])("%s where the rule counts from completion", (_, today, next) => {
    const system = { today: () => today, timeZone: () => "UTC" };
    const recurrence = "done 2026-11-23 FREQ=DAILY;INTERVAL=10";
    expect(skipOccurrence(given({ system }, { recurrence })).next).toBe(next);
  });
});

test("detaching an occurrence makes it an open task of its own", () => {
  const { record, series } = detachOccurrence(given());
  expect(record.fields).toMatchObject({ title: "Water plants", due_date: "2026-11-23", series: SERIES_ID });
  expect(record.fields["completed_at"]).toBeNull();
  expect(series["occurrence"]).toBe("2026-11-30");
});

describe("an occurrence that two devices close at the same time", () => {
  const acts = {
    done: completeOccurrence,
    cancelled: cancelOccurrence,
    skipped: skipOccurrence,
    open: detachOccurrence,
  };
  const pairs = Object.values(acts).flatMap((first) =>
    Object.entries(acts).map(([state, second]) => ({ first, state, second })),
  );

  test.each(pairs)("is %p as the later of both has left it %#", ({ first, state, second }) => {
    const registers = [first, second].map((act, place) =>
      stampFields(act(given()).record.fields, `019a9f3c51c8000${place}a1b2c3d4`),
    );
    const [one = {}, other = {}] = registers;
    const { completedAt, cancelled, skipped } = readTask({
      id: "",
      handle: "",
      revision: 0,
      registers: mergeRegisters(one, other),
    });
    const kind = completedAt === null ? "open" : "done";
    expect([cancelled && "cancelled", skipped && "skipped"].filter(Boolean).join() || kind).toBe(state);
  });
});

describe("an occurrence that is named", () => {
  const twice = {
    recurrence: "due 2026-11-23T08:00[Europe/Berlin] FREQ=DAILY;BYHOUR=8,20",
    occurrence: "2026-11-23T20:00",
  };

  test.each([
    [plants, "2026-11-23", "2026-11-23"],
    [plants, "2026-12-07", "2026-12-07"],
    // A rule that was changed may leave the current one on a day that it does not have.
    [{ ...plants, occurrence: "2026-11-24" }, "2026-11-24", "2026-11-24"],
    [twice, "2026-11-23", "2026-11-23T20:00"],
    [twice, "2026-11-23T08:00", "2026-11-23T08:00"],
    [twice, "2026-11-24", "2026-11-24T08:00"],
  ])("of %j as %s is %s", (fields, text, occurrence) => {
    expect(findOccurrence(fields, text)).toBe(occurrence);
  });

  test.each([
    [plants, "2026-11-24", "The next ones are 2026-11-30 and 2026-12-07."],
    [plants, "2026-11", "The current one is 2026-11-23."],
    [plants, "", "The current one is 2026-11-23."],
    [{ ...plants, recurrence: "done 2026-11-23 FREQ=DAILY" }, "2026-11-24", "The current one is 2026-11-23."],
  ])("is refused if there is none: %j %p", (fields, text, hint) => {
    expect(refusal(() => findOccurrence(fields, text))).toMatchObject({
      code: "invalid_input",
      message: `the task has no occurrence "${text}"`,
      hints: [hint],
    });
  });
});
