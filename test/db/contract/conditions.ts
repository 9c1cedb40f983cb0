import { describe, expect, test } from "bun:test";
import { matchTasks } from "../../../src/domain/query/match.ts";
import { type Condition, PENDING, SEARCHED, UNDATED } from "../../../src/domain/query/query.ts";
import type { Fields } from "../../../src/domain/task/registers.ts";
import { newId, shareTestUser, titleOf } from "../../support/stores/test-user.ts";
import type { NewUser } from "../store-contract.ts";

const DONE = { completed_at: "2026-11-20T08:00:00.000Z" };
const GONE = { deleted_at: "2026-11-20T08:30:00.000Z" };

/** The id of a task that is not there. */
const ABSENT = "019a9f3c-51c8-7000-8000-000000000000";

/** Names that a path into JSON could take for something else. */
const ODD_TAGS = ["a.b", "a[0]", "$", "$.a", 'a"b', 'a"', "a\\b", "a'b", "a b", "a\nb", "é", "🦊", "?", ""];

const TASKS: readonly Fields[] = [
  { title: "plain" },
  { title: "done", ...DONE },
  { title: "done early", completed_at: "2026-11-20T07:59:59.999Z" },
  { title: "called off", ...DONE, cancelled: true },
  { title: "called off, then open", completed_at: null, cancelled: true },
  { title: "called off, then done", ...DONE, cancelled: false },
  { title: "called off and gone", ...DONE, ...GONE, cancelled: true },
  { title: "gone", ...GONE },
  { title: "done and gone", ...DONE, ...GONE },
  {
    title: "back",
    completed_at: null,
    deleted_at: null,
    project: null,
    priority: null,
    due_date: null,
    "tag:shop": false,
  },
  { title: "tagged", "tag:shop": true },
  { title: "tagged otherwise", "tag:shopping": true, "tag:Shop": true },
  ...ODD_TAGS.map((tag) => ({ title: `tagged ${tag}`, [`tag:${tag}`]: true })),
  { title: "at home", project: "Home", priority: "high" },
  { title: "elsewhere", project: "home", priority: "low" },
  { title: "20th", due_date: "2026-11-20" },
  { title: "21st", due_date: "2026-11-21" },
  { title: "21st at 9", due_date: "2026-11-21T09:00:00Z" },
  { title: "21st late", due_date: "2026-11-21T23:30:00Z" },
  { title: "22nd", due_date: "2026-11-22" },
  { title: "at the end of time", due_date: "9999-12-31" },
  { title: "started", started_at: "2026-11-20T09:00:00.000Z" },
  { title: "stopped", started_at: null },
  { title: "waits until tomorrow", wait_until: "2026-11-21" },
  { title: "waited until today", wait_until: "2026-11-20" },
  { title: "waits until 10", wait_until: "2026-11-20T10:00:01Z" },
  { title: "waited until 9", wait_until: "2026-11-20T10:00:00Z" },
  { title: "waits no more", wait_until: null },
  { title: "planned for tomorrow", scheduled_date: "2026-11-21" },
  { title: "planned for late", scheduled_date: "2026-11-21T23:30:00Z" },
  { title: "planned no more", scheduled_date: null },
  { title: "child", parent: ABSENT },
  { title: "child of another", parent: ABSENT.replace("019a", "019b"), ...DONE },
  { title: "waiting", [`dep:${ABSENT}`]: true },
  { title: "no longer waiting", [`dep:${ABSENT}`]: false },
  { title: "series", recurrence: "due 2026-11-16 FREQ=DAILY", occurrence: "2026-11-19" },
  { title: "17th done", series: ABSENT, occurrence: "2026-11-17", ...DONE },
  { title: "18th skipped", series: ABSENT, occurrence: "2026-11-18T09:00", skipped: true, ...DONE },
  { title: "19th taken back", series: ABSENT, occurrence: "2026-11-19", ...GONE },
  { title: "record of nothing", series: ABSENT },
];
const ALL = TASKS.map(({ title }) => String(title));
const DONE_AT_8 = [
  "done",
  "done and gone",
  "called off",
  "called off, then done",
  "called off and gone",
  "child of another",
  "17th done",
  "18th skipped",
];
const CLOSED = [
  "done",
  "done early",
  "called off",
  "called off, then done",
  "child of another",
  "17th done",
  "18th skipped",
];
const DATED = ["20th", "21st", "21st at 9", "21st late", "22nd", "at the end of time"];

/** The 21st begins at 23:00 UTC of the 20th where the user is, and the 22nd an hour before UTC's too. */
const FROM_21 = { day: "2026-11-21", moment: "2026-11-20T23:00:00Z" };
const END = { day: "9999-12-31T24:00:00Z", moment: "9999-12-31T24:00:00Z" };
const FROM_22 = { day: "2026-11-22", moment: "2026-11-21T23:00:00Z" };

/** A bound of what has a time. */
function on(moment: string) {
  return { day: moment.slice(0, 10), moment };
}

function without(...titles: readonly string[]): string[] {
  return ALL.filter((title) => !titles.includes(title));
}

type Case = readonly [name: string, condition: Condition, titles: readonly string[]];

const CASES: readonly Case[] = [
  [
    "pending",
    { kind: "status", status: "pending" },
    without("done early", ...DONE_AT_8, "gone", "called off and gone", "19th taken back"),
  ],
  ["completed", { kind: "status", status: "completed" }, CLOSED],
  ["cancelled", { kind: "status", status: "cancelled" }, ["called off"]],
  [
    "deleted",
    { kind: "status", status: "deleted" },
    ["gone", "done and gone", "called off and gone", "19th taken back"],
  ],
  ["of any status", { kind: "status", status: "all" }, ALL],
  ["with a tag", { kind: "tag", tag: "shop" }, ["tagged"]],
  ["with a tag that nobody uses", { kind: "tag", tag: "%" }, []],
  ...ODD_TAGS.map((tag): Case => [`with the tag ${JSON.stringify(tag)}`, { kind: "tag", tag }, [`tagged ${tag}`]]),
  ["with a tag that only begins like one", { kind: "tag", tag: "a" }, []],
  ["in a project, by its exact name", { kind: "project", project: "Home" }, ["at home"]],
  ["in no project", { kind: "project", project: null }, without("at home", "elsewhere")],
  ["of a priority", { kind: "priority", priority: "high" }, ["at home"]],
  ["of a priority that nothing has", { kind: "priority", priority: "medium" }, []],
  ["of no priority", { kind: "priority", priority: null }, without("at home", "elsewhere")],
  ["without a due date", UNDATED, without(...DATED)],
  ["with any due date", { kind: "dated", date: "dueDate" }, DATED],
  ["due from a day on", { kind: "dated", date: "dueDate", from: FROM_21 }, DATED.slice(1)],
  ["due before a day", { kind: "dated", date: "dueDate", before: FROM_22 }, ["20th", "21st", "21st at 9"]],
  ["due on a day", { kind: "dated", date: "dueDate", from: FROM_21, before: FROM_22 }, ["21st", "21st at 9"]],
  ["due before the end of time", { kind: "dated", date: "dueDate", before: END }, DATED],
  ["due in no time at all", { kind: "dated", date: "dueDate", from: FROM_22, before: FROM_21 }, []],
  ["completed at any time", { kind: "dated", date: "completedAt" }, ["done early", ...DONE_AT_8]],
  ["completed from a moment on", { kind: "dated", date: "completedAt", from: on(DONE.completed_at) }, DONE_AT_8],
  ["completed before a moment", { kind: "dated", date: "completedAt", before: on(DONE.completed_at) }, ["done early"]],
  ["below a parent", { kind: "child_of", parents: [newId(), ABSENT] }, ["child"]],
  ["below none of no parents", { kind: "child_of", parents: [] }, []],
  ["at the root, also those whose parent is not there", { kind: "root" }, ALL],
  ["completed under an open parent", { kind: "closed_subtask" }, []],
  [
    "that wait",
    { kind: "waiting", now: { day: "2026-11-20", moment: "2026-11-20T10:00:00Z" } },
    ["waits until tomorrow", "waits until 10"],
  ],
  [
    "with a date to wait until",
    { kind: "dated", date: "waitUntil" },
    ["waits until tomorrow", "waited until today", "waits until 10", "waited until 9"],
  ],
  ["that wait from a day on", { kind: "dated", date: "waitUntil", from: FROM_21 }, ["waits until tomorrow"]],
  ["planned for some time", { kind: "dated", date: "scheduledDate" }, ["planned for tomorrow", "planned for late"]],
  [
    "planned for a day",
    { kind: "dated", date: "scheduledDate", from: FROM_21, before: FROM_22 },
    ["planned for tomorrow"],
  ],
  [
    "either due or planned before a day",
    {
      kind: "or",
      conditions: [
        { kind: "dated", date: "dueDate", before: FROM_21 },
        { kind: "dated", date: "scheduledDate", before: FROM_22 },
      ],
    },
    ["20th", "planned for tomorrow"],
  ],
  ["of no alternative", { kind: "or", conditions: [] }, []],
  ["that somebody works on", { kind: "has", part: "startedAt" }, ["started"]],
  ["that wait for a task", { kind: "waits_for", id: ABSENT }, ["waiting"]],
  [
    "that are records of a series",
    { kind: "record_of", series: [ABSENT] },
    ["17th done", "18th skipped", "19th taken back"],
  ],
  [
    "that are its records from an occurrence on",
    { kind: "record_of", series: [ABSENT], from: "2026-11-18" },
    ["18th skipped", "19th taken back"],
  ],
  [
    "that are its records from its last one on",
    { kind: "record_of", series: [ABSENT], from: "2026-11-19" },
    ["19th taken back"],
  ],
  ["that are records of another series", { kind: "record_of", series: [newId()] }, []],
  ["with a text", { kind: "text", text: "21ST", fields: SEARCHED }, ["21st", "21st at 9", "21st late"]],
  ["with a text that nothing has", { kind: "text", text: "nowhere", fields: SEARCHED }, []],
];

export function describeConditions(newUser: NewUser): void {
  describe("asking for tasks", () => {
    const filledDesk = shareTestUser(newUser, TASKS);

    for (const [name, condition, titles] of CASES) {
      test(`finds and counts those ${name}`, async () => {
        const testUser = await filledDesk();
        expect(await testUser.titles([condition])).toEqual(titles.toSorted());
        expect(
          matchTasks(await testUser.find([]), [condition])
            .map(titleOf)
            .toSorted(),
        ).toEqual(titles.toSorted());
        expect(await testUser.store.count(testUser.user, [condition])).toBe(titles.length);
      });

      test(`finds and counts all but those ${name}, and twice turned round the same again`, async () => {
        const testUser = await filledDesk();
        const not: Condition = { kind: "not", condition };
        expect(await testUser.titles([not])).toEqual(without(...titles).toSorted());
        expect(await testUser.store.count(testUser.user, [not])).toBe(ALL.length - titles.length);
        expect(await testUser.titles([{ kind: "not", condition: not }])).toEqual(titles.toSorted());
      });
    }

    test("knows roots and completed subtasks by their parents", async () => {
      const testUser = newUser();
      const [open, done, gone] = await testUser.add(
        { title: "open" },
        { title: "done", ...DONE },
        { title: "gone", ...GONE },
      );
      await testUser.add(
        { title: "open below open", parent: open.id },
        { title: "done below open", parent: open.id, ...DONE },
        { title: "open below done", parent: done.id },
        { title: "done below done", parent: done.id, ...DONE },
        { title: "open below gone", parent: gone.id },
        { title: "done below gone", parent: gone.id, ...DONE },
      );
      expect(await testUser.titles([{ kind: "root" }])).toEqual([
        "done",
        "done below gone",
        "gone",
        "open",
        "open below gone",
      ]);
      expect(await testUser.titles([{ kind: "closed_subtask" }])).toEqual(["done below open"]);
      expect(await testUser.titles([{ kind: "child_of", parents: [done.id, gone.id] }])).toHaveLength(4);
    });

    test("knows which of the open ones were created in a time", async () => {
      const testUser = newUser();
      const days = [20, 21, 22, 23, 24];
      await testUser.add(
        ...days.map((day) => ({
          title: `${day}`,
          created_at: `2026-11-${day}T09:00:00.000Z`,
          due_date: `2026-12-${50 - day}`,
        })),
        { title: "gone", created_at: "2026-11-22T09:00:00.000Z", ...GONE },
      );
      const created = (range: object): Condition => ({ kind: "dated", date: "createdAt", ...range });
      const find = async (condition: Condition, limit: number) => {
        const page = await testUser.store.find(testUser.user, { where: [PENDING, condition], sort: "due_date", limit });
        return page.tasks.map(titleOf);
      };
      expect(await find(created({ from: on("2026-11-22T09:00:00Z") }), 50)).toEqual(["24", "23", "22"]);
      expect(await find(created({ from: on("2026-11-21T09:00:01Z"), before: on("2026-11-24T09:00:00Z") }), 1)).toEqual([
        "23",
      ]);
      expect(await testUser.store.count(testUser.user, [PENDING, created({ from: on("2026-11-22T09:00:00Z") })])).toBe(
        3,
      );
      // This one was created when it was changed last, and that is now.
      await testUser.add({ title: "undated" });
      expect(await find(created({ from: on("2026-11-20T09:00:00Z") }), 50)).toEqual([
        "24",
        "23",
        "22",
        "21",
        "20",
        "undated",
      ]);
    });

    test("wants all conditions to hold", async () => {
      const testUser = await filledDesk();
      const pending: Condition = { kind: "status", status: "pending" };
      const notHome: Condition = { kind: "not", condition: { kind: "project", project: "Home" } };
      const prioritised: Condition = { kind: "not", condition: { kind: "priority", priority: null } };
      expect(await testUser.titles([pending, notHome, prioritised])).toEqual(["elsewhere"]);
      expect(await testUser.store.count(testUser.user, [pending, notHome, prioritised])).toBe(1);
    });

    test("wants all tags, and none of those that are turned round", async () => {
      const testUser = await filledDesk();
      const tag = (name: string): Condition => ({ kind: "tag", tag: name });
      expect(await testUser.titles([tag("shopping"), tag("Shop")])).toEqual(["tagged otherwise"]);
      expect(await testUser.titles([tag("shopping"), tag("shop")])).toEqual([]);
      expect(await testUser.titles([tag("shopping"), { kind: "not", condition: tag("shop") }])).toEqual([
        "tagged otherwise",
      ]);
      expect(await testUser.titles([tag("shopping"), { kind: "not", condition: tag("Shop") }])).toEqual([]);
    });

    test("without a condition finds everything, deleted tasks too", async () => {
      const testUser = await filledDesk();
      expect(await testUser.titles([])).toEqual(ALL.toSorted());
    });

    test("by ids answers those that are there, deleted ones too, each once", async () => {
      const testUser = await filledDesk();
      const wanted = await testUser.find([{ kind: "status", status: "deleted" }]);
      const ids = wanted.map(({ id }) => id);
      const found = await testUser.store.get(testUser.user, [...ids, ...ids, Bun.randomUUIDv7(), "'"]);
      expect(found.map(titleOf).toSorted()).toEqual([
        "19th taken back",
        "called off and gone",
        "done and gone",
        "gone",
      ]);
      expect(await testUser.store.get(testUser.user, [])).toEqual([]);
    });
  });
}
