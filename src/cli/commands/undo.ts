import type { Command } from "commander";
import { type Undone, undoLastChange } from "../../services/tasks/history.ts";
import { toWire } from "../../contract/task.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { ACTION_NOUNS, fieldName } from "../output/log-format.ts";
import { printChanges, sayVerb } from "../output/outcome.ts";
import { printJson, printNote } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { handleOf } from "../../domain/task/handle.ts";

export function registerUndo(program: Command, context: CommandContext): void {
  defineCommand(program, "undo", {
    quiet: "handles",
    summary: "undo the last change; again: the one before",
    examples: ["todo undo", "todo log --limit 5   # what it would take back"],
    list: true,
    writes: true,
  }).action((flags: CommonFlags) => undo(context.start(flags)));
}

/** Undoes the newest change that is not undone yet, and names the fields that had to stay. */
export async function undo(invocation: Invocation): Promise<void> {
  const undone = await undoLastChange(await invocation.workspace());
  if (invocation.format === "json") return printJson(invocation, undone && toWireUndone(undone));
  if (undone === null) return printNote(invocation, "Nothing to undo.");
  await printChanges(
    invocation,
    `${sayVerb(invocation, "Undid", "undo")} ${ACTION_NOUNS[undone.action]}:`,
    undone.tasks,
    undone.changes,
  );
  for (const { id, field } of undone.kept) {
    printNote(
      invocation,
      `${sayVerb(invocation, "Kept", "keep")} ${fieldName(field)} of ${handleOf(id)}: it was changed again since.`,
    );
  }
}

function toWireUndone({ action, at, tasks, kept }: Undone) {
  return { action, at: new Date(at).toISOString(), tasks: tasks.map(toWire), kept };
}
