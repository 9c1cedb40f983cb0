import type { Command } from "commander";
import { undoLastChange } from "../../services/tasks/history.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { printReverted } from "../output/reverted.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

export function registerUndo(program: Command, context: CommandContext): void {
  defineCommand(program, "undo", {
    quiet: "handles",
    summary: "undo the last change; repeat it to go further back",
    examples: ["todo undo", "todo log --limit 5   # shows what could be undone"],
    list: true,
    writes: true,
  }).action((flags: CommonFlags) => undo(context.start(flags)));
}

/** Undoes the newest change that is not undone yet, and names the fields that had to stay. */
export async function undo(invocation: Invocation): Promise<void> {
  const undone = await undoLastChange(await invocation.workspace());
  return printReverted(invocation, undone, { past: "Undid", infinitive: "undo" });
}
