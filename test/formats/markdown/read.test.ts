import { describe, expect, test } from "bun:test";
import type { Found } from "../../../src/formats/found.ts";
import { readMarkdown } from "../../../src/formats/markdown/read.ts";

const read = (...lines: readonly string[]): Found[] => [...readMarkdown(lines.join("\n"), { zone: "UTC" })];

/** What is read of one box. */
function readBox(text: string) {
  const [found] = read(`- [ ] ${text}`);
  return found?.kind === "task" ? { record: found.record, left: found.left } : undefined;
}

const listTitles = (found: readonly Found[]) =>
  found.map((each) => {
    if (each.kind === "task") return each.record.title;
    return each.kind === "skipped" ? each.why : each.problem;
  });

describe("a box", () => {
  test.each([
    "- [ ] Buy milk",
    "* [ ] Buy milk",
    "+ [ ] Buy milk",
    "1. [ ] Buy milk",
    "2) [ ] Buy milk",
    "> - [ ] Buy milk",
  ])("of %p is a task", (line) => expect(listTitles(read(line))).toEqual(["Buy milk"]));

  test.each([
    ["[x]", { completed: true }, []],
    ["[X]", { completed: true }, []],
    ["[-]", { completed: true, cancelled: true }, []],
    ["[/]", { completed_at: null }, ["mark [/]"]],
  ])("%s says its state", (box, state, left) => {
    expect(read(`- ${box} Buy milk`)).toMatchObject([{ record: { title: "Buy milk", ...state }, left }]);
  });

  test("in code or a comment is none, nor is an item without a box", () => {
    const lines = [
      "```",
      "- [ ] code",
      "```",
      "<!-- - [ ] comment",
      "- [ ] more -->",
      "- item",
      "- [ ] task",
      "~~~",
      "- [ ] x",
    ];
    expect(listTitles(read(...lines))).toEqual(["task"]);
  });

  test("stands under its headings and within the item above, with what stands below it", () => {
    const lines = [
      "# House",
      "## Cellar ##",
      "- [ ] Sort",
      "  by year",
      "  - red first",
      "\t- [ ] Label",
      "# Car",
      "- [ ] Wash",
    ];
    const found = read(...lines);
    expect(found).toMatchObject([
      { line: 3, record: { title: "Sort", project: "House/Cellar", description: "by year\n- red first" } },
      { line: 6, record: { title: "Label", project: "House/Cellar" } },
      { line: 8, record: { title: "Wash", project: "Car" } },
    ]);
    const [sort, label] = found;
    expect(label).toMatchObject({ record: { parent: sort?.kind === "task" ? sort.key : "" } });
  });
});

describe("fields of Obsidian Tasks", () => {
  test.each([
    ["Buy milk 📅 2026-06-01", { due_date: "2026-06-01" }],
    ["Buy milk [due:: 2026-06-01]", { due_date: "2026-06-01" }],
    ["Buy milk (scheduled:: 2026-06-01)", { scheduled_date: "2026-06-01" }],
    ["Buy milk 🛫 2026-06-01", { wait_until: "2026-06-01" }],
    ["Buy milk ➕ 2026-06-01", { created_at: "2026-06-01T00:00:00.000Z" }],
    ["Buy milk ⏫", { priority: "high" }],
    // A sign may be drawn as an emoji, and kept together with what is behind it.
    ["Buy milk ⏫\ufe0f\u00a0📅\ufe0f\u00a02026-06-01", { priority: "high", due_date: "2026-06-01" }],
    ["Buy milk 🔁 every week on Monday 📅 2026-06-01", { recurrence: { rule: "FREQ=WEEKLY;BYDAY=MO", from: "due" } }],
    [
      "Buy milk [repeat:: every 2 weeks when done]",
      { recurrence: { rule: "FREQ=WEEKLY;INTERVAL=2", from: "completion" } },
    ],
  ])("in %p are read", (text, fields) => {
    const { record, left } = readBox(text) ?? {};
    expect([record?.title, left]).toEqual(["Buy milk", []]);
    expect(record).toMatchObject(fields);
  });

  test("that have no place are named", () => {
    expect(readBox("Buy milk 🔺 🔁 every blue moon 🏁 delete")?.left).toEqual([
      "priority highest",
      "repetition every blue moon",
      "what happens on completion",
    ]);
  });

  test("say what a task waits for", () => {
    const [first, second] = read("- [ ] One 🆔 ab1", "- [ ] Two ⛔ ab1,zz9");
    expect(second).toMatchObject({ record: { depends_on: [first?.kind === "task" ? first.key : "", "zz9"] } });
  });

  test("within a sentence are text", () => {
    expect(readBox("Ask 📅 2026-06-01 whether it suits")?.record).toMatchObject({
      title: "Ask 📅 2026-06-01 whether it suits",
    });
  });
});

test("tags at both ends are taken out, within they stay and count, and numbers are none", () => {
  expect(readBox("#home #shop Fix #12 with #ann today #late")?.record).toMatchObject({
    title: "Fix #12 with #ann today",
    tags: ["home", "shop", "ann", "late"],
  });
});

test("a box without a title is left out and named", () => {
  expect(listTitles(read("- [ ] #home", "- [ ]"))).toEqual(["a box without a title", "a box without a title"]);
});
