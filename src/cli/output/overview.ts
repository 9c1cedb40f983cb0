import type { Condition } from "../../domain/query/query.ts";
import { type Overview, readOverview } from "../../services/tasks/overview.ts";
import { type Block, fitBlocks, heightOf } from "./blocks.ts";
import { createRows } from "./list-lines.ts";
import { countWaiting, describeNothing, noteNoSuchTasks } from "./nothing.ts";
import type { TaskOutput } from "./output.ts";
import { PROMPT_LINES } from "./pager.ts";
import { printNote } from "./print.ts";
import { GROUP_NAMES } from "./sections.ts";
import { createLayout, formatRow, measureColumns } from "./table.ts";
import { wrapText } from "./wrap.ts";

/**
 * Prints as many open tasks in groups as the terminal is high, and a line that says how many there are. `within` are the conditions of
 * a context.
 */
export async function printOverview(output: TaskOutput, within: readonly Condition[]): Promise<void> {
  const { io } = output;
  const rows = io.out.rows() - PROMPT_LINES;
  const overview = await readOverview(await output.workspace(), Math.max(1, rows), within);
  if (overview.open === 0 && within.length > 0) return noteNoSuchTasks(output, within);
  if (overview.open === 0) return printNote(output, describeNothing(overview.waiting));
  const describe = (shown: number) => wrapText(describeCounts(overview, shown), io.out.columns());
  const room = rows - describe(0).length;
  const blocks = fitBlocks(await createBlocks(output, overview), room);
  const height = blocks.reduce((sum, block) => sum + heightOf(block), 0);
  // Groups stand apart if there is room for it.
  const gap = height + blocks.length - 1 <= room ? "\n" : "";
  const texts = blocks.map(({ heading, tasks }) => `${[output.paint("bold", heading), ...tasks.flat()].join("\n")}\n`);
  io.out.write(texts.join(gap));
  const shown = blocks.reduce((sum, { tasks }) => sum + tasks.length, 0);
  printNote(output, describe(shown).join("\n"));
}

async function createBlocks(output: TaskOutput, { groups }: Overview): Promise<Block[]> {
  const layout = createLayout(output);
  const entries = groups.flatMap((one) => one.tasks.map((task) => ({ task })));
  const rows = await createRows(output, entries, layout);
  const widths = measureColumns(rows, layout);
  const lines = new Map(rows.map((row) => [row.task, formatRow(row, widths, layout)]));
  return groups.map((one) => ({
    heading: GROUP_NAMES[one.group],
    tasks: one.tasks.map((task) => lines.get(task) ?? []),
    leavesRoom: one.group === "overdue",
  }));
}

/** `60 open, 3 overdue, 2 due today. 43 not shown: todo list. 3 wait: todo list is:waiting` */
function describeCounts({ open, overdue, today, waiting }: Overview, shown: number): string {
  const parts = [`${open} open`, overdue > 0 ? `${overdue} overdue` : "", today > 0 ? `${today} due today` : ""];
  const counts = parts.filter((part) => part !== "").join(", ");
  const hidden = shown < open ? ` ${open - shown} not shown: todo list` : "";
  const waits = waiting > 0 ? ` ${countWaiting(waiting)}` : "";
  return `${counts}.${hidden}${hidden !== "" && waits !== "" ? "." : ""}${waits}`;
}
