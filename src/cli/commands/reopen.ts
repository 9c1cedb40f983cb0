import type { Command } from "commander";
import { reopenTasks } from "../../services/tasks/complete-tasks.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand, REFS_ARGUMENT } from "../context.ts";
import { nameTasks } from "../input/name-tasks.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";
import { resolveKeptRefs } from "../../services/tasks/find-tasks.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

export function registerReopen(program: Command, context: CommandContext): void {
  defineCommand(program, "reopen", {
    quiet: "handles",
    summary: "reopen completed or cancelled tasks",
    notes: [ALL_OR_NONE],
    examples: ["todo reopen kqv", "todo reopen kqv bqz"],
    list: true,
    writes: true,
  })
    .argument(...REFS_ARGUMENT)
    .action((refs: string[], flags: CommonFlags) => reopen(context.start(flags), refs));
}

/** Makes completed tasks pending again. */
export async function reopen(invocation: Invocation, refs: readonly string[]): Promise<void> {
  const workspace = await invocation.workspace();
  const named = await nameTasks(invocation, refs, "completed");
  const outcome = await reopenTasks(workspace, () => resolveKeptRefs(workspace, named));
  return printOutcome(invocation, outcome, {
    refs: named,
    verb: sayVerb(invocation, "Reopened", "reopen"),
    already: "is not done",
  });
}
