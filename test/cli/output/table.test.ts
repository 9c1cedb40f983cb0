import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createPaint } from "../../../src/cli/output/paint.ts";
import { formatRow, type Layout, measureColumns, toCells } from "../../../src/cli/output/table.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { SYSTEM, anyDraft } from "../../support/tasks/arbitraries.ts";

const TASK: Task = {
  id: "01a1f82f-1e80-7001-89c7-042307825391",
  handle: "wbbnznksrkdb",
  revision: 1,
  title: "Pay rent",
  description: null,
  dueDate: null,
  priority: null,
  project: null,
  tags: [],
  completedAt: null,
  createdAt: "2026-11-20T09:00:00.000Z",
  updatedAt: "2026-11-20T09:00:00.000Z",
  deletedAt: null,
};

function printRows(tasks: readonly Task[], columns: number | undefined, coloured = false): string[] {
  const layout: Layout = { system: SYSTEM, paint: createPaint(coloured), ...(columns !== undefined && { columns }) };
  const cells = tasks.map((task) => toCells(task, task.handle.slice(0, 3), SYSTEM));
  const widths = measureColumns(cells, columns);
  return tasks.map((task, row) => formatRow(task, cells[row] ?? [], widths, layout));
}

/** Where the tag, which stands in the last column, begins in each line. */
function tagColumns(lines: readonly string[]): number[] {
  return lines.map((line) => Bun.stringWidth(Bun.stripANSI(line).split("+tag")[0] ?? ""));
}

const TITLES = [
  "plain",
  "日本語のタイトルがここにある",
  "한국어 제목",
  "👩‍👩‍👧 family and 👨‍👩‍👧‍👦",
  "flags 🇩🇪🇫🇷",
  "thumbs 👍🏽 hearts ❤️",
  "e\u0301 combining",
  "क्षि",
  "ｆｕｌｌ ｗｉｄｔｈ",
  "zero\u200bwidth",
  "escape \u001b[31m and \u202e",
  "a much longer title than all of the others, which will have to be cut somewhere 日本語のタイトル",
];

describe("the columns of a list", () => {
  test.each([undefined, 200, 80, 79, 78, 77, 60, 50, 45, 44, 43, 42])(
    "behind wide titles and emoji line up in %p columns",
    (columns) => {
      for (const coloured of [false, true]) {
        const lines = printRows(
          TITLES.map((title) => ({ ...TASK, title, tags: ["tag"] })),
          columns,
          coloured,
        );
        expect(new Set(tagColumns(lines)).size).toBe(1);
        expect(lines.every((line) => line.includes("+tag"))).toBe(true);
      }
    },
  );

  test("line up whatever the titles, and no line is wider than the terminal", () => {
    const tasks = fc.array(anyDraft, { minLength: 1, maxLength: 6 }).map((drafts) =>
      drafts.map(({ title, project = null, dueDate = null, priority = null }): Task => ({
        ...TASK,
        title,
        project,
        dueDate,
        priority,
        tags: ["tag"],
      })),
    );
    fc.assert(
      fc.property(tasks, fc.integer({ min: 1, max: 120 }), fc.boolean(), (rows, columns, coloured) => {
        const lines = printRows(rows, columns, coloured);
        for (const line of lines) {
          expect(Bun.stringWidth(line)).toBeLessThanOrEqual(columns);
          expect(line).not.toContain("\n");
        }
        const whole = printRows(rows, undefined, coloured);
        expect(whole.every((line) => Bun.stripANSI(line).endsWith("+tag"))).toBe(true);
        if (lines.every((line) => Bun.stripANSI(line).endsWith("+tag"))) {
          expect(new Set(lines.map((line) => Bun.stringWidth(line))).size).toBe(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("that are empty in all rows are left out", () => {
    expect(printRows([TASK, { ...TASK, title: "Milk" }], 80)).toEqual(["wbb  Pay rent", "wbb  Milk"]);
    expect(printRows([TASK, { ...TASK, priority: "low" }], 80)).toEqual(["wbb       Pay rent", "wbb  low  Pay rent"]);
  });

  test("have no colour in them and no space at their ends where nobody wants colours", () => {
    const [line = ""] = printRows(
      [
        { ...TASK, tags: [] },
        { ...TASK, tags: ["tag"] },
      ],
      80,
    );
    expect(line).toBe("wbb  Pay rent");
  });
});

describe("a title", () => {
  const long = { ...TASK, title: "A title of thirty letters, yes", project: "Project" };

  test("is cut with an ellipsis where the line would not fit, and only the title", () => {
    expect(printRows([long], 44)).toEqual(["wbb  A title of thirty letters, yes  Project"]);
    expect(printRows([long], 43)).toEqual(["wbb  A title of thirty letters, y…  Project"]);
    expect(printRows([long], 30)).toEqual(["wbb  A title of thir…  Project"]);
  });

  test("keeps sixteen columns, and then the line is cut once", () => {
    expect(printRows([long], 25)).toEqual(["wbb  A title of thir…  P…"]);
    for (let columns = 6; columns < 44; columns += 1) {
      const [line = ""] = printRows([long], columns);
      expect(Bun.stringWidth(line)).toBeLessThanOrEqual(columns);
      expect(line).not.toMatch(/……/);
    }
  });

  test("goes to the edge where nothing of the next column can be seen", () => {
    expect(printRows([long], 24)).toEqual(["wbb  A title of thir…  …"]);
    expect(printRows([long], 23)).toEqual(["wbb  A title of thirty…"]);
    expect(printRows([long], 22)).toEqual(["wbb  A title of thirt…"]);
  });

  test("is whole where the list is not for a terminal", () => {
    expect(printRows([{ ...TASK, title: "x".repeat(500) }], undefined)).toEqual([`wbb  ${"x".repeat(500)}`]);
  });
});
