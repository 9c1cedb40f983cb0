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

type StartWidths = { readonly handle: number; readonly when: number; readonly priority: number };

/**
 * The widths of a table. Project and tags have a column, or stand behind each title if there is no room for one. Those of
 * earlier pages serve later ones, so that a long list is printed while it is read.
 */
export type Widths = StartWidths & { readonly title: number; readonly hasDetailsColumn: boolean };

const GAP = "  ";
/** Terminals that are narrower have no column to spare for such a gap before the title, and no line for a header. */
const MIN_COLUMNS_FOR_GAP = 60;
/** Details that would get less have no column. */
const MIN_DETAILS = 8;
/** Lines of a pipe are not padded further, so that one long title leaves the others short. */
export const MAX_PIPED_PADDING = 48;

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
  const start = { handle: widest("handle"), when: widest("when"), priority: widest("priority") };
  const { columns } = layout;
  if (columns === undefined) {
    return { ...start, title: Math.min(widest("title"), MAX_PIPED_PADDING), hasDetailsColumn: true };
  }
  const half = Math.ceil(columns / 2);
  const maxWhen = columns - half - gapOf(layout).length - widthOfStart({ ...start, when: 0 }, layout);
  const fitting = { ...start, when: Math.max(0, Math.min(start.when, maxWhen)) };
  const room = roomOfBody(fitting, layout);
  const details = Math.min(Math.floor(columns / 4), room - GAP.length - half);
  const hasDetails = earlier?.hasDetailsColumn === true || rows.some((row) => row.details !== "");
  const hasDetailsColumn = hasDetails && details >= MIN_DETAILS;
  const maxTitle = hasDetailsColumn ? room - GAP.length - details : room;
  return { ...fitting, title: Math.min(widest("title"), maxTitle), hasDetailsColumn };
}

/** The lines of one task on the screen; one line, whatever its length, where there is no screen. */
export function formatRow(row: Row, widths: Widths, layout: Layout): string[] {
  const start = formatStart(row, widths, layout);
  const body = formatBody(row, widths, layout);
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

function formatBody(row: Row, widths: Widths, layout: Layout): string[] {
  const room = roomOfBody(widths, layout);
  if (row.details === "") return wrapText(row.title, room).map((line) => paintTitle(row, line, layout));
  return widths.hasDetailsColumn ? formatBeside(row, room, widths.title, layout) : formatBehind(row, room, layout);
}

/**
 * The details beside the first line of the title: in their column, or left or right of it if only there both fit. Else
 * the title is wrapped in its own column, and the details are cut.
 */
function formatBeside(row: Row, room: number, column: number, layout: Layout): string[] {
  const roomOfTitle = room - GAP.length - Bun.stringWidth(row.details);
  const [first = "", ...rest] = Bun.stringWidth(row.title) <= roomOfTitle ? [row.title] : wrapText(row.title, column);
  const end = Math.max(Bun.stringWidth(first), rest.length > 0 ? column : Math.min(column, roomOfTitle));
  const details = paintDetails(row, room - GAP.length - end, layout);
  const line = paintTitle(row, first, layout) + padding(first, end) + GAP + details;
  return [line, ...rest.map((text) => paintTitle(row, text, layout))];
}

/** The details behind the title, or on a line of their own if its last one has no room for them. */
function formatBehind(row: Row, room: number, layout: Layout): string[] {
  const lines = wrapText(row.title, room);
  const last = lines.at(-1) ?? "";
  const painted = lines.map((line) => paintTitle(row, line, layout));
  const details = paintDetails(row, room, layout);
  const fits = Bun.stringWidth(last) + GAP.length + Bun.stringWidth(row.details) <= room;
  return fits ? [...painted.slice(0, -1), paintTitle(row, last, layout) + GAP + details] : [...painted, details];
}

function roomOfBody(widths: StartWidths, layout: Layout): number {
  return layout.columns === undefined ? Infinity : Math.max(1, layout.columns - widthOfStart(widths, layout));
}

function widthOfStart({ handle, when, priority }: StartWidths, layout: Layout): number {
  const gap = gapOf(layout).length;
  const beforeTitle = priority > 0 ? priority + priorityGapOf(layout).length : 0;
  return handle + gap + (when > 0 ? when + gap : 0) + beforeTitle;
}

/** What stands between two columns. */
export function gapOf(layout: Layout): string {
  return isNarrow(layout) ? " " : GAP;
}

export function isNarrow({ columns }: Layout): boolean {
  return columns !== undefined && columns < MIN_COLUMNS_FOR_GAP;
}

function priorityGapOf({ columns }: Layout): string {
  return columns === undefined ? GAP : " ";
}

function padding(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - Bun.stringWidth(text)));
}

function paintTitle({ task }: Row, text: string, layout: Layout): string {
  return paintText(layout, styleOfTitle(task), text);
}

function paintDetails({ details }: Row, columns: number, layout: Layout): string {
  return paintText(layout, "dim", cutText(details, columns));
}

function paintText({ paint }: Layout, style: Style | undefined, text: string): string {
  return style === undefined ? text : paint(style, text);
}
