import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createColumnTable } from "../../../src/cli/output/column-table.ts";
import { createPaint } from "../../../src/cli/output/paint.ts";
import { COLUMN_NAMES, type ColumnName } from "../../../src/cli/output/task-columns.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { LOCAL_USER } from "../../../src/services/workspace.ts";
import { expectGolden, listGolden } from "../../support/cli/golden.ts";
import { furnishList } from "../../support/cli/sample-list.ts";
import { useTerminals } from "../../support/cli/terminal.ts";
import { anyDraft } from "../../support/tasks/arbitraries.ts";
import { TASK } from "../../support/tasks/task.ts";

const openTerminal = useTerminals();

/** Formats lists on a terminal of so many columns, or in a pipe: the lines above the tasks, and those of each task. */
function openFormatter() {
  const terminal = openTerminal();
  const workspace = async () => ({ store: terminal.store(), user: LOCAL_USER, system: terminal.io.system });
  const output = { io: terminal.io, format: "text", paint: createPaint(false), workspace, isDryRun: false } as const;
  return (tasks: readonly Task[], names: readonly ColumnName[], columns?: number) => {
    Object.assign(terminal.setup, { terminals: columns === undefined ? [] : ["out"], columns });
    return createColumnTable(output, names)(tasks.map((task) => ({ task })));
  };
}

const SOME = "handle,due,priority,title,project,tags";
const CHOICES = [SOME, "title,handle", "due,title,scheduled,wait,repeats,estimate", COLUMN_NAMES.join(",")];
const WIDTHS = [40, 80, 120] as const;

describe("a list of columns that somebody chose", () => {
  test.each(WIDTHS)("in %d columns is as it was looked at", async (columns) => {
    const terminal = openTerminal({ terminals: ["in", "out", "err"], columns, rows: 500, env: { NO_COLOR: "1" } });
    await furnishList(terminal);
    const texts: string[] = [];
    for (const choice of CHOICES) {
      const printed = await terminal.print("list", "--columns", choice);
      expect(printed.split("\n").filter((line) => Bun.stringWidth(line) > columns)).toEqual([]);
      texts.push(`$ todo list --columns ${choice}\n${printed}`);
    }
    expectGolden(`columns/${columns}-columns.txt`, texts.join("\n"));
  });

  test("in a pipe is as it was looked at, a line a task", async () => {
    const terminal = openTerminal();
    const tasks = await furnishList(terminal);
    const texts: string[] = [];
    for (const choice of CHOICES) {
      const printed = await terminal.print("list", "--columns", choice);
      expect(printed.trimEnd().split("\n")).toHaveLength(tasks.length + 1);
      texts.push(`$ todo list --columns ${choice} | cat\n${printed}`);
    }
    expectGolden("columns/piped.txt", texts.join("\n"));
  });

  test("is compared in every width, and nothing else lies there", () => {
    expect(listGolden("columns")).toEqual(
      [...WIDTHS.map((columns) => `${columns}-columns.txt`), "piped.txt"].toSorted(),
    );
  });

  test("fits into any terminal, and is a line a task in a pipe", async () => {
    const tasks = fc.array(anyDraft, { minLength: 1, maxLength: 5 }).map((drafts) =>
      drafts.map(({ title, project = null, dueDate = null, priority = null, tags = [] }): Task => ({
        ...TASK,
        title,
        project,
        dueDate,
        priority,
        tags,
      })),
    );
    const formatTasks = openFormatter();
    const anyNames = fc.uniqueArray(fc.constantFrom(...COLUMN_NAMES), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(tasks, anyNames, fc.integer({ min: 1, max: 130 }), async (rows, names, columns) => {
        const { header, rows: printed } = await formatTasks(rows, names, columns);
        for (const line of [...header, ...printed.flat()]) {
          expect(Bun.stringWidth(line)).toBeLessThanOrEqual(columns);
          expect(line).not.toContain("\n");
        }
        for (const lines of (await formatTasks(rows, names)).rows) expect(lines).toHaveLength(1);
      }),
      { numRuns: 150 },
    );
  });

  test("has each text whole, or with … at its end", async () => {
    const formatTasks = openFormatter();
    const task = {
      ...TASK,
      title: "abc ".repeat(30).trim(),
      project: "p".repeat(30),
      tags: ["t".repeat(40)],
      dueDate: "2026-11-21T08:00:00Z",
    };
    for (const columns of [20, 40, 60, 80, 120, 200]) {
      const { rows } = await formatTasks([task], ["handle", "due", "title", "project", "tags", "id"], columns);
      const text = rows.flat().join(" ");
      expect(text.match(/abc/g)).toHaveLength(30);
      expect(text).toMatch(/ p+(…|p{29} )/);
      expect(text).toMatch(/\+t+(…|t{39} )/);
      expect(text).toMatch(/tomorrow +09:00|tomorrow[^]*09:00/);
      expect(text).toContain(columns < 40 ? "…" : TASK.id);
    }
  });

  test("has names above its columns on a terminal that is not narrow, and nowhere else", async () => {
    const formatTasks = openFormatter();
    const names = ["handle", "due", "priority", "title", "notes"] as const;
    const tasks = [{ ...TASK, dueDate: "2026-11-20" }];
    expect(await formatTasks(tasks, names, 80)).toEqual({
      header: ["     due    title     notes"],
      rows: [["wbb  today  Pay rent"]],
    });
    expect(await formatTasks(tasks, names, 59)).toEqual({ header: [], rows: [["wbb today Pay rent"]] });
    expect(await formatTasks(tasks, names)).toEqual({
      header: [],
      rows: [["wbb  Fri 20 Nov (today)  Pay rent"]],
    });
  });
});
