import { describe, expect, test } from "bun:test";
import { hideWaiting } from "../../../../src/domain/dates/waiting.ts";
import { type Condition, KEPT } from "../../../../src/domain/query/query.ts";
import type { Priority } from "../../../../src/domain/task/task.ts";
import { PENDING, read, readConditions, readOne, text } from "../../../support/filters.ts";
import { SYSTEM } from "../../../support/tasks/arbitraries.ts";

const tag = (name: string): Condition => ({ kind: "tagged", tag: name });
const not = (condition: Condition): Condition => ({ kind: "not", condition });
const or = (...conditions: Condition[]): Condition => ({ kind: "or", conditions });
const and = (...conditions: Condition[]): Condition => ({ kind: "and", conditions });
const [A, B, C] = [tag("a"), tag("b"), tag("c")] as const;

describe("terms that are joined", () => {
  test.each<[string[], Condition]>([
    [["+a", "or", "+b"], or(A, B)],
    [["+a or +b"], or(A, B)],
    [["+a", "|", "+b"], or(A, B)],
    [["+a", "||", "+b", "OR", "+c"], or(A, B, C)],
    [["+a or +b +c"], or(A, and(B, C))],
    [["+a +b or +c"], or(and(A, B), C)],
    [["+a", "&", "+b", "or", "+c"], or(and(A, B), C)],
    [["+a", "or", "not", "+b", "and", "+c"], or(A, and(not(B), C))],
    [["(+a", "or", "+b)"], or(A, B)],
    [["(", "+a", "or", "+b", ")"], or(A, B)],
    [["((+a) or ((+b)))"], or(A, B)],
    [["!+a"], not(A)],
    [["!", "+a"], not(A)],
    [["not", "+a"], not(A)],
    [["not not +a"], A],
    [["!not:+a"], A],
    [["!(+a or +b)"], not(or(A, B))],
    [["not:(+a", "+b)"], not(and(A, B))],
    [["not (not +a)"], A],
    [["!overdue"], not(readOne("overdue"))],
    [["!roof"], not(text("roof"))],
    [["not:call ann"], not(text("call ann"))],
    [["+a or roof tile"], or(A, text("roof tile"))],
    [["roof tile or +a"], or(text("roof tile"), A)],
    [["constructor or __proto__"], or(text("constructor"), text("__proto__"))],
    [['"roof" or "tile"'], or(text("roof"), text("tile"))],
    [["(f(x) or +a)"], or(text("f(x)"), A)],
    [["(a) or +a"], or(text("a"), A)],
    [["today or tomorrow"], or(readOne("today"), readOne("tomorrow"))],
    [["not today"], not(readOne("today"))],
    [["project:A or project:B"], or(readOne("project:A"), readOne("project:B"))],
    [["due<friday or +a"], or(readOne("due<friday"), A)],
  ])("%p", (terms, condition) => {
    expect(readOne(...terms)).toEqual(condition);
  });

  test.each<[string, string[]]>([
    ["+a +b", ["+a", "+b"]],
    ["+a and (+b and +c)", ["+a", "+b", "+c"]],
    ["overdue +a", ["overdue", "+a"]],
    ["overdue p1", ["overdue", "p1"]],
    ["(+a or +b) overdue", ["(+a or +b)", "overdue"]],
    ["project:My House +a", ["project:My House", "+a"]],
    ["project:House today", ["project:House", "today"]],
    ["project:House due:next friday +a", ["project:House", "due:next friday", "+a"]],
    ["roof due:friday", ["roof", "due:friday"]],
    ["call ann and roof", ["call ann", "roof"]],
    ["status:all roof", ["status:all", "roof"]],
    ["priority:high roof tile", ["priority:high", "roof tile"]],
    ['project:"My House" roof', ["project:My House", "roof"]],
    ['"call ann" roof', ['"call ann"', "roof"]],
    ["due:friday overdue", ["due:friday", "overdue"]],
    ["project:House due < friday", ["project:House", "due<friday"]],
    ["roof due < friday", ["roof", "due<friday"]],
  ])("may stand in one argument: %s", (whole, parts) => {
    expect(read(whole)).toEqual(read(...parts));
  });

  test.each([
    ["call ann today", "call ann today"],
    ["roof overdue", "roof overdue"],
    ["R&D +1", "R&D +1"],
    ["5 > 3", "5 > 3"],
    ["\\(draft", "(draft"],
    ["\\+home", "+home"],
    ["due\\:friday", "due:friday"],
    ["a\\)", "a)"],
    ["C:\\Users", "C:\\Users"],
  ])("are no part of a text: %s", (typed, words) => {
    expect(readOne(typed)).toEqual(text(words));
  });

  test("are limited to open tasks as a whole, unless one says a status", () => {
    expect(read("+a or +b")).toEqual([PENDING, or(A, B)]);
    expect(read("+a or status:completed")).toEqual([or(A, { kind: "status", status: "completed" })]);
    expect(read("+a not (+b or status!=deleted)")).toHaveLength(2);
  });

  test("are about all but deleted tasks if one is about when they were completed", () => {
    for (const typed of ["completed:today", "+a or completed>-7d", "not completed:last week", "completed:none"]) {
      expect(read(typed)[0]).toEqual(KEPT);
      expect(readConditions([typed])).toHaveLength(2);
    }
    expect(read("completed:today status:all")).toHaveLength(2);
  });

  test("hide what waits, unless one is about that", () => {
    const hidden = hideWaiting(SYSTEM);
    expect(readConditions(["+a or +b"])).toEqual([PENDING, hidden, or(A, B)]);
    expect(readConditions(["+a or is:wait"])).toHaveLength(2);
    expect(readConditions(["+a or not wait<friday"])).toHaveLength(2);
  });

  test("have what they say of the status first", () => {
    expect(read("+a", "status:completed", "+b")).toEqual([{ kind: "status", status: "completed" }, A, B]);
  });
});

describe("a value", () => {
  test.each([
    ["due < friday", "due<friday"],
    ["due:9am tomorrow", 'due:"9am tomorrow"'],
    ['title:"a\\" b"', 'title:a\\" b'],
    ["due <friday", "due<friday"],
    ["due< friday", "due<friday"],
    ["due <= next friday", "due.by:next friday"],
    ['due <= "next friday"', "due.by:next friday"],
    ["priority >= med", "priority.from:medium"],
    ["sched.by:eow", "scheduled<=eow"],
    ["due=friday", "due:friday"],
    ["due==friday", "due:friday"],
    ["due!=friday", "not:due:friday"],
    ["due.not:friday", "not:due:friday"],
    ["due.is:friday", "due:friday"],
    ["proj!=House", "not:project:House"],
    ["project.under:House", "project:House"],
    ["tag:home", "+home"],
    ["tag!=home", "not:+home"],
    ["status!=all", "not:status:all"],
    ["is.not:waiting", "not:is:waiting"],
    ["text:call ann", "call ann"],
    ["text.not:ann", "not:ann"],
    ["title: call ann", "title:call ann"],
    ["project: House", "project:House"],
    ['project:"My House"', "project:My House"],
    ["due:none", "not:due:any"],
    ["due=none", "due:none"],
    ["due!=none", "due:any"],
    ["tag:none", "not:tag:any"],
    ["priority!=none", "priority:any"],
    ["is:over", "overdue"],
  ])("can be written in several ways: %s is %s", (one, other) => {
    expect(read(one)).toEqual(read(other));
  });

  test("may be in arguments of its own behind a sign", () => {
    expect(read("due", "<=", "next", "friday", "+a")).toEqual(read("due.by:next friday", "+a"));
    expect(read("due", "<", "friday", "or", "+a")).toEqual(read("due<friday or +a"));
    expect(read("due<", "friday")).toEqual(read("due<friday"));
    expect(read("completed:this", "week", "+a")).toEqual(read("completed:this week", "+a"));
  });

  test.each<[string, object]>([
    ["due<friday", { before: { day: "2026-11-27" } }],
    ["due<=friday", { before: { day: "2026-11-28" } }],
    ["due>friday", { from: { day: "2026-11-28" } }],
    ["due>=friday", { from: { day: "2026-11-27" } }],
    ["due:this week", { from: { day: "2026-11-16" }, before: { day: "2026-11-23" } }],
    ["due:last week", { from: { day: "2026-11-09" }, before: { day: "2026-11-16" } }],
    ["due:Last  Month", { from: { day: "2026-10-01" }, before: { day: "2026-11-01" } }],
    ["due:this year", { from: { day: "2026-01-01" }, before: { day: "2027-01-01" } }],
    ["due<this month", { before: { day: "2026-11-01" } }],
    ["due<=last year", { before: { day: "2026-01-01" } }],
    ["due>last month", { from: { day: "2026-11-01" } }],
    ["due>=this week", { from: { day: "2026-11-16" } }],
  ])("of a date is a range: %s", (term, range) => {
    const condition = readOne(term);
    expect(condition).toMatchObject({ kind: "dated", date: "dueDate", ...range });
    expect(Object.keys(condition).toSorted()).toEqual(["kind", "date", ...Object.keys(range)].toSorted());
  });

  test.each<[string, Priority[]]>([
    ["priority<low", []],
    ["priority<=low", ["low"]],
    ["priority<high", ["medium", "low"]],
    ["priority>medium", ["high"]],
    ["priority>=p2", ["high", "medium"]],
    ["priority>=low", ["high", "medium", "low"]],
  ])("of a priority is compared with others, and none is neither above nor below: %s", (term, names) => {
    const conditions = names.map((priority): Condition => ({ kind: "priority", priority }));
    expect(readOne(term)).toEqual({ kind: "or", conditions });
  });

  test.each<[string, object]>([
    ["estimate:30m", { from: 30, to: 30 }],
    ["estimate<30min", { to: 29 }],
    ["estimate<=1 h 30 min", { to: 90 }],
    ["estimate>1.5h", { from: 91 }],
    ["estimate>=2h", { from: 120 }],
    ["estimate:any", {}],
  ])("of an estimate is in minutes: %s", (term, range) => {
    expect(readOne(term)).toEqual({ kind: "estimate", ...range });
  });

  test("of a tag may be a word that has a meaning elsewhere", () => {
    expect(readOne("+none")).toEqual(tag("none"));
    expect(readOne("tag.is:any")).toEqual(tag("any"));
    expect(readOne("+or")).toEqual(tag("or"));
  });
});
