import type { System } from "../../ports/system.ts";
import type { Output } from "./output.ts";
import type { Paint, Style } from "./paint.ts";
import { isOver, type Row, styleOfDate, styleOfTitle } from "./row.ts";
import { cutText, wrapText } from "./wrap.ts";

/** The layout of a table. `columns` is the width to fit into, absent if lines may have any length. */
export type Layout = {
  readonly system: System;
  readonly paint: Paint;
  readonly columns?: number;
};

/**
 * The widths of a table. `detailsMin` is what details may always take from the title, 0 if they stand below it. Those of
 * earlier pages serve later ones, so that a long list is printed while it is read.
 */
export type Widths = {
  readonly handle: number;
  readonly when: number;
  readonly priority: number;
  readonly title: number;
  readonly detailsMin: number;
};

/** Terminals that are narrower have no column to spare for a wider gap. */
const MIN_COLUMNS_FOR_WIDE_GAP = 60;
/** Details that would get less stand below the title. */
const MIN_DETAILS = 8;
/** Lines of a pipe are not padded further, so that one long title leaves the others short. */
const MAX_PIPED_PADDING = 48;

/** The layout for standard output: as wide as its terminal, or lines of any length in a pipe. */
export function createLayout({ io, paint }: Output): Layout {
  return { system: io.system, paint, ...(io.out.isTerminal() && { columns: io.out.columns() }) };
}

/**
 * The widths for these rows. The title gets the room first: nothing takes it below half of the terminal. No text of
 * project and tags changes a width, so one task with many tags changes no other row.
 */
export function measureColumns(rows: readonly Row[], layout: Layout, earlier?: Widths): Widths {
  const widest = (cell: "handle" | "when" | "priority" | "title") =>
    Math.max(earlier?.[cell] ?? 0, ...rows.map((row) => Bun.stringWidth(row[cell])));
  const needed = {
    handle: widest("handle"),
    when: widest("when"),
    priority: widest("priority"),
    title: widest("title"),
  };
  const { columns } = layout;
  if (columns === undefined) return { ...needed, title: Math.min(needed.title, MAX_PIPED_PADDING), detailsMin: 0 };
  const half = Math.ceil(columns / 2);
  const gap = gapOf(layout).length;
  const when = Math.max(0, Math.min(needed.when, columns - half - gap - widthOfStart({ ...needed, when: 0 }, layout)));
  const room = roomOfBody({ ...needed, when }, layout);
  const spare = Math.min(Math.floor(columns / 4), room - gap - half);
  const hasDetails = (earlier?.detailsMin ?? 0) > 0 || rows.some(({ details }) => details !== "");
  const detailsMin = hasDetails && spare >= MIN_DETAILS ? spare : 0;
  const title = Math.min(needed.title, detailsMin > 0 ? room - gap - detailsMin : room);
  return { ...needed, when, title, detailsMin };
}

/** The lines of one task on the screen; one line, whatever its length, where there is no screen. */
export function formatRow(row: Row, widths: Widths, layout: Layout): string[] {
  const start = formatStart(row, widths, layout);
  const body = layout.columns === undefined ? [formatPipedBody(row, widths, layout)] : formatBody(row, widths, layout);
  const indent = " ".repeat(widthOfStart(widths, layout));
  return Array.from({ length: Math.max(start.length, body.length) }, (_, at) => {
    const line = ((start[at] ?? indent) + (body[at] ?? "")).trimEnd();
    return layout.columns === undefined ? line : cutText(line, layout.columns);
  });
}

/** What stands before the title: handle, date and priority, padded. Columns that are empty in all rows are left out. */
function formatStart(row: Row, widths: Widths, layout: Layout): string[] {
  const gap = gapOf(layout);
  const dates = widths.when === 0 ? [""] : wrapText(row.when, widths.when);
  return dates.map((date, at) => {
    const cell = (text: string, width: number, space: string, style: Style | undefined) =>
      width === 0 ? "" : paintText(layout, style, text) + padding(text, width) + space;
    return [
      cell(at === 0 ? row.handle : "", widths.handle, gap, isOver(row.task) ? "dim" : "bold"),
      cell(date, widths.when, gap, styleOfDate(row.task, layout.system)),
      cell(at === 0 ? row.priority : "", widths.priority, priorityGapOf(layout), isOver(row.task) ? "dim" : "bold"),
    ].join("");
  });
}

function formatPipedBody({ task, title, details }: Row, widths: Widths, layout: Layout): string {
  const padded = paintText(layout, styleOfTitle(task), title) + padding(title, widths.title);
  return padded + gapOf(layout) + paintText(layout, "dim", details);
}

/**
 * The title, and the details beside it: in their column, or left or right of it if only there both fit. Else the title is
 * wrapped and the details are cut. If there is no room for a column, they stand below the title.
 */
function formatBody({ task, title, details }: Row, widths: Widths, layout: Layout): string[] {
  const room = roomOfBody(widths, layout);
  const gap = gapOf(layout);
  const ofTitle = (text: string) => paintText(layout, styleOfTitle(task), text);
  const ofDetails = (columns: number) => paintText(layout, "dim", cutText(details, columns));
  if (details === "") return wrapText(title, room).map(ofTitle);
  const hasColumn = widths.detailsMin > 0;
  const fits = Bun.stringWidth(title) + gap.length + Bun.stringWidth(details) <= room;
  if (!fits && !hasColumn) return [...wrapText(title, room).map(ofTitle), ofDetails(room)];
  const [first = "", ...rest] = fits ? [title] : wrapText(title, widths.title);
  const column = hasColumn ? widths.title : 0;
  const latest = rest.length > 0 ? column : Math.min(column, room - gap.length - Bun.stringWidth(details));
  const padded = ofTitle(first) + padding(first, latest);
  return [padded + gap + ofDetails(room - gap.length - Math.max(Bun.stringWidth(first), latest)), ...rest.map(ofTitle)];
}

function roomOfBody(widths: Omit<Widths, "title" | "detailsMin">, layout: Layout): number {
  return Math.max(1, (layout.columns ?? 0) - widthOfStart(widths, layout));
}

function widthOfStart({ handle, when, priority }: Omit<Widths, "title" | "detailsMin">, layout: Layout): number {
  const gap = gapOf(layout).length;
  const beforeTitle = priority > 0 ? priority + priorityGapOf(layout).length : 0;
  return handle + gap + (when > 0 ? when + gap : 0) + beforeTitle;
}

function gapOf({ columns }: Layout): string {
  return columns !== undefined && columns < MIN_COLUMNS_FOR_WIDE_GAP ? " " : "  ";
}

function priorityGapOf({ columns }: Layout): string {
  return columns === undefined ? "  " : " ";
}

function padding(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - Bun.stringWidth(text)));
}

function paintText({ paint }: Layout, style: Style | undefined, text: string): string {
  return style === undefined ? text : paint(style, text);
}
