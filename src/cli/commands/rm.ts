import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { resolveRefs } from "../../services/tasks/find-tasks.ts";
import { deleteTasks } from "../../services/tasks/delete-tasks.ts";
import { confirmShown } from "../input/confirm.ts";
import { nameTasks } from "../input/name-tasks.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand, REFS_ARGUMENT } from "../context.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";
import { printNote, printTasks } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import type { Workspace } from "../../services/workspace.ts";

type RmFlags = CommonFlags & { readonly yes?: boolean };

export function registerRm(program: Command, context: CommandContext): void {
  defineCommand(program, "rm", {
    quiet: "handles",
    summary: "delete tasks; todo restore and todo undo bring them back",
    notes: [ALL_OR_NONE],
    examples: ["todo rm kqv", "todo rm kqv bqz --yes"],
    list: true,
    writes: true,
  })
    .argument(...REFS_ARGUMENT)
    .option("-y, --yes", "delete several tasks without asking")
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
  return printOutcome(invocation, await deleteTasks(workspace, () => resolveRefs(workspace, named)), {
    refs,
    verb: sayVerb(invocation, "Deleted", "delete"),
    already: "was deleted already",
  });
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
