import { describe, expect, test } from "bun:test";
import { toArguments } from "../../../src/domain/quick-add/argument.ts";
import { describeSecondDate, describeStrayDate } from "../../../src/domain/quick-add/stray-dates.ts";
import { listTitleWords } from "../../../src/domain/quick-add/tokens.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

describe("a day at the end of a new title", () => {
  test.each([
    [["Pay", "rent", "tomorrow"], "tomorrow stays in the title. Did you mean due:tomorrow?"],
    [["Pay rent Friday", "p1", "+home"], "Friday stays in the title. Did you mean due:Friday?"],
    [["Call Ann tomorrow at 9"], 'tomorrow at 9 stays in the title. Did you mean due:"tomorrow at 9"?'],
    [
      ["Call", "Ann", "next", "friday", "5", "pm"],
      'next friday 5 pm stays in the title. Did you mean due:"next friday 5 pm"?',
    ],
  ])("is named in a note, with the way to make it a due date: %p", (args, note) => {
    expect(describeStrayDate(listTitleWords(toArguments(args), SYSTEM), SYSTEM)).toBe(note);
  });

  test.each([
    ["Plan", "tomorrow", "with", "Ann"],
    ["Friday"],
    ["Read", "chapter", "21"],
    ["Clean", "up", "now"],
    ["Review 21 nov"],
    ["Pay", "due:tomorrow"],
    [],
  ])("is not seen in the middle, as all of a title, or in dates that titles speak of: %p", (...args) => {
    expect(describeStrayDate(listTitleWords(toArguments(args), SYSTEM), SYSTEM)).toBeUndefined();
  });
});

describe("a date right behind a due date that makes no date with it", () => {
  test.each([
    [["Mail", "due:friday", "next", "week"], 'next week stays in the title: "friday next week" is not a date.'],
    [["Mail due:today tomorrow"], 'tomorrow stays in the title: "today tomorrow" is not a date.'],
  ])("is named in a note: %p", (args, note) => {
    expect(describeSecondDate(toArguments(args), SYSTEM)).toBe(note);
  });

  test.each<[string[]]>([
    [["Mail", "due:friday", "17:00"]],
    [["due:friday", "at", "home"]],
    [["due:friday", "5", "apples", "tomorrow"]],
    [["due:friday", "+2w", "Mail"]],
    [["due:friday"]],
    [["Mail"]],
  ])("is not seen in other words: %p", (args) => {
    expect(describeSecondDate(toArguments(args), SYSTEM)).toBeUndefined();
  });
});
