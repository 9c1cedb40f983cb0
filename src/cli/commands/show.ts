import type { Command } from "commander";
import type { Task } from "../../domain/task/task.ts";
import { resolveRef } from "../../services/tasks/find-tasks.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import { toWire } from "../../contract/task.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { formatDue, formatMoment } from "../output/dates.ts";
import { escapeControls, escapeLines } from "../output/escape.ts";
import { printJson, printText } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

export function registerShow(program: Command, context: CommandContext): void {
  defineCommand(program, "show", { summary: "show all of a task", examples: ["todo show kqv", "todo show kqv --json"] })
    .argument("<ref>", "a handle or a UUID, or its beginning")
    .action((ref: string, flags: CommonFlags) => show(context.start(flags), ref));
}

/** Prints one task with all its fields, a deleted one too. */
export async function show(invocation: Invocation, ref: string): Promise<void> {
  const workspace = await invocation.workspace();
  const task = await resolveRef(workspace, ref);
  if (invocation.format === "json") return printJson(invocation, toWire(task));
  if (invocation.format === "quiet") return printText(invocation, task.handle);
  const shorten = await shortenHandles(workspace, [task]);
  const lines = fieldsOf(invocation, task, shorten(task)).filter(([, value]) => value !== null);
  return printText(
    invocation,
    lines.map(([name, value]) => `${invocation.paint("dim", name.padEnd(12))}${value}`).join("\n"),
  );
}

function fieldsOf({ io: { system }, paint }: Invocation, task: Task, prefix: string): [string, string | null][] {
  const moment = (value: string | null) => (value === null ? null : formatMoment(value, system));
  const text = (value: string | null) => (value === null ? null : escapeControls(value));
  return [
    ["title", paint("bold", escapeControls(task.title))],
    ["due", task.dueDate === null ? null : formatDue(task.dueDate, system)],
    ["priority", task.priority],
    ["project", text(task.project)],
    ["tags", task.tags.length === 0 ? null : text(task.tags.map((tag) => `+${tag}`).join(" "))],
    [
      "description",
      task.description === null
        ? null
        : escapeLines(task.description).replaceAll(/\n(?=[^\n])/g, `\n${" ".repeat(12)}`),
    ],
    ["completed", moment(task.completedAt)],
    ["deleted", moment(task.deletedAt)],
    ["created", moment(task.createdAt)],
    ["changed", moment(task.updatedAt)],
    ["handle", `${paint("cyan", prefix)}${paint("dim", task.handle.slice(prefix.length))}`],
    ["id", task.id],
  ];
}
