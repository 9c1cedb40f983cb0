import { describe, expect, test } from "bun:test";
import { readMonth } from "../../../src/domain/dates/month.ts";
import { refusal } from "../../support/errors.ts";

const SYSTEM = { today: () => "2026-11-20" };

describe("the month at the beginning of what was typed", () => {
  test.each<[string[], string, string[]]>([
    [["2027-02"], "2027-02-01", []],
    [["feb"], "2027-02-01", []],
    [["Feb", "+home"], "2027-02-01", ["+home"]],
    [["november"], "2026-11-01", []],
    [["oct"], "2027-10-01", []],
    [["february", "2028", "+home"], "2028-02-01", ["+home"]],
    [["february 2028", "+home"], "2028-02-01", ["+home"]],
    [["oct", "2025"], "2025-10-01", []],
    [["next", "month"], "2026-12-01", []],
    [["next month", "a", "b"], "2026-12-01", ["a", "b"]],
    [["this month"], "2026-11-01", []],
    [["last", "month"], "2026-10-01", []],
  ])("%j is %s", (words, month, rest) => {
    expect(readMonth(words, SYSTEM)).toEqual({ month, rest });
  });

  test.each([[[]], [["+home"]], [["marching"]], [["next"]], [["2027"]], [["buy", "2027-02"]]])(
    "%j is none",
    (words) => {
      expect(readMonth(words, SYSTEM)).toBeUndefined();
    },
  );

  test.each([["2027-13"], ["2027-00"], ["0000-05"]])("%s is refused", (word) => {
    expect(refusal(() => readMonth([word], SYSTEM)).code).toBe("invalid_input");
  });
});
