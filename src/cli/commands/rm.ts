import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { resolveRefs } from "../../services/tasks/find-tasks.ts";
import { deleteTasks } from "../../services/tasks/delete-tasks.ts";
import { confirmShown } from "../input/confirm.ts";
import { nameTasks } from "../input/name-tasks.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand, REFS_ARGUMENT } from "../context.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";
import { printNote, printTasks } from "../output/print.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Subtasks } from "../../services/tasks/complete-tasks.ts";
import { findOnce, findSubtasks } from "../../services/tasks/find-subtasks.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import type { Workspace } from "../../services/workspace.ts";

type RmFlags = CommonFlags & { readonly yes?: boolean; readonly tree?: boolean };

export function registerRm(program: Command, context: CommandContext): void {
  defineCommand(program, "rm", {
    quiet: "handles",
    summary: "delete tasks; todo restore and todo undo bring them back",
    notes: [ALL_OR_NONE],
    examples: ["todo rm kqv", "todo rm kqv bqz --yes", "todo rm kqv --tree"],
    list: true,
    writes: true,
  })
    .argument(...REFS_ARGUMENT)
    .option("-y, --yes", "delete several tasks without asking")
    .option("--tree", "delete their subtasks too")
    .action((refs: string[], flags: RmFlags) => rm(context.start(flags), refs, flags));
}

/** Deletes the tasks that the references name. More than one asks first. */
export async function rm(invocation: Invocation, words: readonly string[], flags: RmFlags): Promise<void> {
  const workspace = await invocation.workspace();
  const refs = await nameTasks(invocation, words, "kept");
  const named =
    refs.length > 1 && !flags.yes && !invocation.isDryRun ? await confirmSeveral(invocation, workspace, refs) : refs;
  if (named.length === 0) {
    printNote(invocation, "Nothing was deleted.");
    return invocation.format === "text" ? undefined : printTasks(invocation, []);
  }
  const { tasks, find } = await findOnce(() => resolveRefs(workspace, named));
  const subtasks = flags.tree ? "include" : await chooseTree(invocation, workspace, tasks, flags);
  return printOutcome(invocation, await deleteTasks(workspace, find, undefined, subtasks), {
    refs,
    verb: sayVerb(invocation, "Deleted", "delete"),
    already: "was deleted already",
  });
}

/** Asks about the tasks below. `--yes` asks nothing, and says what becomes of them. */
async function chooseTree(
  invocation: Invocation,
  workspace: Workspace,
  tasks: readonly Task[],
  { yes = false }: RmFlags,
): Promise<Subtasks> {
  const named = new Set(tasks.map(({ id }) => id));
  const below = (await findSubtasks(workspace, tasks)).filter(({ id }) => !named.has(id));
  if (below.length === 0) return "keep";
  const { chooseSubtasks } = await import("../input/choose-subtasks.ts");
  return chooseSubtasks(invocation, below, { verb: "Delete", kept: ["is kept", "are kept"], mayAsk: !yes });
}

/** The ids of the tasks that the references name, or none if the user does not want to delete several. */
async function confirmSeveral(
  invocation: Invocation,
  workspace: Workspace,
  refs: readonly string[],
): Promise<readonly string[]> {
  const tasks = await resolveRefs(workspace, refs);
  if (tasks.length > 1 && !invocation.io.input.isTerminal()) {
    throw new TodoError("usage", `deleting ${tasks.length} tasks needs --yes without a terminal`);
  }
  return tasks.length === 1 || (await confirmShown(invocation, tasks, `Delete these ${tasks.length} tasks?`))
    ? tasks.map(({ id }) => id)
    : [];
}
