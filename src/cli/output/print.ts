import { formatDuration } from "../../domain/dates/duration.ts";
import { TodoError, withHint } from "../../domain/errors.ts";
import type { Task } from "../../domain/task/task.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import { describeReminder, formatDue } from "../../domain/dates/format-date.ts";
import { escapeControls, toJson } from "../../domain/escape.ts";
import { loadRepetition, type Pages } from "./list-lines.ts";
import type { Output, TaskOutput } from "./output.ts";
import { describeDueDate, describeHiding } from "./row.ts";

/** Prints data, one line or several, on standard output. */
export function printText({ io }: Output, text: string): void {
  io.out.write(`${text}\n`);
}

/** Prints a note beside the data, on standard error. `--quiet` silences it. */
export function printNote({ io, format }: Output, text: string): void {
  if (format !== "quiet") io.err.write(`${text}\n`);
}

/** Prints text that is made while it is printed. */
export async function printChunks({ io }: Output, chunks: AsyncIterable<string>): Promise<void> {
  for await (const chunk of chunks) io.out.write(chunk);
}

/** Prints any value as JSON on one line. */
export function printJson({ io }: Output, value: unknown): void {
  io.out.write(`${toJson(value)}\n`);
}

/** Prints a secret that is not shown again. If that fails, the error says what was done. */
export function printOnce(output: Output, { text, json }: { text: string; json: unknown }, advice: string): void {
  try {
    if (output.format === "json") printJson(output, json);
    else printText(output, text);
  } catch (error) {
    throw error instanceof TodoError ? withHint(error, advice) : error;
  }
}

/** Prints a task as JSON. */
export async function printJsonTask(output: Output, task: Task): Promise<void> {
  const { toWire } = await loadWire();
  printJson(output, toWire(task));
}

/** What makes JSON of a task. A command that prints text starts without it. */
export function loadWire() {
  return import("../../contract/task.ts");
}

/** Prints facts, a name and a value a line. The values may be any text. */
export function printFacts(output: Output, facts: readonly (readonly [name: string, value: string])[]): void {
  const width = Math.max(...facts.map(([name]) => name.length));
  const lines = facts.map(([name, value]) => output.paint("dim", name.padEnd(width + 2)) + escapeControls(value));
  printText(output, lines.join("\n"));
}

/** Prints a command's line of text for each task: `Added kqvz  Pay rent  due Fri 27 Nov  +home`. */
export async function printChanged(output: TaskOutput, verb: string, tasks: readonly Task[]): Promise<void> {
  if (output.format !== "text") return printTasks(output, [tasks]);
  output.io.out.write((await describeTasks(output, tasks)).map((line) => `${verb} ${line}\n`).join(""));
}

/** Tasks on a line each, with their handles as short as all tasks of the user allow. */
export async function describeTasks(output: TaskOutput, tasks: readonly Task[]): Promise<string[]> {
  const shorten = await shortenHandles(await output.workspace(), tasks);
  const describeRepetition = await loadRepetition(tasks);
  return tasks.map((task) => {
    const dates = [describeDates(output, task), describeRepetition(task)].filter((part) => part !== "").join("  ");
    return describeTask(output, task, shorten(task), dates);
  });
}

/** A task on one line: handle, title, dates, and its other fields. */
export function describeTask(
  output: Output,
  task: Task,
  prefix: string,
  dates: string = describeDates(output, task),
): string {
  const { paint } = output;
  return [
    paint("bold", prefix),
    escapeControls(task.title),
    dates,
    task.priority ?? "",
    paint("dim", escapeControls(task.project ?? "")),
    paint("dim", escapeControls(task.tags.map((tag) => `+${tag}`).join(" "))),
  ]
    .filter((part) => part !== "")
    .join("  ");
}

/** When a task is due and planned for, until when it is hidden, how long it takes and when to remind of it. */
function describeDates({ io: { system } }: Output, task: Task): string {
  const { dueDate, scheduledDate, estimateMinutes, reminders } = task;
  return [
    dueDate === null ? "" : `due ${describeDueDate(task, dueDate, system)}`,
    scheduledDate === null ? "" : `planned ${formatDue(scheduledDate, system)}`,
    describeHiding(task, system),
    estimateMinutes === null ? "" : `takes ${formatDuration(estimateMinutes)}`,
    ...reminders.map((each) => `reminder ${describeReminder(each, system)}`),
  ]
    .filter((part) => part !== "")
    .join("  ");
}

/**
 * Prints the tasks that a command is about for programs. JSON is an object if one task was named, and an array if several
 * were, also where these are the same.
 */
export async function printNamed(output: TaskOutput, tasks: readonly Task[], isOne: boolean): Promise<void> {
  const [only] = tasks;
  if (output.format === "json" && isOne && only) return printJsonTask(output, only);
  return printTasks(output, [tasks]);
}

/** What JSON has beside the tasks: more members of each, and an element at the end that is no task. */
export type Additions = { readonly describe?: ((task: Task) => object) | undefined; readonly last?: unknown };

/** Prints tasks page by page for programs: as a JSON array, NDJSON or whole handles. */
export async function printTasks(output: TaskOutput, pages: Pages<Task>, additions: Additions = {}): Promise<void> {
  const { io, format } = output;
  const { describe, last = null } = additions;
  if (format === "json") return printArray(output, pages, additions);
  const toLine = format === "quiet" ? ({ handle }: Task) => handle : await loadLines(describe);
  for await (const tasks of pages) {
    const lines = tasks.map(toLine);
    io.out.write(lines.map((line) => `${line}\n`).join(""));
  }
  if (last !== null && format !== "quiet") printJson(output, last);
}

async function loadLines(describe: Additions["describe"] = () => ({})): Promise<(task: Task) => string> {
  const { toWire } = await loadWire();
  return (task) => toJson({ ...toWire(task), ...describe(task) });
}

/** One element a line, so that an array that is cut off or searched with grep still shows whole tasks. */
async function printArray({ io }: Output, pages: Pages<Task>, { describe, last = null }: Additions): Promise<void> {
  const toLine = await loadLines(describe);
  let opening = "[\n";
  for await (const tasks of pages) {
    if (tasks.length === 0) continue;
    io.out.write(opening + tasks.map(toLine).join(",\n"));
    opening = ",\n";
  }
  if (last !== null) {
    io.out.write(opening + toJson(last));
    opening = ",\n";
  }
  io.out.write(opening === "[\n" ? "[]\n" : "\n]\n");
}

/** Passes pages on and reports the number of items with each: a reader may ask for no more. */
export async function* countPages<Item>(pages: Pages<Item>, onPage: (count: number) => void) {
  let count = 0;
  for await (const page of pages) {
    count += page.length;
    onPage(count);
    yield page;
  }
}
