import { expect, test } from "bun:test";
import { parseFilter } from "../../../../src/domain/query/filter/parse.ts";
import { type Condition, type DateField, KEPT, PENDING, type TextField } from "../../../../src/domain/query/query.ts";
import { read, readConditions, text } from "../../../support/filters.ts";
import { SYSTEM } from "../../../support/tasks/arbitraries.ts";

/** A Saturday, 12:00 in UTC. */
const SATURDAY = {
  now: () => Date.parse("2026-11-21T12:00:00Z"),
  today: () => "2026-11-21",
  timeZone: () => "UTC",
};
const MIDNIGHT = "T00:00:00Z";

const day = (date: string) => ({ day: date, moment: date + MIDNIGHT });
const not = (condition: Condition): Condition => ({ kind: "not", condition });
const or = (...conditions: Condition[]): Condition => ({ kind: "or", conditions });
const tag = (name: string): Condition => ({ kind: "tagged", tag: name });
const among = (...ids: string[]): Condition => ({ kind: "among", ids });
const dated = (date: DateField, from?: string, before?: string): Condition => ({
  kind: "dated",
  date,
  ...(from !== undefined && { from: day(from) }),
  ...(before !== undefined && { before: day(before) }),
});
const within = (words: string, ...fields: TextField[]): Condition => ({ kind: "text", text: words, fields });
const priority = (name: "high" | "medium" | "low" | null): Condition => ({ kind: "priority", priority: name });
const NOW = { day: "2026-11-21", moment: "2026-11-21T12:00:00.000Z" };
const OVERDUE: Condition = { kind: "dated", date: "dueDate", before: NOW };
const WAITING: Condition = { kind: "waiting", now: { day: "2026-11-21", moment: "2026-11-21T12:00:00Z" } };
const hidden = not(WAITING);
const TODAY = or(dated("dueDate", undefined, "2026-11-22"), dated("scheduledDate", undefined, "2026-11-22"));

/** The filters of the design of the language, and what each asks for. */
const EXAMPLES: readonly (readonly [string, ...Condition[]])[] = [
  ["+home", tag("home")],
  ["not:+home", not(tag("home"))],
  ["tag:none", not({ kind: "has", part: "tags" })],
  ["+home or +work", or(tag("home"), tag("work"))],
  ["+home +work", tag("home"), tag("work")],
  ["(+home or +work) overdue", or(tag("home"), tag("work")), OVERDUE],
  ["not (+home or +work)", not(or(tag("home"), tag("work")))],
  ["!+home", not(tag("home"))],
  ["project:House", { kind: "in_project", project: "House" }],
  ["project.under:House", { kind: "in_project", project: "House" }],
  ["project.is:House", { kind: "project", project: "House" }],
  ["project.has:House", within("House", "project")],
  ["project:none", { kind: "project", project: null }],
  ["project:any", not({ kind: "project", project: null })],
  ["project:My House", { kind: "in_project", project: "My House" }],
  ['project:"a or b"', { kind: "in_project", project: "a or b" }],
  ["due:today", dated("dueDate", "2026-11-21", "2026-11-22")],
  ["due:none", not(dated("dueDate"))],
  ["due:any", dated("dueDate")],
  ["due!=today", not(dated("dueDate", "2026-11-21", "2026-11-22"))],
  ["due<friday", dated("dueDate", undefined, "2026-11-27")],
  ["due.before:friday", dated("dueDate", undefined, "2026-11-27")],
  ["due<=eow", dated("dueDate", undefined, "2026-11-23")],
  ["due.by:eow", dated("dueDate", undefined, "2026-11-23")],
  ["due>=mon due<sat", dated("dueDate", "2026-11-23"), dated("dueDate", undefined, "2026-11-28")],
  ["due:this week", dated("dueDate", "2026-11-16", "2026-11-23")],
  ["due:december", dated("dueDate", "2026-12-01", "2027-01-01")],
  ["due:december..january", dated("dueDate", "2026-12-01", "2027-02-01")],
  ["scheduled:october..december", dated("scheduledDate", "2027-10-01", "2028-01-01")],
  ["scheduled:november..november", dated("scheduledDate", "2026-11-01", "2026-12-01")],
  ["due:this month..january", dated("dueDate", "2026-11-01", "2027-02-01")],
  ["due:last month..today", dated("dueDate", "2026-10-01", "2026-11-22")],
  ["created:september..october", dated("createdAt", "2026-09-01", "2026-11-01")],
  ["due<january", dated("dueDate", undefined, "2027-01-01")],
  ["scheduled:oct", dated("scheduledDate", "2027-10-01", "2027-11-01")],
  ["due:dec 2025", dated("dueDate", "2025-12-01", "2026-01-01")],
  ["created:december", dated("createdAt", "2025-12-01", "2026-01-01")],
  ["created>-7d", dated("createdAt", "2026-11-15")],
  ["updated<-1y", dated("updatedAt", undefined, "2025-11-21")],
  ["created.from:3 days ago", dated("createdAt", "2026-11-18")],
  ["created:last friday", dated("createdAt", "2026-11-20", "2026-11-21")],
  ["wait:any", dated("waitUntil")],
  ["is:waiting", WAITING],
  ["wait<+7d", dated("waitUntil", undefined, "2026-11-28")],
  [
    "scheduled.by:today or due.by:today",
    or(dated("scheduledDate", undefined, "2026-11-22"), dated("dueDate", undefined, "2026-11-22")),
  ],
  ["is:today", TODAY],
  ["priority:high", priority("high")],
  ["priority>=medium", or(priority("high"), priority("medium"))],
  ["priority:none", priority(null)],
  ["is:blocked", among("task-dfg")],
  ["is:blocking", among("task-bqz")],
  ["depends:kqv", { kind: "waits_for", id: "task-kqv" }],
  ["blocks:kqv", among("task-bqz")],
  ["parent:kqv", { kind: "child_of", parents: ["task-kqv"] }],
  ["under:kqv", among("task-dfg", "task-hjk")],
  ["parent:none", { kind: "root" }],
  ["has:subtasks", { kind: "has", part: "subtasks" }],
  ["is:repeating", { kind: "has", part: "recurrence" }],
  ["is:active", { kind: "has", part: "startedAt" }],
  ["is:occurrence", { kind: "has", part: "record" }],
  ["is:subtask", not({ kind: "root" })],
  ["is:someday", not(dated("dueDate")), not(dated("scheduledDate"))],
  ["id:kqv", among("task-kqv")],
  ["passport", text("passport")],
  ['"call ann"', text("call ann")],
  ["title:ann", within("ann", "title")],
  ["description:roof", within("roof", "description")],
  ["note:roof", within("roof", "note")],
  ["text:passport note:roof", text("passport"), within("roof", "note")],
  ['"or"', text("or")],
  ["\\(draft", text("(draft")],
  ["a)", text("a)")],
  ["has:description", { kind: "has", part: "description" }],
  ["has:notes", { kind: "has", part: "notes" }],
  ["has:reminders", { kind: "has", part: "reminders" }],
];

test.each(EXAMPLES)("%s asks for what the design says", (filter, ...conditions) => {
  const found = readConditions([filter], [], SATURDAY);
  expect(found.filter((condition) => !Bun.deepEquals(condition, hidden))).toEqual([PENDING, ...conditions]);
});

test("is:waiting and wait: ask for what is hidden otherwise", () => {
  expect(readConditions(["is:waiting"], [], SATURDAY)).toEqual([PENDING, WAITING]);
  expect(readConditions(["wait<+7d"], [], SATURDAY)).not.toContainEqual(hidden);
  expect(readConditions(["+home"], [], SATURDAY)).toContainEqual(hidden);
});

test("estimate<=30m is:ready is what is short and possible now", () => {
  const later = { day: "2026-11-22", moment: "2026-11-21T12:00:01Z" };
  expect(readConditions(["estimate<=30m is:ready"], [], SATURDAY)).toEqual([
    PENDING,
    PENDING,
    hidden,
    { kind: "estimate", to: 30 },
    hidden,
    not({ kind: "dated", date: "scheduledDate", from: later }),
    not(among("task-dfg")),
  ]);
});

test("status:completed completed:this week is what was done this week", () => {
  const [, ...found] = readConditions(["status:completed completed:this week"], [], SATURDAY);
  expect(found).toEqual([dated("completedAt", "2026-11-16", "2026-11-23")]);
});

test("completed:last month is what was done then, without a word about the status", () => {
  expect(readConditions(["completed:last month"], [], SATURDAY)).toEqual([
    KEPT,
    dated("completedAt", "2026-10-01", "2026-11-01"),
  ]);
});

test("series:kqv status:all are all occurrences of one task", () => {
  expect(read("series:kqv status:all")).toEqual([
    { kind: "status", status: "all" },
    { kind: "record_of", series: ["task-kqv"] },
  ]);
});

test("filter:errands or +now names another filter", () => {
  expect(parseFilter({ terms: ["filter:errands or +now"] }, SYSTEM)).toMatchObject({
    kind: "or",
    operands: [
      { kind: "term", key: "filter", value: "errands" },
      { kind: "term", key: "tag", value: "now" },
    ],
  });
});
