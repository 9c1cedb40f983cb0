import type { Command } from "commander";
import { cancelTasks } from "../../services/tasks/complete-tasks.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand, REFS_ARGUMENT } from "../context.ts";
import {
  FOREVER_OPTION,
  OCCURRENCE_OPTION,
  type OccurrenceFlags,
  OF_REPEATING,
  readCompletion,
} from "../input/occurrence-flags.ts";
import { nameTasks } from "../input/name-tasks.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";
import { resolveKeptRefs } from "../../services/tasks/find-tasks.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

type CancelFlags = CommonFlags & OccurrenceFlags;

export function registerCancel(program: Command, context: CommandContext): void {
  defineCommand(program, "cancel", {
    quiet: "handles",
    summary: "close tasks that will not be done; todo reopen takes it back",
    notes: [ALL_OR_NONE, OF_REPEATING],
    examples: ["todo cancel kqv", "todo cancel kqv bqz", "todo list status:cancelled"],
    list: true,
    writes: true,
  })
    .argument(...REFS_ARGUMENT)
    .option(...OCCURRENCE_OPTION)
    .option(...FOREVER_OPTION)
    .action((refs: string[], flags: CancelFlags) => cancel(context.start(flags), refs, flags));
}

/** Closes the tasks that the references name without their being done. */
async function cancel(invocation: Invocation, refs: readonly string[], flags: CancelFlags): Promise<void> {
  const completion = readCompletion(flags, invocation.io.system);
  const workspace = await invocation.workspace();
  const named = await nameTasks(invocation, refs, "pending");
  const outcome = await cancelTasks(workspace, () => resolveKeptRefs(workspace, named), undefined, completion);
  return printOutcome(invocation, outcome, {
    refs: named,
    verb: sayVerb(invocation, "Cancelled", "cancel"),
    already: "was cancelled already",
  });
}
