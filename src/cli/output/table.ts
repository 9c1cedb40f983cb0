import type { System } from "../../ports/system.ts";
import type { Task } from "../../domain/task/task.ts";
import { dueState, formatDue } from "./dates.ts";
import { escapeControls } from "./escape.ts";
import type { Paint, Style } from "./paint.ts";

/** The layout of a table. `columns` is the width to fit into, absent if lines may have any length. */
export type Layout = {
  readonly system: System;
  readonly paint: Paint;
  readonly columns?: number;
};

type Cells = readonly string[];

const TITLE = 4;
const MIN_TITLE_COLUMNS = 16;
const GAP = "  ";

/** Widths of the columns. Those of the first page serve all pages, so that a long list is printed while it is read. */
export type Widths = readonly number[];

/** One task as the texts of its columns: mark, handle, due date, priority, title, project, tags. */
export function toCells(task: Task, prefix: string, system: System): Cells {
  return [
    task.deletedAt !== null ? "deleted" : task.completedAt !== null ? "done" : "",
    prefix,
    task.dueDate === null ? "" : formatDue(task.dueDate, system),
    task.priority ?? "",
    escapeControls(task.title),
    escapeControls(task.project ?? ""),
    escapeControls(task.tags.map((tag) => `+${tag}`).join(" ")),
  ];
}

/** The width of each column. The title shrinks until a line fits into `columns`. */
export function measureColumns(rows: readonly Cells[], columns: number | undefined): Widths {
  const widths = [0, 1, 2, 3, TITLE, 5, 6].map((at) =>
    Math.max(0, ...rows.map((cells) => Bun.stringWidth(cells[at] ?? ""))),
  );
  if (columns === undefined) return widths;
  const used = widths.filter((width) => width > 0);
  const line = used.reduce((sum, width) => sum + width, 0) + GAP.length * (used.length - 1);
  const title = widths[TITLE] ?? 0;
  const shrunk = Math.max(Math.min(title, MIN_TITLE_COLUMNS), title - Math.max(0, line - columns));
  const before = widths.slice(0, TITLE).reduce((sum, width) => sum + (width > 0 ? width + GAP.length : 0), 0);
  const left = Math.max(1, columns - before);
  // If nothing of the next column would be visible, the title ends at the edge, so that a line is cut once.
  return widths.with(TITLE, left - shrunk <= GAP.length ? left : shrunk);
}

/**
 * One line. Columns that are empty in all rows are left out. Only the title is cut, and text beyond the terminal's
 * edge.
 */
export function formatRow(task: Task, cells: Cells, widths: Widths, layout: Layout): string {
  const parts: string[] = [];
  for (const [at, cell] of cells.entries()) {
    const width = widths[at] ?? 0;
    if (width === 0 && cell === "") continue;
    const fitted = at === TITLE && layout.columns !== undefined ? cut(cell, width) : cell;
    const style = styleOf(task, at, layout.system);
    parts.push(
      (style ? layout.paint(style, fitted) : fitted) + " ".repeat(Math.max(0, width - Bun.stringWidth(fitted))),
    );
  }
  const line = parts.join(GAP).trimEnd();
  return layout.columns === undefined ? line : cut(line, layout.columns);
}

/** Bun's own cut is a column or two too wide if the ellipsis follows half of a wide or combined character. */
function cut(text: string, width: number): string {
  if (Bun.stringWidth(text) <= width) return text;
  for (let room = width; room > 0; room -= 1) {
    const shortened = Bun.sliceAnsi(text, 0, room, { ellipsis: "…" });
    if (Bun.stringWidth(shortened) <= width) return shortened;
  }
  return "";
}

function styleOf(task: Task, column: number, system: System): Style | undefined {
  if (task.completedAt !== null || task.deletedAt !== null) return column === TITLE ? "strike" : "dim";
  switch (column) {
    case 1:
      return "cyan";
    case 2:
      return task.dueDate === null
        ? undefined
        : ({ overdue: "red", today: "yellow", later: undefined } as const)[dueState(task.dueDate, system)];
    case 3:
      return task.priority === "high" ? "bold" : undefined;
    case 5:
      return "blue";
    case 6:
      return "green";
    default:
      return undefined;
  }
}
