import type { Command } from "commander";
import { restoreTasks } from "../../services/tasks/delete-tasks.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand, REFS_ARGUMENT } from "../context.ts";
import { nameTasks } from "../input/name-tasks.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";
import { resolveRefs } from "../../services/tasks/find-tasks.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

export function registerRestore(program: Command, context: CommandContext): void {
  defineCommand(program, "restore", {
    quiet: "handles",
    summary: "bring back deleted tasks",
    notes: [ALL_OR_NONE],
    examples: ["todo restore kqv", "todo restore kqv bqz"],
    list: true,
    writes: true,
  })
    .argument(...REFS_ARGUMENT)
    .action((refs: string[], flags: CommonFlags) => restore(context.start(flags), refs));
}

/** Restores deleted tasks. */
export async function restore(invocation: Invocation, refs: readonly string[]): Promise<void> {
  const workspace = await invocation.workspace();
  const named = await nameTasks(invocation, refs, { command: "restore", state: "deleted" });
  const outcome = await restoreTasks(workspace, () => resolveRefs(workspace, named.refs));
  return printOutcome(invocation, outcome, {
    isOne: named.isOne,
    verb: sayVerb(invocation, "Restored", "restore"),
    already: "is not deleted",
  });
}
