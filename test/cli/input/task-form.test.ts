import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { formatTaskForm, readTaskForm } from "../../../src/cli/input/task-form.ts";
import { type Draft, type Task } from "../../../src/domain/task/task.ts";
import { checkPatch } from "../../../src/domain/task/fields.ts";
import { isBlank } from "../../../src/domain/task/text.ts";
import { anyDraft, anyDueDate, anyTag, anyTitle, SYSTEM, storable } from "../../support/tasks/arbitraries.ts";
import { TASK } from "../../support/tasks/task.ts";
import { refusal } from "../../support/errors.ts";

function aTask(draft: Draft): Task {
  return { ...TASK, ...Object.fromEntries(Object.entries(checkPatch(draft)).filter(([, value]) => value != null)) };
}

const RENT = aTask({
  title: "Pay rent",
  description: "First line\n\n  third line",
  dueDate: "2026-11-27",
  priority: "high",
  project: "Home",
  tags: ["a", "b"],
});

/** Changes the form as a user would, and answers what that means. */
function save(task: Task, change: (form: string) => string) {
  return readTaskForm(change(formatTaskForm(task, SYSTEM)), task, SYSTEM);
}

function setLine(name: string, value: string) {
  return (form: string) => form.replace(new RegExp(`^${name}:.*$`, "m"), () => `${name}: ${value}`);
}

describe("the form of a task", () => {
  test("has a field a line and the description to the end", () => {
    expect(formatTaskForm(RENT, SYSTEM))
      .toBe(`# Lines that begin with # above the description are left out. An empty field clears it.
# Dates are what the command line takes: friday, 21 nov, +3d, tomorrow at 9, 2026-11-27.
title: Pay rent
due: 2026-11-27
scheduled:
wait:
priority: high
project: Home
estimate:
every:
tags: a b
reminders:
description:
First line

  third line
`);
  });

  test("has its empty fields without anything behind them", () => {
    const lines = formatTaskForm(aTask({ title: "x" }), SYSTEM)
      .split("\n")
      .slice(2);
    expect(lines).toEqual([
      "title: x",
      "due:",
      "scheduled:",
      "wait:",
      "priority:",
      "project:",
      "estimate:",
      "every:",
      "tags:",
      "reminders:",
      "description:",
      "",
    ]);
  });

  test("shows a moment in the user's time zone", () => {
    const task = aTask({ title: "x", dueDate: "2026-11-27T16:00:00Z" });
    expect(formatTaskForm(task, SYSTEM)).toContain("\ndue: 2026-11-27 17:00+01:00\n");
    expect(save(task, (form) => form.replace("17:00", "18:30"))).toEqual({ dueDate: "2026-11-27T17:30:00Z" });
  });

  test("shows a title of two lines on one, in quotes, and says so", () => {
    const task = aTask({ title: "one\ntwo \u0085", project: '"Home"' });
    const form = formatTaskForm(task, SYSTEM);
    expect(form).toContain('\ntitle: "one\\ntwo \\u0085"\n');
    expect(form).toContain('\nproject: "\\"Home\\""\n');
    expect(form).toContain("# A text in double quotes");
    expect(save(task, setLine("title", '"one\\nthree"'))).toEqual({ title: "one\nthree" });
    expect(save(task, setLine("project", '"Garden"'))).toEqual({ project: "Garden" });
  });
});

describe("how a task repeats", () => {
  const bins = aTask({ title: "Bins", dueDate: "2026-11-23", recurrence: "due 2026-11-23 FREQ=WEEKLY;BYDAY=MO" });

  test("is in the form as it can be typed", () => {
    expect(formatTaskForm(bins, SYSTEM)).toContain("\nevery: week on Mon\n");
    expect(formatTaskForm({ ...bins, recurrence: "due 2026-11-23 FREQ=HOURLY" }, SYSTEM)).toContain(
      "\nevery: repeats (rule of another version)\n",
    );
  });

  test("is another with other words, and ends with none", () => {
    expect(save(bins, setLine("every", "2 weeks on tue"))).toEqual({ every: "2 weeks on tue" });
    for (const nothing of ["", "none"]) expect(save(bins, setLine("every", nothing))).toEqual({ every: null });
    expect(refusal(() => save(bins, setLine("every", "hour"))).message).toStartWith('line 10: every: "hour"');
  });
});

describe("what is saved", () => {
  test.each<[string, string, string, object]>([
    ["a title", "title", "Pay the rent", { title: "Pay the rent" }],
    ["a title with a colon and a hash", "title", "due: #1", { title: "due: #1" }],
    ["a title that only begins with a quote", "title", '"Dune" by Herbert', { title: '"Dune" by Herbert' }],
    ["a date in words", "due", "next friday", { dueDate: "2026-11-27" }],
    ["another date in words", "due", "Tomorrow at 9", { dueDate: "2026-11-21T08:00:00Z" }],
    ["an offset from the due date", "due", "due+1d", { dueDate: "2027-01-02" }],
    ["no date", "due", "", { dueDate: null }],
    ["no date, as the command line says it", "due", "none", { dueDate: null }],
    ["a priority", "priority", "Low", { priority: "low" }],
    ["no priority", "priority", "", { priority: null }],
    ["a project", "project", "My Flat", { project: "My Flat" }],
    ["no project", "project", "none", { project: null }],
    ["other tags", "tags", "+c, b,", { addTags: ["c"], removeTags: ["a"] }],
    ["a day before the due date", "wait", "due-3d", { waitUntil: "2026-12-29" }],
    ["a day to work on it", "scheduled", "friday", { scheduledDate: "2026-11-27" }],
    ["an estimate", "estimate", "1h 30min", { estimateMinutes: 90 }],
    ["no estimate", "estimate", "", {}],
    ["reminders", "reminders", "1h, 2 days before", { addReminders: ["-PT1H", "-P2D"], removeReminders: [] }],
    ["no tags", "tags", "", { addTags: [], removeTags: ["a", "b"] }],
    ["the same tags in another order", "tags", "b  a", { addTags: [], removeTags: [] }],
  ])("is %s", (_, name, value, patch) => {
    expect(save({ ...RENT, dueDate: "2027-01-01" }, setLine(name, value))).toEqual(patch);
  });

  test("counts a date from the due date that is saved with it", () => {
    const change = (form: string) => setLine("wait", "due-1d")(setLine("due", "monday")(form));
    expect(save(RENT, change)).toEqual({ dueDate: "2026-11-23", waitUntil: "2026-11-22" });
  });

  test("leaves each reminder that was not typed anew, also one that can't be read", () => {
    const task = { ...TASK, reminders: ["-P7D", "2026-11-27T16:00:00Z", "FREQ=LATER"] };
    expect(formatTaskForm(task, SYSTEM)).toContain("\nreminders: 7 days before, 2026-11-27 17:00+01:00, FREQ=LATER\n");
    expect(save(task, (form) => form.replace("7 days before, ", "1h, "))).toEqual({
      addReminders: ["-PT1H"],
      removeReminders: ["-P7D"],
    });
  });

  test("is a description of several lines, blank ones and such that look like fields too", () => {
    const text = "# not a comment\n\ntitle: not a title\ndescription:\n  end";
    const change = (form: string) => form.replace(/^description:[^]*$/m, () => `description:\n${text}\n\n\n`);
    expect(save(RENT, change)).toEqual({ description: text });
    expect(save(aTask({ title: "x" }), change)).toEqual({ description: text });
  });

  test("is a description that begins behind its colon", () => {
    const task = aTask({ title: "x" });
    expect(save(task, setLine("description", "call first"))).toEqual({ description: "call first" });
    expect(save(task, (form) => `${setLine("description", "call first")(form)}then write\n`)).toEqual({
      description: "call first\nthen write",
    });
  });

  test("clears the description when it is empty or cut off with its heading", () => {
    for (const end of ["description:\n", "description:\n\n  \n", ""]) {
      expect(save(RENT, (form) => form.replace(/^description:[^]*$/m, () => end))).toEqual({ description: null });
    }
  });

  test("is nothing when comments, blank lines or line ends are all that changed", () => {
    const changes: ((form: string) => string)[] = [
      (form) => form,
      (form) => form.replace(/^#.*\n/gm, ""),
      (form) => `# more\n\n${form}`,
      (form) => form.replaceAll("\n", "\r\n"),
      (form) => form.trimEnd(),
      (form) => `${form}\n\n`,
      (form) => form.replace("title: Pay rent", "title:Pay rent   "),
    ];
    for (const change of changes) expect(save(RENT, change)).toEqual({});
  });

  test("never is anything that was not touched, whatever a task holds", () => {
    fc.assert(
      fc.property(anyDraft.map(aTask), (task) => {
        expect(save(task, (form) => form)).toEqual({});
        expect(save(task, (form) => form.replaceAll(/\r?\n/g, "\r\n"))).toEqual({});
        expect(save(task, setLine("priority", task.priority === "low" ? "high" : "low"))).toEqual({
          priority: task.priority === "low" ? "high" : "low",
        });
      }),
      { numRuns: 500 },
    );
  });

  test("is exactly the fields of another task when its form is put in the place of the first", () => {
    fc.assert(
      fc.property(anyDraft.map(aTask), anyDraft.map(aTask), (before, other) => {
        // Words begin a rule anew.
        const after = { ...other, recurrence: before.recurrence };
        const form = formatTaskForm(after, SYSTEM);
        fc.pre(readsBack(before.description) && readsBack(after.description));
        const patch = readTaskForm(form, before, SYSTEM);
        const merged = { ...before, ...patch };
        expect(merged.title).toBe(after.title);
        expect(merged.project).toBe(after.project);
        expect(merged.priority).toBe(after.priority);
        expect(merged.dueDate).toBe(after.dueDate);
        expect(merged.scheduledDate).toBe(after.scheduledDate);
        expect(merged.waitUntil).toBe(after.waitUntil);
        expect(merged.estimateMinutes).toBe(after.estimateMinutes);
        expect(merged.description ?? "").toBe(after.description ?? "");
        const kept = before.tags.filter((tag) => !patch.removeTags?.includes(tag));
        expect([...kept, ...(patch.addTags ?? [])].toSorted()).toEqual([...after.tags]);
      }),
      { numRuns: 500 },
    );
  });
});

/** An editor works on lines: what ends a line, and how many blank ones there are at the end, is not for it to tell. */
function readsBack(description: string | null): boolean {
  return description === null || (!/\r\n|[\r\n]$/.test(description) && !isBlank(description));
}

describe("what is refused names the line", () => {
  test.each<[string, (form: string) => string, string]>([
    ["an empty title", setLine("title", " "), "line 3: title is empty"],
    ["a title that can't be seen", setLine("title", "\u200b"), "line 3: title is empty"],
    ["a title that is too long", setLine("title", "x".repeat(501)), "line 3: title has 501 characters"],
    ["half a character in quotes", setLine("title", '"\\ud83e"'), "line 3: title contains half of a surrogate pair"],
    ["an impossible date", setLine("due", "31 feb"), 'line 4: "31 feb" is not a date: there is no 31 feb'],
    ["hours from a day", setLine("wait", "due-1h"), "line 6: hours are counted from a time"],
    ["an estimate of nothing", setLine("estimate", "0min"), "line 9: estimate is not a whole number of minutes"],
    ["a reminder without a time", setLine("reminders", "1h, friday"), 'line 12: reminder "friday" has no time'],
    ["an unknown priority", setLine("priority", "urgent"), 'line 7: unknown priority "urgent"'],
    ["a project that is called none", setLine("project", '"none"'), 'line 8: a project can\'t be called "none"'],
    ["a tag that is none", setLine("tags", 'a "b"'), 'line 11: tag "\\"b\\"" is not one word'],
    [
      "a field that is unknown",
      (form) => form.replace("due:", "deu:"),
      'line 4: "deu: 2026-11-27" is not one of title,',
    ],
    ["a field that is there twice", (form) => `due: friday\n${form}`, "line 5: due is there twice"],
    ["a text above the description", (form) => `hello\n${form}`, 'line 1: "hello" is not one of'],
    ["a description too long", (form) => form + "x".repeat(10_000), "line 14: description has 10"],
  ])("(%s)", (_, change, problem) => {
    const { code, message } = refusal(() => save(RENT, change));
    expect(code).toBe("invalid_input");
    expect(message).toStartWith(problem);
  });
});

test("generated fields are as wild as tasks can be", () => {
  const seen = fc.sample(fc.tuple(anyTitle, storable(1000), anyTag, anyDueDate), { numRuns: 3000, seed: 1 });
  expect(seen.some(([title]) => title.includes("\n"))).toBe(true);
  expect(seen.some(([title]) => title.startsWith('"'))).toBe(true);
  expect(seen.some(([, description]) => /^description:/m.test(description))).toBe(true);
  expect(seen.some(([, description]) => description.startsWith("#"))).toBe(true);
  expect(seen.some(([, description]) => description.endsWith("\n"))).toBe(true);
  expect(seen.some(([, , tag]) => tag.startsWith("#"))).toBe(true);
  expect(seen.some(([, , , dueDate]) => dueDate.endsWith("Z"))).toBe(true);
});
