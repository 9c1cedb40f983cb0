import type { Command } from "commander";
import { resolveKeptRefs } from "../../services/tasks/find-tasks.ts";
import { startTasks } from "../../services/tasks/start-tasks.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand, REFS_ARGUMENT } from "../context.ts";
import { nameTasks } from "../input/name-tasks.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";

export function registerStart(program: Command, context: CommandContext): void {
  defineCommand(program, "start", {
    quiet: "handles",
    summary: "start the clock of tasks that you work on",
    notes: [ALL_OR_NONE],
    examples: ["todo start kqv", "todo list is:active"],
    list: true,
    writes: true,
  })
    .argument(...REFS_ARGUMENT)
    .action((refs: string[], flags: CommonFlags) => start(context.start(flags), refs));
}

async function start(invocation: Invocation, refs: readonly string[]): Promise<void> {
  const workspace = await invocation.workspace();
  const named = await nameTasks(invocation, refs, { command: "start", state: "pending" });
  const outcome = await startTasks(workspace, () => resolveKeptRefs(workspace, named.refs));
  return printOutcome(invocation, outcome, {
    isOne: named.isOne,
    verb: sayVerb(invocation, "Started", "start"),
    already: "was started already",
  });
}
