import type { Command } from "commander";
import { readTree } from "../../services/tasks/tree/read-tree.ts";
import { type CommandContext, defineCommand, FILTER_ARGUMENT, NO_CONTEXT_OPTION, NO_PAGER_OPTION } from "../context.ts";
import { isNarrowed, readListFilter } from "../input/list-filter.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { noteNoSuchTasks, noteNothingToDo } from "../output/nothing.ts";
import { isForReading } from "../output/output.ts";
import { printTree } from "../output/tree.ts";

/** What a line can't say in words. */
const NOTES = [
  "Tasks stand in the order of todo move, each before its subtasks. 3 of 5 says how many of these are done.",
  "Waits for kqv: that task has to be done first. Ring: tasks that wait for each other, of which none waits.",
  "What waits until another day is left out, as in todo list.",
  "A title behind ‹ is that of a parent which is done.",
];

export function registerTree(program: Command, context: CommandContext): void {
  defineCommand(program, "tree", {
    quiet: "handles",
    summary: "show tasks with their subtasks",
    examples: ["todo tree", "todo tree project:House", "todo tree +work --json"],
    notes: [{ paragraphs: NOTES }],
    list: true,
  })
    .argument(...FILTER_ARGUMENT)
    .option(...NO_CONTEXT_OPTION)
    .option(...NO_PAGER_OPTION)
    .action((terms: string[], flags: CommonFlags) => tree(context.start(flags), terms, flags));
}

/** Prints the open tasks as a tree. Of those that meet a filter only they and what is above them. */
export async function tree(invocation: Invocation, terms: readonly string[], flags: CommonFlags): Promise<void> {
  const filter = await readListFilter(invocation, terms);
  const found = await readTree(await invocation.workspace(), filter);
  await printTree(invocation, found, { usePager: flags.pager !== false });
  if (found.forest.length > 0 || !isForReading(invocation)) return;
  await (isNarrowed(invocation, terms) ? noteNoSuchTasks(invocation, filter) : noteNothingToDo(invocation));
}
