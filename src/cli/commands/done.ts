import type { Command } from "commander";
import { completeTasks, type Subtasks } from "../../services/tasks/complete-tasks.ts";
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
import { checkNote, type Task } from "../../domain/task/task.ts";
import { findSubtasks } from "../../services/tasks/find-subtasks.ts";
import type { Workspace } from "../../services/workspace.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

type DoneFlags = CommonFlags & OccurrenceFlags & WhereFlags & { readonly tree?: boolean; readonly note?: string };

export function registerDone(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "done", {
    quiet: "handles",
    summary: "complete tasks",
    notes: [ALL_OR_NONE, BY_FILTER, OF_REPEATING],
    examples: [
      "todo done kqv",
      "todo done kqv bqz",
      "todo done kqv --tree",
      'todo done kqv --occurrence "16 dec"',
      "todo done kqv --forever   # it repeats no more",
      "todo done --where 'project:House +quick'",
    ],
    list: true,
    writes: true,
  });
  addTaskOptions(command)
    .option("--tree", "complete their open subtasks too")
    .option("--note <text>", "add a note to each of them")
    .option(...OCCURRENCE_OPTION)
    .option(...FOREVER_OPTION)
    .action((refs: string[], flags: DoneFlags) => done(context.start(flags), refs, flags));
}

/** Completes the tasks that the references name, and of one that repeats an occurrence. */
export async function done(invocation: Invocation, refs: readonly string[], flags: DoneFlags): Promise<void> {
  const completion = readCompletion(flags, invocation.io.system);
  // Before anybody is asked about subtasks.
  const text = flags.note === undefined ? undefined : checkNote(flags.note);
  const chosen = await chooseTasks(invocation, refs, flags, { command: "done", verb: "Complete", state: "pending" });
  if (!chosen) return;
  const { tasks, find, requires, keepsClosed, isOne, mayAsk } = chosen;
  const workspace = await invocation.workspace();
  // The subtasks of one that goes on come back with it.
  const ending = tasks.filter(({ recurrence }) => recurrence === null || flags.forever);
  const note = text === undefined ? undefined : { id: workspace.system.newId(), text };
  const subtasks = flags.tree ? "include" : await chooseOpenSubtasks(invocation, workspace, ending, mayAsk);
  const outcome = await completeTasks(workspace, find, requires, { ...completion, subtasks, note, keepsClosed });
  return printOutcome(invocation, outcome, {
    isOne,
    verb: sayVerb(invocation, "Done", "complete"),
    already: keepsClosed ? "was closed already" : "was done already",
  });
}

/** Asks about the open tasks below, which may be done too. */
async function chooseOpenSubtasks(
  invocation: Invocation,
  workspace: Workspace,
  tasks: readonly Task[],
  mayAsk: boolean,
): Promise<Subtasks> {
  const named = new Set(tasks.map(({ id }) => id));
  const below = await findSubtasks(workspace, tasks);
  const open = below.filter(({ id, completedAt }) => completedAt === null && !named.has(id));
  if (open.length === 0) return "keep";
  const { chooseSubtasks } = await import("../input/choose-subtasks.ts");
  return chooseSubtasks(invocation, open, { verb: "Complete", kept: ["stays open", "stay open"], mayAsk });
}
