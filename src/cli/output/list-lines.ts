import type { Task } from "../../domain/task/task.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import type { TaskOutput } from "./output.ts";
import { createRow, type Row } from "./row.ts";
import { createLayout, formatRow, type Layout, measureColumns, type Widths } from "./table.ts";
import { wrapText } from "./wrap.ts";

/** A task in a list: the heading that it stands under, if any, and what is said there of its date. */
export type Entry = {
  readonly task: Task;
  readonly heading?: string;
  readonly when?: string;
  /** What is said before its details. */
  readonly note?: string;
  /** What is said below it. */
  readonly words?: string;
};

/** Entries or tasks that come from the database, or that are in memory already. */
export type Pages<Item> = AsyncIterable<readonly Item[]> | Iterable<readonly Item[]>;

/** The lines of each entry, and those of names above the columns, if there are any. */
export type FormattedPage = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** Makes the lines of a list, page by page. What was measured on one page serves the next ones. */
export type FormatEntries = (entries: readonly Entry[]) => Promise<FormattedPage>;

const MIN_PAGE_TASKS = 200;
/** Words stand behind the usual width of the column of handles. */
const WORDS_INDENT = "     ";

/** The usual table of tasks: handle, date, priority, title, and details. */
export function createTable(output: TaskOutput): FormatEntries {
  const layout = createLayout(output);
  let widths: Widths | undefined;
  return async (entries) => {
    const rows = await createRows(output, entries, layout);
    const page = measureColumns(rows, layout, widths);
    widths = page;
    return { header: [], rows: rows.map((row) => formatRow(row, page, layout)) };
  };
}

/** The lines of a list, page by page. Entries under one heading follow each other. */
export async function* formatList(
  output: TaskOutput,
  pages: Pages<Entry>,
  format: FormatEntries,
): AsyncGenerator<string> {
  let isFirst = true;
  let last: string | undefined;
  for await (const entries of joinSmallPages(pages)) {
    const { header, rows } = await format(entries);
    const lines = isFirst ? [...header] : [];
    for (const [at, { heading, words }] of entries.entries()) {
      if (heading !== undefined && heading !== last) {
        lines.push(...(last === undefined ? [] : [""]), output.paint("bold", heading));
        last = heading;
      }
      lines.push(...addWords(output, rows[at] ?? [], words));
    }
    isFirst = false;
    yield lines.map((line) => `${line}\n`).join("");
  }
}

/** Words are on lines of their own below a task, or at the end of its line where that has no end. */
function addWords({ io, paint }: TaskOutput, lines: readonly string[], words: string | undefined): readonly string[] {
  if (words === undefined) return lines;
  if (!io.out.isTerminal()) return [`${lines.join("")}  ${words}`];
  const wrapped = wrapText(words, io.out.columns() - WORDS_INDENT.length);
  return [...lines, ...wrapped.map((line) => WORDS_INDENT + paint("dim", line))];
}

/** The same items in pages of many, because the widths of a table are measured on the first page. */
export async function* joinSmallPages<Item>(pages: Pages<Item>): AsyncGenerator<readonly Item[]> {
  const waiting: Item[] = [];
  for await (const page of pages) {
    waiting.push(...page);
    if (waiting.length >= MIN_PAGE_TASKS) yield waiting.splice(0);
  }
  if (waiting.length > 0) yield waiting;
}

/** The rows of a table for these entries, with handles as short as all tasks of the user allow. */
export async function createRows(output: TaskOutput, entries: readonly Entry[], layout: Layout): Promise<Row[]> {
  const tasks = entries.map(({ task }) => task);
  const shorten = await shortenHandles(await output.workspace(), tasks);
  const describeRepetition = await loadRepetition(tasks);
  return entries.map(({ task, when, note = "" }) => {
    const row = createRow(task, shorten(task), layout, describeRepetition(task), when);
    return note === "" ? row : { ...row, details: [note, row.details].filter((part) => part !== "").join("  ") };
  });
}

/** How each task repeats, in a few words. What few tasks need is loaded only for them. */
export async function loadRepetition(tasks: readonly Task[]): Promise<(task: Task) => string> {
  if (tasks.every(({ recurrence }) => recurrence === null)) return () => "";
  const { describeBriefly } = await import("./recurrence.ts");
  return describeBriefly;
}
