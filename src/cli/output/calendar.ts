import { MONTH_NAMES } from "../../domain/dates/names.ts";
import { capitalize } from "../../domain/task/text.ts";
import type { Calendar, CalendarDay } from "../../services/tasks/calendar.ts";
import { isForReading, type TaskOutput } from "./output.ts";
import type { Paint } from "./paint.ts";
import { printChunks } from "./print.ts";
import { wrapText } from "./wrap.ts";

const WEEKDAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
/** A bracket before today can stand before the first day, and each day has room for a mark and a gap. */
const MONTH_COLUMNS = 1 + 4 * WEEKDAYS.length;
const GAP = "   ";

/** Prints months beside each other, or below each other if the terminal is narrow, and what the marks mean. */
export async function printCalendar(
  output: TaskOutput,
  calendar: Calendar,
  look: { readonly usePager: boolean },
): Promise<void> {
  const { io, paint } = output;
  const columns = io.out.isTerminal() ? io.out.columns() : Number.POSITIVE_INFINITY;
  const today = io.system.today();
  const byMonth = Map.groupBy(calendar.days, ({ day }) => day.slice(0, 7));
  const months = [...byMonth].map(([month, days]) => formatMonth(month, days, { today, paint }));
  const areBeside = columns >= months.length * (MONTH_COLUMNS + GAP.length) - GAP.length;
  const facts = describeCounts(calendar, byMonth.has(today.slice(0, 7)));
  const blocks = [
    ...(areBeside ? [joinBeside(months)] : months),
    ...(facts.length > 0 ? [fitFacts(facts, columns)] : []),
  ];
  const format = async function* () {
    yield blocks.map((lines) => lines.map((line) => `${line.trimEnd()}\n`).join("")).join("\n");
  };
  return isForReading(output)
    ? (await import("./pager.ts")).printPaged(output, format, look)
    : printChunks(output, format());
}

/** The name of a month such as `2026-11`: `November 2026`. */
export function nameMonth(month: string): string {
  const [year = "", number = ""] = month.split("-");
  return `${capitalize(MONTH_NAMES[Number(number) - 1] ?? "")} ${year}`;
}

type Drawing = { readonly today: string; readonly paint: Paint };

/** A line for the name, one for the weekdays, and one for each week. Weeks begin on Monday. */
function formatMonth(month: string, days: readonly CalendarDay[], drawing: Drawing): string[] {
  const name = nameMonth(month);
  const title = " ".repeat(Math.floor((MONTH_COLUMNS - name.length) / 2)) + drawing.paint("bold", name);
  const header = ` ${WEEKDAYS.map((weekday) => `${weekday}  `).join("")}`;
  const empty = Temporal.PlainDate.from(`${month}-01`).dayOfWeek - 1;
  const cells = [...Array.from({ length: empty }, () => undefined), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / WEEKDAYS.length) }, (_, week) =>
    formatWeek(cells.slice(week * WEEKDAYS.length, (week + 1) * WEEKDAYS.length), drawing),
  );
  return [title, header, ...weeks];
}

/** Today stands in brackets. Its mark is behind them, that of another day behind its number. */
function formatWeek(cells: readonly (CalendarDay | undefined)[], { today, paint }: Drawing): string {
  const isToday = (cell: CalendarDay | undefined) => cell?.day === today;
  const texts = cells.map((cell, at) => {
    if (cell === undefined) return `   ${isToday(cells[at + 1]) ? "[" : " "}`;
    const number = String(Number(cell.day.slice(8))).padStart(2);
    const mark = markOf(cell, paint);
    if (isToday(cell)) return `${paint("bold", number)}]${mark}`;
    return `${number}${mark}${isToday(cells[at + 1]) ? "[" : " "}`;
  });
  return (isToday(cells[0]) ? "[" : " ") + texts.join("");
}

function markOf({ counts: { overdue, due, to_come: toCome } }: CalendarDay, paint: Paint): string {
  if (overdue > 0) return paint("brightRed", "!");
  return due + toCome > 0 ? paint("bold", "·") : " ";
}

function joinBeside(months: readonly (readonly string[])[]): string[] {
  const height = Math.max(...months.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) =>
    months
      .map((lines) => padLine(lines[at] ?? ""))
      .join(GAP)
      .trimEnd(),
  );
}

function padLine(line: string): string {
  return line + " ".repeat(Math.max(0, MONTH_COLUMNS - Bun.stringWidth(line)));
}

/** `! overdue 4, of these 3 earlier   · due 9, of these 4 to come`. What is overdue now is no matter of later months. */
function describeCounts({ days, overdueBefore }: Calendar, hasToday: boolean): string[] {
  const sum = (kind: keyof CalendarDay["counts"]) => days.reduce((total, { counts }) => total + counts[kind], 0);
  const earlier = hasToday ? overdueBefore : 0;
  const [overdue, due, coming] = [sum("overdue") + earlier, sum("due"), sum("to_come")];
  const facts = [
    overdue > 0 ? `! overdue ${overdue}${earlier > 0 ? `, of these ${earlier} earlier` : ""}` : "",
    due + coming > 0 ? `· due ${due + coming}${coming > 0 ? `, of these ${coming} to come` : ""}` : "",
  ];
  return facts.filter((fact) => fact !== "");
}

/** On one line, or on several if the terminal is narrow. */
function fitFacts(facts: readonly string[], columns: number): string[] {
  const line = facts.join(GAP);
  return Bun.stringWidth(line) <= columns ? [line] : facts.flatMap((fact) => wrapText(fact, columns));
}
