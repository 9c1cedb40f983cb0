import type { Command } from "commander";
import type { FieldChange } from "../../domain/task/fields.ts";
import { TIME_PREFIX } from "../../domain/task/registers.ts";
import type { Changes } from "../../services/tasks/change-tasks.ts";
import { resolveKeptRefs } from "../../services/tasks/find-tasks.ts";
import { findStarted, stopTasks } from "../../services/tasks/start-tasks.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { nameTasks } from "../input/name-tasks.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { isForReading } from "../output/output.ts";
import { printEdits, sayVerb } from "../output/outcome.ts";
import { printNote } from "../output/print.ts";

export function registerStop(program: Command, context: CommandContext): void {
  defineCommand(program, "stop", {
    quiet: "handles",
    summary: "stop the clock of tasks and add up the time",
    notes: [
      { paragraphs: ["Without a task it stops all that are started. todo done, cancel and rm stop a task too."] },
    ],
    examples: ["todo stop", "todo stop kqv", "todo show kqv   # says how long you worked on it"],
    list: true,
    writes: true,
  })
    .argument("[ref...]", "handles or ids of tasks, or their beginnings; on a terminal also words of a title")
    .action((refs: string[], flags: CommonFlags) => stop(context.start(flags), refs));
}

/** Stops the tasks that the references name, or all that are started. */
async function stop(invocation: Invocation, refs: readonly string[]): Promise<void> {
  const workspace = await invocation.workspace();
  const named = await nameTasks(invocation, refs, { command: "stop", state: "pending" });
  const find = () => (refs.length === 0 ? findStarted(workspace) : resolveKeptRefs(workspace, named.refs));
  const { changes, ...outcome } = await stopTasks(workspace, find);
  await printEdits(
    invocation,
    { ...outcome, changes: onlyTimes(changes) },
    {
      isOne: named.isOne,
      verb: sayVerb(invocation, "Stopped", "stop"),
      already: "is not started",
    },
  );
  const isNothing = outcome.changed.length + outcome.unchanged.length === 0;
  if (isNothing && isForReading(invocation))
    printNote(invocation, "No task is started. Start one with: todo start HANDLE");
}

/** The verb says the rest. */
function onlyTimes(changes: Changes): Changes {
  const isTime = ({ field }: FieldChange) => field.startsWith(TIME_PREFIX);
  return new Map([...changes].map(([id, all]) => [id, all.filter(isTime)]));
}
