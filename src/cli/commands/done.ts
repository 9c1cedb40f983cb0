import type { Command } from "commander";
import { completeTasks } from "../../services/tasks/complete-tasks.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand, REFS_ARGUMENT } from "../context.ts";
import { nameTasks } from "../input/name-tasks.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";
import { resolveKeptRefs } from "../../services/tasks/find-tasks.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

export function registerDone(program: Command, context: CommandContext): void {
  defineCommand(program, "done", {
    quiet: "handles",
    summary: "complete tasks",
    notes: [ALL_OR_NONE],
    examples: ["todo done kqv", "todo done kqv bqz"],
    list: true,
    writes: true,
  })
    .argument(...REFS_ARGUMENT)
    .action((refs: string[], flags: CommonFlags) => done(context.start(flags), refs));
}

/** Completes the tasks that the references name. */
export async function done(invocation: Invocation, refs: readonly string[]): Promise<void> {
  const workspace = await invocation.workspace();
  const named = await nameTasks(invocation, refs, "pending");
  const outcome = await completeTasks(workspace, () => resolveKeptRefs(workspace, named));
  return printOutcome(invocation, outcome, {
    refs: named,
    verb: sayVerb(invocation, "Done", "complete"),
    already: "was done already",
  });
}
