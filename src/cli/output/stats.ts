import type { WireProjectStats, WireStats, WireStatsRow } from "../../contract/stats.ts";
import { formatDuration } from "../../domain/dates/duration.ts";
import type { System } from "../../ports/system.ts";
import { escapeControls } from "../../domain/escape.ts";
import { isForReading, type Output } from "./output.ts";
import { formatPeriod } from "./period.ts";
import { printChunks, printJson } from "./print.ts";
import { createLayout, type Layout } from "./table.ts";
import { cutText, wrapText } from "./wrap.ts";

const GAP = "  ";
const NARROW_GAP = " ";
/** Between two tables that stand side by side. */
const WIDE_GAP = " ".repeat(5);
const MIN_NAME_COLUMNS = 8;
const NONE = "–";

/** A name and its numbers. The first row of a table is its heading. */
type Row = readonly [name: string, ...numbers: string[]];

/** Prints statistics as tables, for a person through the pager if they do not fit, or as JSON. */
export async function printStats(
  output: Output,
  stats: WireStats,
  { usePager }: { readonly usePager: boolean },
): Promise<void> {
  if (output.format === "json") return printJson(output, stats);
  const text = formatStats(stats, createLayout(output));
  const format = async function* () {
    yield text;
  };
  if (!isForReading(output)) return printChunks(output, format());
  return (await import("./pager.ts")).printPaged(output, format, { usePager });
}

/** The rows of the period, and beside them or below them its projects. The last line says what is open now. */
function formatStats(stats: WireStats, layout: Layout): string {
  const { columns = Number.POSITIVE_INFINITY, system } = layout;
  const rows = formatTable(describeRows(stats.rows, system), layout);
  const active = stats.projects.filter(({ done, tracked_minutes: tracked }) => done + (tracked ?? 0) > 0);
  const projects = active.length === 0 ? [] : formatTable(describeProjects(active), layout);
  const tables = layout.columns === undefined ? undefined : placeBeside(rows, projects, columns);
  const below = [...rows, ...(projects.length === 0 ? [] : ["", ...projects])];
  const lines = [...(tables ?? below), "", ...wrapText(describeNow(stats), columns)];
  return lines.map((line) => `${line}\n`).join("");
}

function describeRows(rows: readonly WireStatsRow[], system: System): Row[] {
  const hasCancelled = rows.some(({ cancelled }) => cancelled > 0);
  const heading: Row = ["", "done", "added", "skipped", ...(hasCancelled ? ["cancelled"] : [])];
  const described = rows.map(({ from, to, done, added, skipped, cancelled }): Row => {
    const after = Temporal.PlainDate.from(to).add({ days: 1 }).toString();
    const numbers = [done, added, skipped, ...(hasCancelled ? [cancelled] : [])];
    return [formatPeriod({ from, to: after }, system), ...numbers.map(String)];
  });
  return [heading, ...described];
}

/** Time stands only where it is known. */
function describeProjects(projects: readonly WireProjectStats[]): Row[] {
  const hasTime = projects.some(({ tracked_minutes: tracked }) => tracked !== null);
  const described = projects.map(({ project, done, open, tracked_minutes: tracked }): Row => {
    const time = tracked ? formatDuration(tracked) : NONE;
    return [escapeControls(project ?? "no project"), String(done), String(open), ...(hasTime ? [time] : [])];
  });
  return [["by project", "done", "open", ...(hasTime ? ["tracked"] : [])], ...described];
}

/** `Open 148, overdue 6, waiting 7, blocked 4. On time: 39 of 47.` */
function describeNow(stats: WireStats): string {
  const more = (["overdue", "waiting", "blocked"] as const).filter((name) => stats[name] > 0);
  const now = [`Open ${stats.open}`, ...more.map((name) => `${name} ${stats[name]}`)].join(", ");
  return stats.with_due_date === 0 ? `${now}.` : `${now}. On time: ${stats.on_time} of ${stats.with_due_date}.`;
}

/** Lines in columns, the numbers to the right. On a narrow terminal columns stand closer, and a name that is too long is cut. */
function formatTable(rows: readonly Row[], { columns = Number.POSITIVE_INFINITY, paint }: Layout): string[] {
  const widths = (rows[0] ?? []).map((_, at) => widest(rows.map((row) => row[at] ?? "")));
  const [longest = 0, ...numbers] = widths;
  const takenBy = (gap: string) => numbers.reduce((sum, width) => sum + gap.length + width, 0);
  const gap = longest + takenBy(GAP) <= columns ? GAP : NARROW_GAP;
  const width = Math.min(longest, Math.max(MIN_NAME_COLUMNS, columns - takenBy(gap)));
  return rows.map(([name, ...cells], at) => {
    const start = cutText(name, width);
    const padded = start + " ".repeat(width - Bun.stringWidth(start));
    const line = [padded, ...numbers.map((number, column) => (cells[column] ?? "").padStart(number))].join(gap);
    return at === 0 ? paint("bold", line) : line;
  });
}

/** Two tables side by side, or undefined if there is no room for both. */
function placeBeside(left: readonly string[], right: readonly string[], columns: number): string[] | undefined {
  const width = widest(left);
  if (width + WIDE_GAP.length + widest(right) > columns) return undefined;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
    const line = left[at] ?? "";
    const other = right[at];
    return other === undefined ? line : line + " ".repeat(width - Bun.stringWidth(line)) + WIDE_GAP + other;
  });
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => Bun.stringWidth(text)));
}
