import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { DATES_HINT } from "../../../src/domain/dates/dates-hint.ts";
import {
  DATE_FORMS,
  DUE_SHIFT_FORM,
  FIELD_FORMS,
  PERIOD_FORMS,
  PERIODS_HINT,
} from "../../../src/domain/dates/forms.ts";
import { parseDateNear } from "../../../src/domain/dates/date-near.ts";
import { parseDuration } from "../../../src/domain/dates/duration.ts";
import { parsePeriod } from "../../../src/domain/dates/period.ts";
import { parseReminder } from "../../../src/domain/dates/reminder.ts";
import { parseDueShift } from "../../../src/domain/dates/due-shift.ts";
import { parseWhen } from "../../../src/domain/dates/when.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

const DECISION = new URL("../../../docs/decisions/0003-own-date-grammar.md", import.meta.url);

test.each(DATE_FORMS.flatMap(({ name, examples }) => examples.map((example) => [example, name])))(
  "%p, an example of %s, is a date",
  (example) => {
    expect(() => parseWhen(example, SYSTEM)).not.toThrow();
  },
);

test("every example of a due date's shift is one", () => {
  for (const example of DUE_SHIFT_FORM.examples) expect(parseDueShift(example)).toBeDefined();
});

test("every example of another field is one", () => {
  const due = "2026-11-27";
  for (const example of FIELD_FORMS.nearDue.examples) parseDateNear(example, { due }, SYSTEM);
  for (const example of FIELD_FORMS.reminder.examples) parseReminder(example, SYSTEM);
  expect(FIELD_FORMS.duration.examples.map(parseDuration)).toEqual([30, 120, 90, 90]);
});

test("the hint names examples of the grammar alone", () => {
  const advice = DATES_HINT.replace("Write a day such as ", "").replace(", or both: ", ", ").replace(/\.$/, "");
  const known: readonly string[] = DATE_FORMS.flatMap(({ examples }) => examples);
  for (const text of advice.split(/, (?:a time such as )?| or /)) expect(known).toContain(text);
});

test("every example of a period, and of the hint for one, is one", () => {
  const advised = PERIODS_HINT.replace("Write a period such as ", "")
    .replace(/\.$/, "")
    .split(/, | or /);
  for (const text of [...PERIOD_FORMS.flatMap(({ examples }) => examples), ...advised]) {
    expect(() => parsePeriod(text, SYSTEM)).not.toThrow();
  }
});

test("the decision record tells the grammar as it is", () => {
  const rows = readFileSync(DECISION, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  const cells = rows.map((row) => row.split("|").map((cell) => cell.trim()));
  expect(cells.map(([, examples, meaning]) => [examples, meaning])).toEqual(
    [...DATE_FORMS, DUE_SHIFT_FORM].map(({ examples, meaning }) => [
      examples.map((example) => `\`${example}\``).join(", "),
      meaning,
    ]),
  );
});
