import { describe, expect, test } from "bun:test";
import { createPaint } from "../../../src/cli/output/paint.ts";
import { createRow } from "../../../src/cli/output/row.ts";
import { formatRow, type Layout, measureColumns, type Widths } from "../../../src/cli/output/table.ts";
import { handleOf } from "../../../src/domain/task/handle.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { expectGolden, listGolden } from "../../support/cli/golden.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { TASK } from "../../support/tasks/task.ts";

const WIDTHS = [40, 80, 120, 200] as const;
const COUNTS = [0, 5, 60, 2000] as const;
const PAGE_SIZE = 200;
/** Of a long list the golden files have the beginning and the end. */
const MAX_GOLDEN_LINES = 250;
const END_LINES = 12;

const TITLES = [
  "Pay rent",
  "Prepare the slides for the board meeting on Thursday",
  "Call Ann",
  "Book flights to Lisbon for the conference in March, and a hotel that is not far from it",
  "Water the plants",
  "日本語の長いタイトルは二行に折り返されることがあります、ここでも",
  "한국어 제목과 그 밖의 것들, 너무 길어서 한 줄에 들어가지 않는 아주 긴 제목입니다",
  "👩‍👩‍👧 family dinner 👨‍👩‍👧‍👦 with flags 🇩🇪🇫🇷 and hearts ❤️",
  "לשלם שכר דירה ולקנות חלב בדרך הביתה מהעבודה",
  "الاتصال بالطبيب وتحديد موعد جديد في الأسبوع القادم",
  "क्षि नमस्ते, combining e\u0301 and a\u030a",
  "https://example.com/a/very/long/address/without/any/space/in/it/that/fits/nowhere?really=true",
];
const DUE = [
  "2026-11-16",
  "2026-11-19T16:00:00Z",
  "2026-11-20T08:15:00Z",
  "2026-11-20",
  "2026-11-20T16:00:00Z",
  "2026-11-21T08:00:00Z",
  "2026-11-24",
  "2026-11-25T09:30:00Z",
  "2026-12-24T17:00:00Z",
  "2027-03-01",
  null,
  null,
];
const PROJECTS = ["Home", null, "Work.Reports", null, "Garden", "仕事", null];
const TAGS = [["home"], [], ["phone", "daily"], [], ["errand"], ["日本"], ["a1", "someday"], []];
const TWELVE = "bank card desk errand fun garden home ideas jobs kids later music".split(" ");

/** Tasks that differ in all that a row shows. Those of the longest list come in the order in which they are listed. */
function makeTasks(count: number): Task[] {
  return Array.from({ length: count }, (_, at) => {
    const id = `01a1f82f-1e80-7001-89c7-${String(at * 7919).padStart(12, "0")}`;
    return {
      ...TASK,
      id,
      handle: handleOf(id),
      title: TITLES[at % TITLES.length] ?? "",
      description: at % 9 === 2 ? "more" : null,
      dueDate: DUE[Math.floor((at * DUE.length) / count)] ?? null,
      priority: at % 5 === 0 ? "high" : at % 11 === 3 ? "low" : null,
      project: PROJECTS[at % PROJECTS.length] ?? null,
      tags: at % 40 === 3 ? TWELVE : (TAGS[at % TAGS.length] ?? []),
      completedAt: at % 30 === 25 ? "2026-11-12T09:00:00.000Z" : null,
      deletedAt: at % 30 === 26 ? "2026-11-20T08:00:00.000Z" : null,
    };
  });
}

/** The lines of a list as it is printed, page by page. */
function printList(tasks: readonly Task[], columns: number): string[] {
  const layout: Layout = { system: SYSTEM, paint: createPaint(false), columns };
  const lines: string[] = [];
  let widths: Widths | undefined;
  for (let start = 0; start < tasks.length; start += PAGE_SIZE) {
    const rows = tasks.slice(start, start + PAGE_SIZE).map((task) => createRow(task, task.handle.slice(0, 4), layout));
    const page = measureColumns(rows, layout, widths);
    widths = page;
    lines.push(...rows.flatMap((row) => formatRow(row, page, layout)));
  }
  return lines;
}

function abridge(lines: readonly string[]): readonly string[] {
  if (lines.length <= MAX_GOLDEN_LINES) return lines;
  return [...lines.slice(0, END_LINES), `(${lines.length - 2 * END_LINES} lines)`, ...lines.slice(-END_LINES)];
}

describe("a list", () => {
  test.each(WIDTHS)("of no, a few and many tasks in %d columns is as it was looked at", (columns) => {
    const sections = COUNTS.map((count) => {
      const lines = printList(makeTasks(count), columns);
      expect(lines.filter((line) => Bun.stringWidth(line) > columns)).toEqual([]);
      return [`${count} tasks`, "-".repeat(columns), ...abridge(lines), ""].map((line) => `${line}\n`).join("");
    });
    expectGolden(`tables/${columns}-columns.txt`, sections.join(""));
  });

  test("is compared in every width, and nothing else lies there", () => {
    expect(listGolden("tables")).toEqual(WIDTHS.map((columns) => `${columns}-columns.txt`).toSorted());
  });
});
