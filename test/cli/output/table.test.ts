import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createPaint } from "../../../src/cli/output/paint.ts";
import { createRow } from "../../../src/cli/output/row.ts";
import { formatRow, type Layout, measureColumns, type Widths } from "../../../src/cli/output/table.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { SYSTEM, anyDraft } from "../../support/tasks/arbitraries.ts";
import { TASK } from "../../support/tasks/task.ts";

/** The lines of each task in a list on a terminal of so many columns, or in a pipe. */
function printTasks(tasks: readonly Task[], columns: number | undefined, coloured = false): string[][] {
  const layout: Layout = { system: SYSTEM, paint: createPaint(coloured), ...(columns !== undefined && { columns }) };
  const rows = tasks.map((task) => createRow(task, task.handle.slice(0, 3), layout));
  const widths = measureColumns(rows, layout);
  return rows.map((row) => formatRow(row, widths, layout));
}

function printRows(tasks: readonly Task[], columns: number | undefined, coloured = false): string[] {
  return printTasks(tasks, columns, coloured).flat();
}

/** Where a text begins in a line, or -1. */
function columnOf(line: string, text: string): number {
  const [before, ...after] = Bun.stripANSI(line).split(text);
  return after.length === 0 ? -1 : Bun.stringWidth(before ?? "");
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
  test.each([undefined, 200, 120, 80])("behind wide titles and emoji line up in %p columns", (columns) => {
    const short = TITLES.filter((title) => Bun.stringWidth(title) < 30).map((title) => ({
      ...TASK,
      title,
      tags: ["tag"],
    }));
    for (const coloured of [false, true]) {
      const starts = printRows(short, columns, coloured).map((line) => columnOf(line, "+tag"));
      expect(new Set(starts).size).toBe(1);
      expect(starts).not.toContain(-1);
    }
  });

  test("fit into the terminal, begin at the same place, and show the whole title", () => {
    const tasks = fc.array(anyDraft, { minLength: 1, maxLength: 6 }).map((drafts) =>
      drafts.map(({ title, project = null, dueDate = null, priority = null, tags = [] }): Task => ({
        ...TASK,
        title: `:${title}`,
        project,
        dueDate,
        priority,
        tags,
      })),
    );
    fc.assert(
      fc.property(tasks, fc.integer({ min: 1, max: 120 }), fc.boolean(), (rows, columns, coloured) => {
        const printed = printTasks(rows, columns, coloured);
        for (const line of printed.flat()) {
          expect(Bun.stringWidth(line)).toBeLessThanOrEqual(columns);
          expect(line).not.toContain("\n");
        }
        if (columns >= 40) {
          const starts = new Set(printed.map(([first = ""]) => columnOf(first, ":")));
          expect([...starts].every((start) => start >= 0 && start <= columns / 2)).toBe(true);
        }
        for (const lines of printTasks(rows, undefined, coloured)) expect(lines).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  test("that are empty in all rows are left out", () => {
    expect(printRows([TASK, { ...TASK, title: "Milk" }], 80)).toEqual(["wbb  Pay rent", "wbb  Milk"]);
    expect(printRows([TASK, { ...TASK, priority: "low" }], 80)).toEqual(["wbb    Pay rent", "wbb  L Pay rent"]);
  });

  test("have no colour in them and no space at their ends where nobody wants colours", () => {
    const [line = ""] = printRows([TASK, { ...TASK, tags: ["tag"] }], 80);
    expect(line).toBe("wbb  Pay rent");
  });

  test("stay where they are in all other rows if one task has twelve tags", () => {
    const others = ["Pay rent", "Send the letter that lies on the desk since Monday", "x".repeat(70)].map(
      (title, at) => ({ ...TASK, title, project: ["Home", null, "Work"][at] ?? null, tags: ["tag"] }),
    );
    const tags = Array.from({ length: 12 }, (_, at) => `tag-number-${at}`);
    for (const columns of [undefined, 20, 40, 60, 80, 120, 200]) {
      const [, ...calm] = printTasks([{ ...TASK, tags: ["tag"] }, ...others], columns);
      const [, ...crowded] = printTasks([{ ...TASK, tags }, ...others], columns);
      expect(crowded).toEqual(calm);
    }
  });

  test("of a later page are as wide as those of an earlier one, or wider where a text needs it", () => {
    const layout: Layout = { system: SYSTEM, paint: createPaint(false), columns: 80 };
    const print = (task: Task, earlier?: Widths) => {
      const row = createRow(task, "wbb", layout);
      const widths = measureColumns([row], layout, earlier);
      return { widths, lines: formatRow(row, widths, layout) };
    };
    const first = print({ ...TASK, dueDate: "2026-12-24", title: "A title of thirty letters, yes", tags: ["tag"] });
    expect(first.lines).toEqual(["wbb  Thu 24 Dec  A title of thirty letters, yes  +tag"]);
    const second = print({ ...TASK, priority: "low", tags: ["tag"] }, first.widths);
    expect(second.lines).toEqual(["wbb              L Pay rent                        +tag"]);
  });
});

describe("a due date", () => {
  const column = (task: Partial<Task>, columns: number | undefined) => {
    const [line = ""] = printRows([{ ...TASK, ...task }], columns);
    return line.slice("wbb".length, line.indexOf("Pay rent")).trim();
  };

  test.each([undefined, 40, 80, 120, 200])("says without colours what is overdue or today in %p columns", (columns) => {
    const days = ["2026-11-17", "2026-11-20T08:30:00Z", "2026-11-20", "2026-11-20T16:00:00Z"];
    const shown = days.map((dueDate) => column({ dueDate }, columns));
    expect(shown).toEqual(
      columns === undefined
        ? ["Tue 17 Nov (overdue)", "Fri 20 Nov 09:30 (overdue)", "Fri 20 Nov (today)", "Fri 20 Nov 17:00 (today)"]
        : ["3 days ago", "30 min ago", "today", "today 17:00"],
    );
  });

  test("has its year where that is another, and its time within a week or in a pipe", () => {
    const days = ["2026-11-25T16:00:00Z", "2026-12-24T16:00:00Z", "2027-12-24T16:00:00Z"];
    expect(days.map((dueDate) => column({ dueDate }, 80))).toEqual(["Wed 17:00", "Thu 24 Dec", "24 Dec 2027"]);
    expect(days.map((dueDate) => column({ dueDate }, undefined))).toEqual([
      "Wed 25 Nov 17:00",
      "Thu 24 Dec 17:00",
      "Fri 24 Dec 2027 17:00",
    ]);
  });

  test("gives its place to when the task was done or deleted, which is then not overdue", () => {
    const over = { dueDate: "2026-11-17", completedAt: "2026-11-20T08:00:00Z" };
    expect(column(over, 80)).toBe("done today");
    expect(column(over, undefined)).toBe("done Fri 20 Nov 09:00");
    expect(column({ ...over, deletedAt: "2026-11-19T08:00:00Z" }, 80)).toBe("deleted Thu 19 Nov");
  });

  test("is on two lines rather than cut where half of the terminal is too narrow", () => {
    const [first, second, ...more] = printRows([{ ...TASK, dueDate: "2026-11-21T08:00:00Z", priority: "low" }], 40);
    expect([first, second, more]).toEqual(["wbb tomorrow      L Pay rent", "    09:00", []]);
  });
});

describe("a priority", () => {
  test("is a letter on a terminal and its word in a pipe", () => {
    const tasks = (["high", "medium", "low"] as const).map((priority) => ({ ...TASK, priority }));
    expect(printRows(tasks, 80)).toEqual(["wbb  H Pay rent", "wbb  M Pay rent", "wbb  L Pay rent"]);
    expect(printRows(tasks, undefined)).toEqual([
      "wbb  high    Pay rent",
      "wbb  medium  Pay rent",
      "wbb  low     Pay rent",
    ]);
  });
});

describe("a title", () => {
  const long = { ...TASK, title: "A title of thirty letters, yes", project: "Project" };

  test("is wrapped where the line would not fit, and never cut", () => {
    expect(printRows([long], 43)).toEqual(["wbb A title of thirty letters, yes  Project"]);
    expect(printRows([long], 41)).toEqual(["wbb A title of thirty          Project", "    letters, yes"]);
    expect(printRows([{ ...long, title: "x".repeat(50) }], 40)).toEqual([
      `wbb ${"x".repeat(24)}  Project`,
      `    ${"x".repeat(24)}`,
      "    xx",
    ]);
  });

  test("has at least half of the terminal, whatever stands beside it", () => {
    const title = Array.from({ length: 60 }, () => "ab").join(" ");
    const crowded = { ...TASK, title, project: "A long name of a project", tags: ["tag", "another", "more"] };
    const rows = [{ ...crowded, dueDate: "2027-09-30T16:00:00Z", priority: "high" as const }];
    for (const columns of [30, 40, 50, 60, 80, 120, 200]) {
      const [first = ""] = printRows(rows, columns);
      const [shown = ""] = /(ab ?)+/.exec(first) ?? [];
      // A word of two letters may be the one that does not fit.
      expect(Bun.stringWidth(shown)).toBeGreaterThanOrEqual(columns / 2 - 3);
    }
  });

  test("has its project and tags behind or below it where the terminal has no room for them beside it", () => {
    const due = { dueDate: "2026-11-20T16:00:00Z", priority: "high" as const, tags: ["tag"] };
    expect(printRows([{ ...long, ...due }], 40)).toEqual([
      "wbb today 17:00 H A title of thirty",
      "                  letters, yes",
      "                  Project +tag",
    ]);
    expect(printRows([{ ...long, ...due, project: null }], 40)).toEqual([
      "wbb today 17:00 H A title of thirty",
      "                  letters, yes  +tag",
    ]);
    expect(printRows([{ ...TASK, ...due }], 40)).toEqual(["wbb today 17:00 H Pay rent  +tag"]);
  });

  test("is marked with an asterisk if there is a description to read", () => {
    const described = { ...long, description: "More than the title" };
    for (const columns of [undefined, 80, 200]) {
      expect(printRows([described], columns)).toEqual(["wbb  A title of thirty letters, yes *  Project"]);
    }
  });

  test("is whole, on one line, where the list is not for a terminal, and does not pad the others", () => {
    const title = "x".repeat(500);
    expect(printRows([{ ...long, title }, long], undefined)).toEqual([
      `wbb  ${title}  Project`,
      `wbb  A title of thirty letters, yes${" ".repeat(18)}  Project`,
    ]);
  });
});
