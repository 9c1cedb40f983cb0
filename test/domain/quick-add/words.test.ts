import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { TodoError } from "../../../src/domain/errors.ts";
import { toArguments } from "../../../src/domain/quick-add/argument.ts";
import { type Reading, readTokens, refuseEmpty } from "../../../src/domain/quick-add/tokens.ts";
import { type Understood, understand } from "../../../src/domain/quick-add/words.ts";
import { SYSTEM, anyTag } from "../../support/tasks/arbitraries.ts";
import { refusal } from "../../support/errors.ts";

function readAs(reading: Reading, args: readonly string[]): Understood {
  const { tokens, kept } = readTokens(toArguments(args), reading, SYSTEM);
  refuseEmpty(tokens);
  return understand(tokens, kept, SYSTEM);
}

const read = (...args: string[]) => readAs("add", args);
const readEdit = (...args: string[]) => readAs("edit", args);

const UNDERSTOOD: [string[], Understood][] = [
  [["Pay", "rent", "due:friday", "+home"], { title: "Pay rent", dueDate: "2026-11-27", addTags: ["home"] }],
  [["due:friday", "Pay", "rent"], { title: "Pay rent", dueDate: "2026-11-27" }],
  [["Pay", "+home", "rent"], { title: "Pay rent", addTags: ["home"] }],
  [["Pay rent due:friday +home +now"], { title: "Pay rent", dueDate: "2026-11-27", addTags: ["home", "now"] }],
  [["due:next friday", "Pay"], { title: "Pay", dueDate: "2026-11-27" }],
  [["project:My big project", "Plan"], { title: "Plan", project: "My big project" }],
  [["Call", "priority:HIGH"], { title: "Call", priority: "high" }],
  [["Call", "pri:H"], { title: "Call", priority: "high" }],
  [["Call", "prio:med", "proj:House"], { title: "Call", priority: "medium", project: "House" }],
  [["Call", "PRIORITY:l", "Due:friday"], { title: "Call", priority: "low", dueDate: "2026-11-27" }],
  [["Buy", "milk", "p1"], { title: "Buy milk", priority: "high" }],
  [["Buy milk P2 today"], { title: "Buy milk today", priority: "medium" }],
  [["p3", "Buy", "pro:Home"], { title: "Buy", priority: "low", project: "Home" }],
  [["Buy", "p4"], { title: "Buy", priority: null }],
  [["Pay", "due:5pm", "friday", "rent"], { title: "Pay rent", dueDate: "2026-11-27T16:00:00Z" }],
  [["Pay", "due:friday", "17:00"], { title: "Pay", dueDate: "2026-11-27T16:00:00Z" }],
  [
    ["Pay", "due:next", "friday", "at", "noon", "+a"],
    { title: "Pay", dueDate: "2026-11-27T11:00:00Z", addTags: ["a"] },
  ],
  [["due:21", "nov", "2027", "Pay"], { title: "Pay", dueDate: "2027-11-21" }],
  [["due:tomorrow", "at", "9", "Call Ann at 10"], { title: "Call Ann at 10", dueDate: "2026-11-21T08:00:00Z" }],
  [["Pay due:in 3 days or so"], { title: "Pay or so", dueDate: "2026-11-23" }],
  [["due:day", "after", "tomorrow", "at", "9", "Pay"], { title: "Pay", dueDate: "2026-11-22T08:00:00Z" }],
  [["Buy", "due:friday", "5", "apples"], { title: "Buy 5 apples", dueDate: "2026-11-27" }],
  [["due:friday", "today", "Pay"], { title: "today Pay", dueDate: "2026-11-27" }],
  [["due:friday", "+2w", "17:00"], { title: "17:00", dueDate: "2026-11-27", addTags: ["2w"] }],
  [["due:friday", "17:00 with Ann"], { title: "with Ann", dueDate: "2026-11-27T16:00:00Z" }],
  [["due:friday", "", "17:00"], { title: " 17:00", dueDate: "2026-11-27" }],
  [["due:none", "17:00"], { title: "17:00", dueDate: null }],
  [
    ["Call", "due:none", "project:none", "priority:none"],
    { title: "Call", dueDate: null, project: null, priority: null },
  ],
  [["+home"], { addTags: ["home"] }],
  [[], {}],
  [
    ["Paint", "wait:friday", "17:00", "sched:next", "monday"],
    { title: "Paint", waitUntil: "2026-11-27T16:00:00Z", scheduledDate: "2026-11-23" },
  ],
  [
    ["Tax due:2027-05-31 wait:due-3w"],
    { title: "Tax", dueDate: "2027-05-31", waitShift: [{ count: -3, unit: "weeks" }] },
  ],
  [["Tax", "scheduled:due-1d"], { title: "Tax", scheduledShift: [{ count: -1, unit: "days" }] }],
  [["Call", "estimate:1h30m"], { title: "Call", estimateMinutes: 90 }],
  [["Call", "remind:30min", "remind:1d"], { title: "Call", addReminders: ["-PT30M", "-P1D"] }],
  [
    ["Hang", "parent:kqv", "depends:bcd,fgh", "dep:jkl"],
    { title: "Hang", parentRef: "kqv", dependsRefs: ["bcd", "fgh", "jkl"] },
  ],
];

describe("quick-add words", () => {
  test.each(UNDERSTOOD)("of %p are understood", (args, understood) => {
    expect(read(...args)).toEqual(understood);
  });

  test.each([
    "1+1 is 2",
    "+1",
    "+49 170 1234567",
    "C++ and g++",
    "a +, b",
    '+"home"',
    "++home",
    "see https://example.org/a?due:friday",
    "note:this is:title",
    "plan Project: see what is there",
    "Due: friday",
    "p5 and p",
    "recur:weekly until:2027-01-01",
    "d:friday du:friday p:x pr:high",
    "re:invent at 17:00 in C:\\due",
    "overdue:friday xdue:friday",
    "due.before:friday",
    "not:+",
    "mail me@due:friday.org",
    "- - --",
    "  two  spaces  ",
    "tab\tand\nline",
  ])("leave %p as it is", (title) => {
    expect(read(title)).toEqual({ title });
  });

  test.each([
    ["when due: friday", "due: has no value"],
    ["due:", "due: has no value"],
    ["Plan project:", "project: has no value"],
    ["priority: high", "priority: has no value"],
    ["Milk tags: shop", "tags: has no value"],
  ])("are refused in a new task when a key has no value (%p)", (line, message) => {
    expect(refusal(() => read(...line.split(" ")))).toMatchObject({ code: "usage", message });
  });

  test("clear a field in an edit when a key has no value, and take tags off", () => {
    const words = ["due:", "project:", "priority:", "tags:", "not:+home", "not:+2026"];
    expect(readEdit(...words)).toEqual({
      dueDate: null,
      project: null,
      priority: null,
      tags: [],
      removeTags: ["home", "2026"],
    });
    expect(readEdit("not:", "not:home")).toEqual({ title: "not: not:home" });
  });

  test("name tasks with spaces and commas between them, and one that is none if there are no others", () => {
    const refsOf = (value: string) => understand([{ key: "depends", value }], [], SYSTEM).dependsRefs;
    expect(refsOf("bcd, fgh,")).toEqual(["bcd", "fgh"]);
    expect(refsOf("")).toEqual([""]);
    expect(refsOf(" , ")).toEqual([" , "]);
  });

  test("clear what a task has several of in an edit, or take one off", () => {
    expect(readEdit("depends:", "remind:")).toEqual({ dependsOn: [], reminders: [] });
    expect(readEdit("not:depends:kqv,bcd", "not:remind:1d")).toEqual({
      notDependsRefs: ["kqv", "bcd"],
      removeReminders: ["-P1D"],
    });
  });

  test("are one word when a quoted argument begins with a key, whatever stands in it", () => {
    expect(read("due: next   friday")).toEqual({ dueDate: "2026-11-27" });
    expect(read("project:A due:friday")).toEqual({ project: "A due:friday" });
    expect(refusal(() => read("due:friday Pay rent")).message).toBe('"friday Pay rent" is not a date');
  });

  test.each([[["due:tomorow", "Pay"]], [["due:nxt week", "Pay"]], [["due:frday", "at", "last"]]])(
    "that make no date with those behind them are refused: %p",
    (args) => {
      expect(refusal(() => read(...args)).hints).toHaveLength(1);
    },
  );

  test("that are taken leave the space between the others", () => {
    expect(read("Pay  rent  due:friday  now").title).toBe("Pay  rent  now");
    expect(read("+home   Pay rent").title).toBe("Pay rent");
    expect(read("Pay\n+home\nrent").title).toBe("Pay\nrent");
    expect(read("Pay", "due:friday", " rent").title).toBe("Pay  rent");
  });

  test.each([
    [["due:friday", "due:friday"], "due is given twice: friday and friday"],
    [["a project:A b project:B"], "project is given twice: A and B"],
    [["priority:low", "priority:high"], "priority is given twice: low and high"],
    [["p1", "pri:low"], "priority is given twice: p1 and low"],
  ])("that say a field twice are refused: %p", (args, message) => {
    expect(refusal(() => read(...args))).toMatchObject({ code: "usage", message });
  });
});

/** A word that can't be taken for anything else. */
const plainWord = fc.string({ unit: "grapheme", minLength: 1, maxLength: 10 }).filter((word) => !/[\s:+]/u.test(word));

const anyWord = fc.oneof(
  plainWord,
  fc.string({ unit: "binary", maxLength: 10 }),
  fc.string({ maxLength: 10 }),
  fc.constantFrom(
    "due:",
    "due:friday",
    "due:31 feb",
    "+",
    "+a",
    "+ü",
    "project:x",
    "priority:high",
    "pri:h",
    "p2",
    "17:00",
    "at",
    "priority:",
    " ",
    "",
  ),
);

describe("whatever is typed", () => {
  test("plain words come back joined by one space", () => {
    fc.assert(
      fc.property(fc.array(plainWord, { minLength: 1, maxLength: 8 }), (words) => {
        expect(read(...words)).toEqual({ title: words.join(" ") });
      }),
    );
  });

  test("a quoted title without keys and tags comes back with every character", () => {
    const quoted = fc.string({ unit: "binary", minLength: 1 }).filter((text) => !/[:+]/u.test(text));
    fc.assert(fc.property(quoted, (title) => expect(read(title)).toEqual({ title })));
  });

  test("tags and plain words go their own ways, and none is lost", () => {
    const word = fc.oneof(
      plainWord.map((text) => ({ text, isTag: false })),
      anyTag.filter((tag) => /\p{L}/u.test(tag)).map((tag) => ({ text: `+${tag}`, isTag: true })),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.boolean(), (words, quoted) => {
        const texts = words.map(({ text }) => text);
        const { title, addTags: tag } = quoted ? read(texts.join(" ")) : read(...texts);
        const plain = words.filter(({ isTag }) => !isTag).map(({ text }) => text);
        expect(title ?? "").toBe(plain.join(" "));
        expect(tag ?? []).toEqual(words.filter(({ isTag }) => isTag).map(({ text }) => text.slice(1)));
      }),
    );
  });

  test("only an error that is meant for the user is thrown", () => {
    fc.assert(
      fc.property(fc.array(anyWord, { maxLength: 8 }), fc.constantFrom("add", "edit"), (words, reading) => {
        try {
          readAs(reading, words);
        } catch (error) {
          expect(error).toBeInstanceOf(TodoError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
