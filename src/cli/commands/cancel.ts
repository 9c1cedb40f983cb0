import type { Command } from "commander";
import { cancelTasks } from "../../services/tasks/complete-tasks.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand } from "../context.ts";
import { addTaskOptions, BY_FILTER } from "../task-options.ts";
import { chooseTasks, type WhereFlags } from "../input/choose-tasks.ts";
import {
  FOREVER_OPTION,
  OCCURRENCE_OPTION,
  type OccurrenceFlags,
  OF_REPEATING,
  readCompletion,
} from "../input/occurrence-flags.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

type CancelFlags = CommonFlags & OccurrenceFlags & WhereFlags;

export function registerCancel(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "cancel", {
    quiet: "handles",
    summary: "close tasks that will not be done; todo reopen takes it back",
    notes: [ALL_OR_NONE, BY_FILTER, OF_REPEATING],
    examples: [
      "todo cancel kqv",
      "todo cancel kqv bqz",
      "todo cancel --where 'project:House +later'",
      "todo list status:cancelled",
    ],
    list: true,
    writes: true,
  });
  addTaskOptions(command)
    .option(...OCCURRENCE_OPTION)
    .option(...FOREVER_OPTION)
    .action((refs: string[], flags: CancelFlags) => cancel(context.start(flags), refs, flags));
}

/** Closes the tasks that the references name without their being done. */
async function cancel(invocation: Invocation, refs: readonly string[], flags: CancelFlags): Promise<void> {
  const completion = readCompletion(flags, invocation.io.system);
  const chosen = await chooseTasks(invocation, refs, flags, { command: "cancel", verb: "Cancel", state: "pending" });
  if (!chosen) return;
  const outcome = await cancelTasks(await invocation.workspace(), chosen.find, chosen.requires, completion);
  return printOutcome(invocation, outcome, {
    isOne: chosen.isOne,
    verb: sayVerb(invocation, "Cancelled", "cancel"),
    already: "was cancelled already",
  });
}
