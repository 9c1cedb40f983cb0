import type { Command } from "commander";
import { reopenTasks } from "../../services/tasks/complete-tasks.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand } from "../context.ts";
import { addTaskOptions, BY_FILTER } from "../task-options.ts";
import { chooseTasks, type WhereFlags } from "../input/choose-tasks.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";
import { printNote } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

type ReopenFlags = CommonFlags & WhereFlags;

export function registerReopen(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "reopen", {
    quiet: "handles",
    summary: "reopen completed or cancelled tasks",
    notes: [ALL_OR_NONE, BY_FILTER],
    examples: ["todo reopen kqv", "todo reopen kqv bqz", "todo reopen --where 'project:House completed.after:monday'"],
    list: true,
    writes: true,
  });
  addTaskOptions(command).action((refs: string[], flags: ReopenFlags) => reopen(context.start(flags), refs, flags));
}

/** Makes completed tasks pending again. */
export async function reopen(invocation: Invocation, refs: readonly string[], flags: ReopenFlags): Promise<void> {
  const chosen = await chooseTasks(invocation, refs, flags, {
    command: "reopen",
    verb: "Reopen",
    state: "completed",
    otherwise: "completed",
  });
  if (!chosen) return;
  const outcome = await reopenTasks(await invocation.workspace(), chosen.find, chosen.requires);
  await printOutcome(invocation, outcome, {
    isOne: chosen.isOne,
    verb: sayVerb(invocation, "Reopened", "reopen"),
    already: "is not done",
  });
  for (const { id, recurrence } of outcome.unchanged) if (recurrence !== null) await adviseOnRecord(invocation, id);
}

/** A task that repeats is open again as soon as it is done: people who reopen it mean what they did last. */
async function adviseOnRecord(invocation: Invocation, id: string): Promise<void> {
  // What few tasks need is loaded only for them.
  const { findLastRecords } = await import("../../services/tasks/series/find-records.ts");
  const [record] = await findLastRecords(await invocation.workspace(), id, 1);
  if (record) printNote(invocation, `To reopen the occurrence that was closed last: todo reopen ${record.handle}`);
}
