import type { Command } from "commander";
import { resolveRefs } from "../../services/tasks/find-tasks.ts";
import { deleteTasks } from "../../services/tasks/delete-tasks.ts";
import { addTaskOptions, BY_FILTER } from "../task-options.ts";
import { chooseTasks, type WhereFlags } from "../input/choose-tasks.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand } from "../context.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Subtasks } from "../../services/tasks/complete-tasks.ts";
import { findSubtasks } from "../../services/tasks/find-subtasks.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import type { Workspace } from "../../services/workspace.ts";

type RmFlags = CommonFlags & WhereFlags & { readonly tree?: boolean };

export function registerRm(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "rm", {
    quiet: "handles",
    summary: "delete tasks; todo restore and todo undo bring them back",
    notes: [ALL_OR_NONE, BY_FILTER],
    examples: [
      "todo rm kqv",
      "todo rm kqv bqz --yes",
      "todo rm kqv --tree",
      "todo rm --where 'project:Old updated<-1y'",
    ],
    list: true,
    writes: true,
  });
  addTaskOptions(command)
    .option("--tree", "delete their subtasks too")
    .action((refs: string[], flags: RmFlags) => rm(context.start(flags), refs, flags));
}

/** Deletes tasks. Several are asked about first, because they could be more than was meant. */
export async function rm(invocation: Invocation, words: readonly string[], flags: RmFlags): Promise<void> {
  const chosen = await chooseTasks(invocation, words, flags, {
    command: "rm",
    verb: "Delete",
    refusal: "Nothing was deleted.",
    state: "kept",
    resolve: resolveRefs,
    asksAboutSeveral: true,
  });
  if (!chosen) return;
  const { tasks, find, requires, isOne, mayAsk } = chosen;
  const workspace = await invocation.workspace();
  const subtasks = flags.tree ? "include" : await chooseTree(invocation, workspace, tasks, mayAsk);
  return printOutcome(invocation, await deleteTasks(workspace, find, requires, subtasks), {
    isOne,
    verb: sayVerb(invocation, "Deleted", "delete"),
    already: "was deleted already",
  });
}

/** Asks about the tasks below, if it may. Else it says what becomes of them. */
async function chooseTree(
  invocation: Invocation,
  workspace: Workspace,
  tasks: readonly Task[],
  mayAsk: boolean,
): Promise<Subtasks> {
  const named = new Set(tasks.map(({ id }) => id));
  const below = (await findSubtasks(workspace, tasks)).filter(({ id }) => !named.has(id));
  if (below.length === 0) return "keep";
  const { chooseSubtasks } = await import("../input/choose-subtasks.ts");
  return chooseSubtasks(invocation, below, { verb: "Delete", kept: ["is kept", "are kept"], mayAsk });
}
