import type { Command } from "commander";
import { redoLastUndo } from "../../services/tasks/history.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { printReverted } from "../output/reverted.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

export function registerRedo(program: Command, context: CommandContext): void {
  defineCommand(program, "redo", {
    quiet: "handles",
    summary: "redo what was undone last",
    notes: [{ paragraphs: ["That is possible until something else is changed."] }],
    examples: ["todo redo", "todo redo --dry-run   # shows what would be redone"],
    list: true,
    writes: true,
  }).action((flags: CommonFlags) => redo(context.start(flags)));
}

/** Does again what the newest undo took back, and names the fields that had to stay. */
export async function redo(invocation: Invocation): Promise<void> {
  const redone = await redoLastUndo(await invocation.workspace());
  return printReverted(invocation, redone, { past: "Redid", infinitive: "redo" });
}
