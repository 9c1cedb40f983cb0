import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { quoteShort } from "../../domain/task/text.ts";
import type { TaskQuery } from "../../domain/query/query.ts";
import { countTasks, listPages } from "../../services/tasks/list-tasks.ts";
import { type CommandContext, defineCommand, NO_CONTEXT_OPTION, NO_PAGER_OPTION } from "../context.ts";
import { isNarrowed, readListFilter } from "../input/list-filter.ts";
import { GROUPING_NAMES, readGrouping } from "../input/grouping.ts";
import { addLookOptions, findChoice, readLook } from "../input/list-look.ts";
import { readSort, SORT_NAMES } from "../input/sort.ts";
import { noteNoSuchTasks, noteNothingToDo } from "../output/nothing.ts";
import { isForReading } from "../output/output.ts";
import { printNote } from "../output/print.ts";
import { printCount, printView } from "../output/view.ts";
import type { Invocation, ViewFlags } from "../invocation.ts";

type ListFlags = ViewFlags & { readonly sort?: string; readonly reverse?: boolean; readonly group?: string };

/** What a row can't say in words. */
const LEGEND = "On a terminal, H, M and L are priorities, and * marks a task with a description or notes.";

const TERMS =
  "terms such as +home, due.by:friday, project:House, priority:high, overdue, is:ready, joined by and, or, not; or words to look for; see todo help filters";

export function registerList(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "list", {
    quiet: "handles",
    summary: "list tasks, overdue and soonest first",
    examples: [
      "todo list",
      "todo list +home due.before:friday",
      "todo list project:none not:+someday --sort priority",
      "todo list status:completed --sort updated --reverse --limit 10",
    ],
    notes: [{ paragraphs: [LEGEND] }],
    list: true,
  })
    .alias("ls")
    .argument("[filter...]", TERMS)
    .option("--sort <key>", `sort by ${SORT_NAMES.join(", ")}`)
    .option("--reverse", "reverse the order")
    .option("--group <key>", `make sections by ${GROUPING_NAMES.join(", ")}`)
    .option("--limit <count>", "show at most this many tasks; 0 shows all");
  addLookOptions(command)
    .option(...NO_CONTEXT_OPTION)
    .option(...NO_PAGER_OPTION)
    .action((terms: string[], flags: ListFlags) => list(context.start(flags), terms, flags));
}

/** Prints the tasks that meet all terms. */
export async function list(invocation: Invocation, terms: readonly string[], flags: ListFlags): Promise<void> {
  const look = readLook(invocation, flags);
  const where = await readListFilter(invocation, terms);
  const limit = readLimit(flags.limit) ?? 0;
  if (flags.count) return printCount(invocation, where);
  const sort = readSort(findChoice(invocation, flags.sort, "list.sort") ?? "due");
  const query: TaskQuery = { where, sort, reverse: flags.reverse ?? false, ...(limit > 0 && { limit }) };
  const workspace = await invocation.workspace();
  const grouping = readGrouping(findChoice(invocation, flags.group, "list.group") ?? "none");
  const sections = grouping && (await import("../output/group-sections.ts")).inGroups(invocation, grouping);
  const shown = await printView(invocation, () => listPages(workspace, query), look, sections);
  if (!isForReading(invocation)) return;
  if (shown === 0) {
    return isNarrowed(invocation, terms) ? noteNoSuchTasks(invocation, where) : noteNothingToDo(invocation);
  }
  const more = shown === limit ? (await countTasks(workspace, where)) - shown : 0;
  if (more > 0) printNote(invocation, `${more} more. Leave out --limit to see them all.`);
}

/** A count of tasks from a flag. Throws `usage`. */
export function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new TodoError("usage", `--limit takes a number from 0, not ${quoteShort(text)}`);
}
