import type { Command } from "commander";
import { formatDuration, formatSeconds } from "../../domain/dates/duration.ts";
import { isCancelled } from "../../domain/task/closing.ts";
import { FIELDS } from "../../domain/task/fields.ts";
import type { Task } from "../../domain/task/task.ts";
import { countTrackedSeconds } from "../../domain/task/time.ts";
import type { Workspace } from "../../services/workspace.ts";
import { resolveRefs } from "../../services/tasks/find-tasks.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import { type CommandContext, defineCommand, REFS_ARGUMENT } from "../context.ts";
import { nameTasks } from "../input/name-tasks.ts";
import { describeReminder, formatDue, formatMoment } from "../../domain/dates/format-date.ts";
import { escapeControls, escapeLines } from "../../domain/escape.ts";
import { nameTask } from "../output/name-task.ts";
import { formatNotes } from "../output/notes.ts";
import { describeDueDate } from "../output/row.ts";
import type { LinkTexts } from "../output/links.ts";
import type { SeriesLines } from "../output/series-lines.ts";
import { printNamed, printText } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

const NAME_COLUMNS = 12;

const NO_LINES: SeriesLines = { recurrence: null, occurrence: null, next: null, history: null };

export function registerShow(program: Command, context: CommandContext): void {
  defineCommand(program, "show", {
    quiet: "handles",
    summary: "show tasks with all their fields",
    examples: ["todo show kqv", "todo show kqv bqz", "todo show kqv --json"],
  })
    .argument(...REFS_ARGUMENT)
    .action((refs: string[], flags: CommonFlags) => show(context.start(flags), refs));
}

/** Prints tasks with all their fields, deleted ones too. One reference answers a JSON object, several an array. */
export async function show(invocation: Invocation, refs: readonly string[]): Promise<void> {
  const workspace = await invocation.workspace();
  const named = await nameTasks(invocation, refs, { command: "show", state: "any" });
  const tasks = await resolveRefs(workspace, named.refs);
  if (invocation.format !== "text") return printNamed(invocation, tasks, named.isOne);
  const shorten = await shortenHandles(workspace, tasks);
  const { describeLinks } = await import("../output/links.ts");
  const links = await describeLinks(invocation, tasks);
  const texts: string[] = [];
  for (const task of tasks) {
    const others = { links: links.get(task.id) ?? NO_LINKS, series: await readLines(workspace, task) };
    texts.push(formatTask(invocation, task, shorten(task), others));
  }
  return printText(invocation, texts.join("\n\n"));
}

/** What few tasks need is loaded only for them. */
async function readLines(workspace: Workspace, task: Task): Promise<SeriesLines> {
  if (task.recurrence === null && task.occurrence === null) return NO_LINES;
  const { readSeriesLines } = await import("../output/series-lines.ts");
  return readSeriesLines(workspace, task);
}

const NO_LINKS: LinkTexts = { parent: null, subtasks: null, waitsFor: null, blocks: null };

/** What is said of a task from other tasks. */
type Others = { readonly links: LinkTexts; readonly series: SeriesLines };

function formatTask(invocation: Invocation, task: Task, prefix: string, others: Others): string {
  const lines = formatFields(invocation, task, prefix, others).filter(([, value]) => value !== null);
  return lines.map(([name, value]) => `${invocation.paint("dim", name.padEnd(NAME_COLUMNS))}${value}`).join("\n");
}

/** What other lines say, or nobody reads. */
type NotShown = "revision" | "cancelled" | "skipped" | "doneFor" | "rank";

/** The name and text of each field, in the order in which they are shown. A missing field does not compile. */
function formatFields({ io: { system }, paint }: Invocation, task: Task, prefix: string, { links, series }: Others) {
  const moment = (value: string | null) => (value === null ? null : formatMoment(value, system));
  const text = (value: string | null) => (value === null ? null : escapeControls(value));
  const date = (value: string | null) => (value === null ? null : formatDue(value, system));
  const seconds = countTrackedSeconds(task);
  const minutes = (value: number | null) => (value === null ? null : formatDuration(value));
  const list = (values: readonly string[]) => (values.length === 0 ? null : text(values.join(", ")));
  const fields = {
    title: [FIELDS.title.word, paint("bold", escapeControls(task.title))],
    dueDate: [FIELDS.dueDate.word, task.dueDate === null ? null : describeDueDate(task, task.dueDate, system)],
    scheduledDate: [FIELDS.scheduledDate.word, date(task.scheduledDate)],
    waitUntil: [FIELDS.waitUntil.word, date(task.waitUntil)],
    recurrence: ["repeats", text(series.recurrence)],
    occurrence: ["occurrence", text(series.occurrence)],
    next: ["then", series.next],
    priority: [FIELDS.priority.word, task.priority],
    project: [FIELDS.project.word, text(task.project)],
    tags: ["tags", task.tags.length === 0 ? null : text(task.tags.map((tag) => `+${tag}`).join(" "))],
    estimateMinutes: [FIELDS.estimateMinutes.word, minutes(task.estimateMinutes)],
    time: ["tracked", seconds === 0 ? null : formatSeconds(seconds)],
    startedAt: ["started", moment(task.startedAt)],
    reminders: ["reminders", list(task.reminders.map((each) => describeReminder(each, system)))],
    parent: [FIELDS.parent.word, links.parent],
    subtasks: ["subtasks", links.subtasks === null ? null : indent(links.subtasks)],
    dependsOn: ["waits for", links.waitsFor === null ? null : indent(links.waitsFor)],
    blocks: ["blocks", links.blocks === null ? null : indent(links.blocks)],
    series: ["series", task.series === null ? null : nameTask(task.series)],
    description: [FIELDS.description.word, task.description === null ? null : indent(escapeLines(task.description))],
    notes: ["notes", task.notes.length === 0 ? null : indent(formatNotes(task.notes, system))],
    history: ["history", series.history === null ? null : indent(series.history)],
    completedAt: [isCancelled(task) ? "cancelled" : "completed", moment(task.completedAt)],
    deletedAt: ["deleted", moment(task.deletedAt)],
    createdAt: ["created", moment(task.createdAt)],
    updatedAt: ["changed", moment(task.updatedAt)],
    handle: ["handle", `${paint("bold", prefix)}${paint("dim", task.handle.slice(prefix.length))}`],
    id: ["id", task.id],
  } satisfies Record<
    Exclude<keyof Task, NotShown> | "subtasks" | "blocks" | "next" | "history",
    readonly [name: string, value: string | null]
  >;
  return Object.values(fields);
}

/** Lines after the first stand below the value, not below its name. */
function indent(text: string): string {
  return text.replaceAll(/\n(?=[^\n])/g, `\n${" ".repeat(NAME_COLUMNS)}`);
}
