import type { Command } from "commander";
import { reopenTasks } from "../../services/tasks/complete-tasks.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand, REFS_ARGUMENT } from "../context.ts";
import { nameTasks } from "../input/name-tasks.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";
import { printNote } from "../output/print.ts";
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
  await printOutcome(invocation, outcome, {
    refs: named,
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
