import { isCancelled } from "../../domain/task/closing.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Waiting } from "../../domain/tree/dependencies.ts";
import { type TreeItem, walkForest } from "../../domain/tree/tree.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import type { TaskTree } from "../../services/tasks/tree/read-tree.ts";
import { toWireTreeItem } from "../../contract/task-links.ts";
import { escapeControls, toJson } from "../../domain/escape.ts";
import { loadRepetition } from "./list-lines.ts";
import { isForReading, type TaskOutput } from "./output.ts";
import type { Style } from "./paint.ts";
import { formatPriority, formatTitle, formatWhen, isOver, type Row, styleOfDate, styleOfTitle } from "./row.ts";
import { createLayout, type Layout } from "./table.ts";
import { cutText } from "./wrap.ts";

const GAP = "  ";
/** Rows that are printed at once. */
const CHUNK_ROWS = 500;
/** Other devices can make a deeper tree. What is further down is no longer indented, or its lines would fill the disk. */
const MAX_INDENTED_DEPTH = 24;
/** A title gets at least this share of a terminal. */
const MIN_TITLE_SHARE = 0.4;
/** Lines of a pipe are not padded further, so that one long title leaves the others short. */
const MAX_PIPED_PADDING = 60;
/** Blockers that are named. */
const MAX_BLOCKERS = 3;

/** An item with the lines before it, which lead to its parent and to the siblings behind it. */
type DrawnItem = { readonly item: TreeItem<Task>; readonly start: string };

/** A line before it is padded. `columns` is the width of all up to the title. */
type TreeRow = Pick<Row, "task" | "handle" | "title" | "when" | "priority"> & {
  readonly start: string;
  readonly columns: number;
  readonly notes: string;
};

/** Prints a tree: lines for people, and for programs each task with its depth, before what is below it. */
export async function printTree(
  output: TaskOutput,
  tree: TaskTree,
  { usePager }: { readonly usePager: boolean },
): Promise<void> {
  if (output.format !== "text") return printItems(output, tree);
  const format = () => formatTree(output, tree);
  if (isForReading(output)) return (await import("./pager.ts")).printPaged(output, format, { usePager });
  for await (const chunk of format()) output.io.out.write(chunk);
}

function printItems({ io, format }: TaskOutput, { forest, waiting }: TaskTree): void {
  const items = [...walkForest(forest)];
  if (format === "quiet") return io.out.write(items.map(({ task }) => `${task.handle}\n`).join(""));
  const lines = items.map((item) => toJson(toWireTreeItem(item, waiting.get(item.task.id))));
  if (format === "ndjson") return io.out.write(lines.map((line) => `${line}\n`).join(""));
  io.out.write(lines.length === 0 ? "[]\n" : `[\n${lines.join(",\n")}\n]\n`);
}

async function* formatTree(output: TaskOutput, tree: TaskTree): AsyncGenerator<string> {
  const layout = createLayout(output);
  const rows = await createTreeRows(output, tree, layout);
  const widths = measureTree(rows, layout);
  for (let at = 0; at < rows.length; at += CHUNK_ROWS) {
    const lines = rows.slice(at, at + CHUNK_ROWS).map((row) => `${formatTreeRow(row, widths, layout)}\n`);
    yield lines.join("");
  }
}

async function createTreeRows(output: TaskOutput, tree: TaskTree, layout: Layout): Promise<TreeRow[]> {
  const drawn = drawForest(tree.forest);
  const blockers = [...tree.waiting.values()].flatMap(({ waitsFor }) =>
    waitsFor.flatMap((id) => tree.byId.get(id) ?? []),
  );
  const tasks = [...drawn.map(({ item }) => item.task), ...blockers];
  const shorten = await shortenHandles(await output.workspace(), tasks);
  const describe = { shorten, describeRepetition: await loadRepetition(tasks) };
  return drawn.map(({ item, start }) => {
    const { task } = item;
    const handle = shorten(task);
    const title = formatTitle(task);
    const columns = start.length + handle.length + GAP.length + Bun.stringWidth(title);
    const when = isOver(task) ? formatEnd(task) : formatWhen(task, layout);
    const priority = formatPriority(task, layout.columns !== undefined);
    return { task, handle, title, when, priority, start, columns, notes: describeItem(item, tree, describe) };
  });
}

function drawForest(forest: readonly TreeItem<Task>[]): DrawnItem[] {
  const drawn: DrawnItem[] = [];
  const open = forest.map((item) => ({ item, start: "", below: "" })).toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { item, start, below } = next;
    drawn.push({ item, start });
    const indent = item.depth < MAX_INDENTED_DEPTH ? below : below.slice(GAP.length + 1);
    for (let at = item.subtasks.length - 1; at >= 0; at -= 1) {
      const child = item.subtasks[at];
      const isLast = at === item.subtasks.length - 1;
      const lines = `${indent}${isLast ? "   " : "│  "}`;
      if (child) open.push({ item: child, start: `${indent}${isLast ? "└─ " : "├─ "}`, below: lines });
    }
  }
  return drawn;
}

/** How a task ended. The day is not what a tree is read for. */
function formatEnd(task: Task): string {
  return isCancelled(task) ? "cancelled" : "done";
}

/** How lines name tasks, and how they say that one repeats. */
type Describe = {
  readonly shorten: (task: Task) => string;
  readonly describeRepetition: (task: Task) => string;
};

/** What a line says of subtasks and of other tasks: `3 of 5`, `waits for bqz`. */
function describeItem({ task, count }: TreeItem<Task>, tree: TaskTree, describe: Describe): string {
  const waiting = tree.waiting.get(task.id);
  const above = tree.completedParents.get(task.id);
  const repetition = describe.describeRepetition(task);
  if (count.total === 0 && waiting === undefined && above === undefined && repetition === "") return "";
  const parts = [
    ...(repetition === "" ? [] : [repetition]),
    ...(count.total === 0 ? [] : [`${count.completed} of ${count.total}`]),
    ...(waiting === undefined ? [] : describeWaiting(waiting, tree, describe.shorten)),
    ...(above === undefined ? [] : [`‹ ${escapeControls(above.title)}`]),
  ];
  return parts.join(GAP);
}

function describeWaiting({ waitsFor, ring }: Waiting, tree: TaskTree, shorten: (task: Task) => string): string[] {
  const blockers = waitsFor.flatMap((id) => tree.byId.get(id) ?? []);
  const named = blockers.slice(0, MAX_BLOCKERS).map(shorten).join(", ");
  const more = blockers.length > MAX_BLOCKERS ? ` and ${blockers.length - MAX_BLOCKERS} more` : "";
  return [...(blockers.length === 0 ? [] : [`waits for ${named}${more}`]), ...(ring.length === 0 ? [] : ["ring"])];
}

type TreeWidths = { readonly title: number; readonly when: number; readonly priority: number };

/** The title gets what the other columns leave of a terminal. */
function measureTree(rows: readonly TreeRow[], { columns }: Layout): TreeWidths {
  let [title, when, priority, notes] = [0, 0, 0, 0];
  for (const row of rows) {
    title = Math.max(title, row.columns);
    when = Math.max(when, Bun.stringWidth(row.when));
    priority = Math.max(priority, row.priority.length);
    notes = Math.max(notes, Bun.stringWidth(row.notes));
  }
  if (columns === undefined) return { title: Math.min(title, MAX_PIPED_PADDING), when, priority };
  const taken = [when, priority, notes].reduce((sum, width) => sum + (width === 0 ? 0 : width + GAP.length), 0);
  const room = Math.max(columns - taken, Math.floor(columns * MIN_TITLE_SHARE));
  return { title: Math.min(title, room), when, priority };
}

function formatTreeRow(row: TreeRow, widths: TreeWidths, layout: Layout): string {
  const { task, start, handle, when, priority, notes } = row;
  const { system, paint, columns } = layout;
  const style = (name: Style | undefined, text: string) => (name === undefined ? text : paint(name, text));
  const overflow = columns === undefined ? 0 : row.columns - widths.title;
  const title = overflow > 0 ? cutText(row.title, Math.max(1, Bun.stringWidth(row.title) - overflow)) : row.title;
  const left = `${paint("dim", start)}${paint(isOver(task) ? "dim" : "bold", handle)}${GAP}${style(styleOfTitle(task), title)}`;
  const used = row.columns - Bun.stringWidth(row.title) + Bun.stringWidth(title);
  const afterPriority = notes === "" ? "" : GAP + paint("dim", notes);
  const afterWhen = pad(priority, widths.priority, paint("bold", priority), afterPriority);
  const right = pad(when, widths.when, style(styleOfDate(task, system), when), afterWhen);
  const line = right === "" ? left : `${left}${" ".repeat(Math.max(0, widths.title - used))}${right}`;
  return columns === undefined ? line : cutText(line, columns);
}

/** A cell with the gap before it, and the cells behind. Nothing if all of them are empty. */
function pad(text: string, width: number, painted: string, behind: string): string {
  if (text === "" && behind === "") return "";
  if (width === 0) return behind;
  return `${GAP}${painted}${behind === "" ? "" : " ".repeat(width - Bun.stringWidth(text)) + behind}`;
}
