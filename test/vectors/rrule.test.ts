import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hasCode } from "../../src/domain/errors.ts";
import { formatDay, readDay } from "../../src/domain/recurrence/civil.ts";
import { expandRule, type LocalMoment } from "../../src/domain/recurrence/expand.ts";
import { checkRule, parseRule, type Rule } from "../../src/domain/recurrence/rule.ts";
import { findPublicData } from "../support/public-data.ts";

// libical's recurrence rules with their occurrences, which nobody in this project wrote: bun run test:vectors

const DATA = findPublicData("rrule");

type Vector = { readonly title: string; readonly rule: string; readonly start: string; readonly instances: string[] };

function readVectors(name: string): Vector[] {
  const blocks = readFileSync(join(DATA, name), "utf8").split(/\n\n+/);
  return blocks.filter((block) => block.includes("RRULE:")).map(readVector);
}

function readVector(block: string): Vector {
  return {
    title: readLine(block, "# "),
    rule: readLine(block, "RRULE:"),
    start: readLine(block, "DTSTART:"),
    instances: readLine(block, "INSTANCES:").split(","),
  };
}

/** What stands behind the beginning of a line. */
function readLine(block: string, begin: string): string {
  const line = block.split("\n").find((each) => each.startsWith(begin)) ?? "";
  return line.slice(begin.length).trim();
}

/** `20240131T093000Z`, as local time. All but what is refused are at whole minutes. */
function readMoment(text: string): LocalMoment {
  const [, year, month, date, hour = "0", minute = "0"] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\dZ?)?$/.exec(text) ?? [];
  const day = readDay(Number(year), Number(month), Number(date));
  if (day === null) throw new Error(`"${text}" is not a moment`);
  return { day, minute: Number(hour) * 60 + Number(minute) };
}

/** The rule, or why it is refused. */
function readRule({ rule: text, start }: Vector): Rule | string {
  try {
    const rule = parseRule(text);
    checkRule(rule, { timed: start.includes("T") });
    return rule;
  } catch (error) {
    if (hasCode(error, "invalid_input")) return error.message;
    throw error;
  }
}

function expand(rule: Rule, { start, instances }: Vector): string[] {
  // One more than must come, so that an end that is missing shows.
  const moments = expandRule(rule, readMoment(start)).take(instances.length + 1);
  return [...moments].map(format);
}

function format({ day, minute }: LocalMoment): string {
  return `${formatDay(day)} ${minute}`;
}

describe("libical's rules", () => {
  const vectors = ["icalrecur_test.txt", "icalrecur_test_rscale.txt"].flatMap(readVectors);
  const read = vectors.map((vector) => ({ ...vector, result: readRule(vector) }));
  const accepted = read.flatMap(({ result, ...vector }) => (typeof result === "string" ? [] : [{ ...vector, result }]));
  const refused = read.flatMap(({ result }) => (typeof result === "string" ? [result] : []));

  test.each(accepted)("$rule from $start ($title) occurs when it should", ({ result, ...vector }) => {
    expect(expand(result, vector)).toEqual(vector.instances.map(readMoment).map(format));
  });

  test("are all here, and each is expanded or refused", () => {
    expect([vectors.length, accepted.length, refused.length]).toEqual([160, 103, 57]);
  });

  test("are refused only for what is outside the subset", () => {
    const reasons = Object.groupBy(refused, (message) => message.replace(/ (is not|needs) .*/, ""));
    const counts = Object.entries(reasons).map(([reason, all]) => [reason, all?.length]);
    expect(Object.fromEntries(counts)).toEqual({
      "FREQ=SECONDLY": 6,
      "FREQ=MINUTELY": 5,
      "FREQ=HOURLY": 12,
      BYSECOND: 1,
      BYWEEKNO: 29,
      "RSCALE=RUSSIAN": 1,
      "BYMONTHDAY with FREQ=YEARLY": 2,
      BYMINUTE: 1,
    });
  });
});
