import type { Task } from "../../domain/task/task.ts";
import { arrangeColumns, FOLD_INDENT, type PlacedColumn, type SizedColumn } from "./arrange-columns.ts";
import type { FormatEntries } from "./list-lines.ts";
import type { TaskOutput } from "./output.ts";
import type { Style } from "./paint.ts";
import { isOver, styleOfDate, styleOfTitle } from "./row.ts";
import { createLayout, gapOf, isNarrow, type Layout, MAX_PIPED_PADDING } from "./table.ts";
import { CELLS, loadCellSource } from "./task-cells.ts";
import { type ColumnName, TASK_COLUMNS, type TaskColumn } from "./task-columns.ts";
import { cutText, wrapText } from "./wrap.ts";

/** The text of each column in a row. */
type Texts = ReadonlyMap<ColumnName, string>;

type PaintCell = (name: ColumnName, text: string) => string;

/** The columns of a table on the lines of each row. */
type Placed = readonly (readonly PlacedColumn<ColumnName>[])[];

/** These columns can be told without a name above them, which would be wider than they are. */
const UNNAMED: ReadonlySet<ColumnName> = new Set(["handle", "priority"]);

/** A table of the columns that somebody chose. On a terminal that is not narrow their names stand above it. */
export function createColumnTable(output: TaskOutput, names: readonly ColumnName[]): FormatEntries {
  const layout = createLayout(output);
  const hasHeader = layout.columns !== undefined && !isNarrow(layout);
  const labels: Texts = new Map(names.map((name) => [name, hasHeader && !UNNAMED.has(name) ? name : ""]));
  const widths = new Map<ColumnName, number>();
  return async (entries) => {
    const tasks = entries.map(({ task }) => task);
    const source = await loadCellSource(output, tasks, layout.columns !== undefined);
    const rows = tasks.map((task) => {
      const texts: Texts = new Map(names.map((name) => [name, CELLS[name](task, source)]));
      return { texts, paint: createRowPaint(task, layout) };
    });
    for (const name of names) {
      widths.set(name, Math.max(widths.get(name) ?? 0, ...rows.map(({ texts }) => widthOf(texts, name))));
    }
    const placed = placeColumns(names, { widths, labels }, layout);
    return {
      header: hasHeader ? formatTexts(labels, placed, (_, text) => layout.paint("dim", text), layout) : [],
      rows: rows.map(({ texts, paint }) => formatTexts(texts, placed, paint, layout)),
    };
  };
}

type Measured = { readonly widths: ReadonlyMap<ColumnName, number>; readonly labels: Texts };

/** Columns that are empty in all rows and have no name above them are left out. */
function placeColumns(names: readonly ColumnName[], { widths, labels }: Measured, layout: Layout): Placed {
  const sized = names.map((name) => sizeColumn(name, widths.get(name) ?? 0, widthOf(labels, name), layout));
  const shown = sized.filter(({ most }) => most > 0);
  if (layout.columns === undefined) return [shown.map(({ name, most }) => ({ name, width: most }))];
  return arrangeColumns(shown, "title", { columns: layout.columns, gap: gapOf(layout).length });
}

/** Nothing takes the title below half of the terminal. A pipe has room for all texts, and pads none of them far. */
function sizeColumn(name: ColumnName, width: number, label: number, { columns }: Layout): SizedColumn<ColumnName> {
  if (columns === undefined) return { name, most: Math.min(width, MAX_PIPED_PADDING), least: 0 };
  const { min, max }: TaskColumn = TASK_COLUMNS[name];
  const least = Math.min(width, name === "title" ? Math.ceil(columns / 2) : min);
  return { name, most: Math.max(label, Math.min(width, max)), least: Math.max(label, least) };
}

/** The lines of a row: one, or as many as its columns and its longest cells take on the screen. */
function formatTexts(texts: Texts, placed: Placed, paint: PaintCell, layout: Layout): string[] {
  const { columns } = layout;
  const lines = placed.flatMap((line, at) => {
    const indent = " ".repeat(at === 0 ? 0 : FOLD_INDENT);
    return formatLine(texts, line, paint, layout).map((text) => (indent + text).trimEnd());
  });
  if (lines.length === 0) return [""];
  return columns === undefined ? lines : lines.map((line) => cutText(line, columns));
}

/** The cells of some columns beside each other, or nothing if all of them are empty. */
function formatLine(texts: Texts, line: Placed[number], paint: PaintCell, layout: Layout): string[] {
  const cells = line.map(({ name, width }) => {
    const text = texts.get(name) ?? "";
    const parts = layout.columns === undefined ? [text] : fitText(text, width, TASK_COLUMNS[name]);
    return { name, width, parts };
  });
  if (cells.every(({ parts }) => parts.join("") === "")) return [];
  const height = Math.max(...cells.map(({ parts }) => parts.length));
  return Array.from({ length: height }, (_, at) =>
    cells
      .map(({ name, width, parts }) => padText(parts[at] ?? "", width, (text) => paint(name, text)))
      .join(gapOf(layout)),
  );
}

function fitText(text: string, width: number, { wraps }: TaskColumn): string[] {
  return wraps ? wrapText(text, width) : [cutText(text, width)];
}

function padText(text: string, width: number, paint: (text: string) => string): string {
  return paint(text) + " ".repeat(Math.max(0, width - Bun.stringWidth(text)));
}

function createRowPaint(task: Task, { paint, system }: Layout): PaintCell {
  const name = isOver(task) ? "dim" : "bold";
  const styles: { readonly [Name in ColumnName]?: Style | undefined } = {
    handle: name,
    priority: name,
    title: styleOfTitle(task),
    due: styleOfDate(task, system),
  };
  return (column, text) => {
    const style = column in styles ? styles[column] : "dim";
    return style === undefined ? text : paint(style, text);
  };
}

function widthOf(texts: Texts, name: ColumnName): number {
  return Bun.stringWidth(texts.get(name) ?? "");
}
