import type { Command } from "commander";
import { findDueRanges, groupOfDue } from "../../domain/dates/due-groups.ts";
import { findDueOrPlanned } from "../../domain/query/bands.ts";
import { listByDay } from "../../services/tasks/list-by-day.ts";
import { type CommandContext, defineCommand, FILTER_ARGUMENT, NO_CONTEXT_OPTION, NO_PAGER_OPTION } from "../context.ts";
import { readListFilter } from "../input/list-filter.ts";
import { addLookOptions, readLook } from "../input/list-look.ts";
import type { Invocation, ViewFlags } from "../invocation.ts";
import { noteNothing } from "../output/nothing.ts";
import { type PlaceTask, GROUP_NAMES, sectionsOnTerminal } from "../output/sections.ts";
import { printCount, printView } from "../output/view.ts";

export function registerToday(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "today", {
    quiet: "handles",
    summary: "list what is overdue, due today or planned for today",
    examples: ["todo today", "todo today +home", "todo today --json"],
    list: true,
  }).argument(...FILTER_ARGUMENT);
  addLookOptions(command)
    .option(...NO_CONTEXT_OPTION)
    .option(...NO_PAGER_OPTION)
    .action((terms: string[], flags: ViewFlags) => today(context.start(flags), terms, flags));
}

export async function today(invocation: Invocation, terms: readonly string[], flags: ViewFlags): Promise<void> {
  const look = readLook(invocation, flags);
  const { system } = invocation.io;
  const ranges = findDueRanges(system);
  const filter = await readListFilter(invocation, terms);
  const where = [...filter, findDueOrPlanned(ranges.today.before)];
  if (flags.count) return printCount(invocation, where);
  const workspace = await invocation.workspace();
  const place: PlaceTask = ({ dueDate }) => {
    const group = groupOfDue(dueDate, ranges);
    return { heading: group === "overdue" || group === "today" ? GROUP_NAMES[group] : "Planned" };
  };
  const list = () => listByDay(workspace, where);
  const shown = await printView(invocation, list, look, sectionsOnTerminal(invocation, place));
  if (shown === 0) await noteNothing(invocation, "is due or planned for today", filter);
}
