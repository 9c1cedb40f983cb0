import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { idOf, type OpenApi } from "../../support/server/api.ts";

const NOTHING = {
  title: null,
  due_date: null,
  scheduled_date: null,
  wait_until: null,
  priority: null,
  project: null,
  tags: [],
  parent: null,
  depends_on: [],
  recurrence: null,
  estimate_minutes: null,
  reminders: [],
};

const KQV = idOf("kqvbbbbbbbbb");
const BQZ = idOf("bqzbbbbbbbbb");

/** It is Saturday. What each text means, beside what all are given. `repeats` is how that is said. */
const EXAMPLES: [text: string, task: object, repeats?: string][] = [
  [
    "Pay rent every:1st",
    { title: "Pay rent", due_date: "2026-12-01" },
    "every month on the 1st, 2026-12-01, 2027-01-01",
  ],
  [
    "Pay rent due:2027-01-31 every:month",
    { title: "Pay rent", due_date: "2027-01-31" },
    "every month on the 31st, 2027-01-31, 2027-02-28",
  ],
  [
    'Bins every:"2 weeks on mon,thu"',
    { title: "Bins", due_date: "2026-11-23" },
    "every 2 weeks on Mon and Thu, 2026-11-23, 2026-11-26",
  ],
  [
    "Filter every:!3m",
    { title: "Filter", due_date: "2026-11-21" },
    "every 3 months after completion, 2026-11-21, null",
  ],
  [
    'Report every:"last workday" wait:due-3d',
    { title: "Report", due_date: "2026-11-30", wait_until: "2026-11-27" },
    "every month on the last workday, 2026-11-30, 2026-12-31",
  ],
  [
    'Vitamin every:"day at 8:00, 20:00"',
    { title: "Vitamin", due_date: "2026-11-21T19:00:00Z" },
    "every day at 8:00 and 20:00, 2026-11-21T19:00:00Z, 2026-11-22T07:00:00Z",
  ],
  [
    'VAT every:"quarter on the 10th keeping missed"',
    { title: "VAT", due_date: "2026-12-10" },
    "every 3 months on the 10th keeping missed, 2026-12-10, 2027-03-10",
  ],
  ["Paint parent:kqv estimate:2h", { title: "Paint", parent: KQV, project: "House", estimate_minutes: 120 }],
  ["Varnish depends:kqv,bqz", { title: "Varnish", depends_on: [KQV, BQZ] }],
  ['Taxes scheduled:"1 feb" due:"31 may"', { title: "Taxes", scheduled_date: "2027-02-01", due_date: "2027-05-31" }],
  [
    'Call Ann due:"mon 17:00" remind:30min',
    { title: "Call Ann", due_date: "2026-11-23T16:00:00Z", reminders: ["-PT30M"] },
  ],
  ["-- every:day is part of the title", { title: "every:day is part of the title" }],
  ["x due:eom-3d", { title: "x", due_date: "2026-11-27" }],
  ["x due:friday+2w", { title: "x", due_date: "2026-12-11" }],
  ["x due:2026-11-21-3d", { title: "x", due_date: "2026-11-18" }],
  ["x due:friday 17:00+2h", { title: "x", due_date: "2026-11-27T18:00:00Z" }],
  ["due:in 30 minutes x", { title: "x", due_date: "2026-11-21T09:30:00Z" }],
  ["x due:3 days ago", { title: "x", due_date: "2026-11-18" }],
  ["x due:last friday", { title: "x", due_date: "2026-11-20" }],
  ["+b +a x due:-3d", { title: "x", due_date: "2026-11-18", tags: ["a", "b"] }],
  ["due:next friday p1 Proj:House x", { title: "x", due_date: "2026-11-27", priority: "high", project: "House" }],
  ["every:weekday x", { title: "x", due_date: "2026-11-23" }, "every workday, 2026-11-23, 2026-11-24"],
  ["x every:other tue", { title: "x", due_date: "2026-11-24" }, "every 2 weeks on Tue, 2026-11-24, 2026-12-08"],
  ["x every:3rd friday", { title: "x", due_date: "2026-12-18" }, "every month on the 3rd Fri, 2026-12-18, 2027-01-15"],
];

/** The part of a text that a piece or an issue is about. */
const cut = (text: string) => (span: { field: string; at: number; length: number }) =>
  `${span.field} ${text.slice(span.at, span.at + span.length)}`;

export function describeParseTask(openApi: OpenApi): void {
  async function setUp() {
    const api = openApi();
    api.clock.now = Date.parse("2026-11-21T09:00:00Z");
    await api.add({ id: KQV, title: "Roof", project: "House" });
    await api.add({ id: BQZ, title: "Van" });
    const ask = (json: unknown, as = "ann") => api.ask("POST", "/api/tasks/parse", { json, as });
    const parse = async (text: string, as = "ann") => (await ask({ text, tz: "Europe/Berlin" }, as)).body;
    const issuesOf = async (text: string, as = "ann") => {
      const { issues } = await parse(text, as);
      return issues.map((issue: Parameters<ReturnType<typeof cut>>[0] & { message: string }) => [
        cut(text)(issue),
        issue.message,
      ]);
    };
    return { api, ask, parse, issuesOf };
  }

  describe("POST /api/tasks/parse", () => {
    test("says what the documented texts mean, and a new task of that is stored so", async () => {
      const { api, parse } = await setUp();
      const answers = [];
      for (const [text, said, repeats = null] of EXAMPLES) {
        const { task, repeats: echo, issues } = await parse(text);
        const { recurrence } = task;
        expect([text, task]).toEqual([text, { ...NOTHING, ...said, recurrence: repeats === null ? null : recurrence }]);
        expect([text, echo && `${echo.text}, ${echo.first}, ${echo.second}`]).toEqual([text, repeats]);
        expect([text, issues]).toEqual([text, []]);
        answers.push(task);
      }
      for (const task of answers) expect(await api.add(task)).toMatchObject(task);
    });

    test("says where each word stands, in UTF-16 code units", async () => {
      const { parse } = await setUp();
      const text = '🦊 Bins every:2 weeks  on mon project:"Side \\"work" due:next friday at noon +home p1 now';
      const { task, pieces } = await parse(text);
      expect(task.title).toBe("🦊 Bins now");
      expect(pieces.map(cut(text))).toEqual([
        "every every:2 weeks  on mon",
        'project project:"Side \\"work"',
        "due due:next friday at noon",
        "tag +home",
        "priority p1",
      ]);
      expect(pieces.map(({ value }: { value: string }) => value)).toEqual([
        "2 weeks on mon",
        'Side "work',
        "next friday at noon",
        "home",
        "p1",
      ]);
    });

    test("names the words that todo add would refuse, and says what the others mean", async () => {
      const { parse, issuesOf } = await setUp();
      const text = "Paint due:fridy wait:due-3d p1 pri:low parent:zzz +home depends:kqv,zzz every:hour estimate:3d";
      const { task, pieces } = await parse(text);
      expect(task).toEqual({ ...NOTHING, title: "Paint", priority: "high", tags: ["home"] });
      expect(pieces.map(cut(text))).toEqual(["priority p1", "tag +home"]);
      expect(await issuesOf(text)).toEqual([
        ["due due:fridy", '"fridy" is not a date'],
        ["wait wait:due-3d", "a new task has no due date to count from"],
        ["priority pri:low", "priority is given twice: p1 and low"],
        ["parent parent:zzz", 'no task "zzz"'],
        ["depends depends:kqv,zzz", 'no task "zzz"'],
        ["every hour", 'every: "hour" is not understood'],
        ["estimate estimate:3d", expect.stringMatching(/^"3d" is not a duration/)],
      ]);
    });

    test.each<[text: string, issues: [string, string][]]>([
      ["due:", [["due due:", "due: has no value"]]],
      ["when due: friday", [["due due:", "due: has no value"]]],
      ["Milk tags: shop", [["tags tags:", "tags: has no value"]]],
      ['Call project:"Side wo', [['project project:"Side wo', 'the " of the value does not close']]],
      ["x".repeat(501), [[`title ${"x".repeat(501)}`, "title has 501 characters, at most 500 are allowed"]]],
      ["\0", [["title \0", "title contains a NUL character"]]],
      ["a \ud800", [["title a \ud800", "title contains half of a surrogate pair"]]],
      ["\u200b +a", [["title \u200b +a", "title is empty"]]],
      ["x project:none", []],
      [
        `x project:${"y".repeat(101)}`,
        [[`project project:${"y".repeat(101)}`, "project has 101 characters, at most 100 are allowed"]],
      ],
      ['x every:"2 weeks on mn" +a', [["every mn", 'every: "mn" is not understood']]],
      ["x every:month on", []],
      ['x every:"month on" +a', [['every every:"month on"', "every: something is missing at the end"]]],
      ['x every:"2  hours"', [['every every:"2  hours"', 'every: "hours" is not understood']]],
      ["x wait:due-1d every:week priority:x", [["priority priority:x", 'unknown priority "x"']]],
      [
        `x depends:${Array.from({ length: 51 }, (_, at) => at).join(",")}`,
        [[expect.stringMatching(/^depends depends:0,1,/), "a task can have 50 dependencies, these are 51"]],
      ],
      ["x every:day every:week", [["every every:week", "every is given twice: day and week"]]],
      ["x parent:kqv every:day depends:bqz", []],
    ])("of the text %j the issues are %j", async (text, issues) => {
      expect(await (await setUp()).issuesOf(text)).toEqual(issues);
    });

    test("refuses what the rules of trees and repeating tasks refuse, at the word that brings it", async () => {
      const { api, issuesOf } = await setUp();
      const series = await api.add({ title: "Bins", recurrence: { every: "week" } });
      expect(await issuesOf(`x every:day parent:${series.handle}`)).toEqual([
        [`parent parent:${series.handle}`, '"x" repeats and can\'t be below "Bins", which repeats too'],
      ]);
      expect(await issuesOf(`x depends:${series.handle}`)).toEqual([
        [`depends depends:${series.handle}`, 'no task can wait for "Bins", which repeats'],
      ]);
    });

    test("finds no task of another user", async () => {
      const { issuesOf } = await setUp();
      expect(await issuesOf("x parent:kqv", "bob")).toEqual([["parent parent:kqv", 'no task "kqv"']]);
    });

    test("tells of words in the title that may have been meant otherwise", async () => {
      const { parse } = await setUp();
      expect((await parse("Water plants recur:weekly tomorrow")).notes).toEqual([
        "recur: is no field and stays in the title.",
        "tomorrow stays in the title. Did you mean due:tomorrow?",
      ]);
      expect((await parse("Mail due:friday next week")).notes).toEqual([
        'next week stays in the title: "friday next week" is not a date.',
      ]);
    });

    test.each(["", "  \n", "--"])("of the text %j, which says nothing, answers nothing", async (text) => {
      const nothing = { task: NOTHING, repeats: null, pieces: [], notes: [], issues: [] };
      expect(await (await setUp()).parse(text)).toEqual(nothing);
    });

    test("reads days in the zone that is given, else in UTC", async () => {
      const { api, ask } = await setUp();
      api.clock.now = Date.parse("2026-11-21T23:30:00Z");
      const dueIn = async (tz?: string) => (await ask({ text: "x due:today", ...(tz && { tz }) })).body.task.due_date;
      expect([await dueIn(), await dueIn("Asia/Tokyo"), await dueIn("america/new_york")]).toEqual([
        "2026-11-21",
        "2026-11-22",
        "2026-11-21",
      ]);
    });

    test.each<[json: unknown, path: string]>([
      [{}, "text"],
      [{ text: 1 }, "text"],
      [{ text: "x".repeat(4001) }, "text"],
      [{ text: "x", tz: "Berlin" }, "tz"],
      [{ text: "x", tz: "+01:00" }, "tz"],
      [{ text: "x", tz: "" }, "tz"],
      [{ text: "x", title: "x" }, "title"],
    ])("refuses the request %j", async (json, path) => {
      const { status, body } = await (await setUp()).ask(json);
      expect([status, body.errors.map((error: { path: string }) => error.path)]).toEqual([400, [path]]);
    });

    test("stores nothing", async () => {
      const { api, parse } = await setUp();
      const before = await api.store.history("ann", { limit: 10 });
      await parse("x every:day +a parent:kqv depends:bqz");
      expect(await api.store.history("ann", { limit: 10 })).toEqual(before);
    });

    test("answers any text, and nothing stands twice or outside of it", async () => {
      const { ask } = await setUp();
      const keys = fc.constantFrom(
        "due:",
        "every:",
        "project:",
        "parent:kqv",
        "depends:",
        "remind:",
        "+a",
        "--",
        '"',
        " ",
      );
      const text = fc
        .array(fc.oneof(keys, fc.string({ unit: "binary" })), { maxLength: 12 })
        .map((all) => all.join(""));
      await fc.assert(
        fc.asyncProperty(text, async (typed) => {
          const { status, body } = await ask({ text: typed });
          expect(status).toBe(200);
          let end = 0;
          for (const { at, length } of body.pieces) {
            expect(at).toBeGreaterThanOrEqual(end);
            end = at + length;
          }
          for (const { at, length } of body.issues) end = Math.max(end, at + length);
          expect(end).toBeLessThanOrEqual(typed.length);
        }),
        { numRuns: 25 },
      );
    });

    test("names at most twenty words, however long the text", async () => {
      const { parse } = await setUp();
      const long = await parse(`${"due:x ".repeat(600)} +home`);
      expect([long.issues.length, long.pieces]).toEqual([20, []]);
      const many = await parse(Array.from({ length: 60 }, (_, at) => `+t${at}`).join(" "));
      expect([many.task.tags.length, many.issues.length]).toEqual([50, 10]);
    });
  });
}
