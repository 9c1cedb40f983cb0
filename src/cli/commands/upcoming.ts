import type { Command } from "commander";
import { conditionOfGroup, findDueRanges } from "../../domain/dates/due-groups.ts";
import type { Condition } from "../../domain/query/query.ts";
import { listByDay } from "../../services/tasks/list-by-day.ts";
import { countTasks } from "../../services/tasks/list-tasks.ts";
import { type CommandContext, defineCommand, FILTER_ARGUMENT, NO_CONTEXT_OPTION, NO_PAGER_OPTION } from "../context.ts";
import { readListFilter } from "../input/list-filter.ts";
import { addLookOptions, readLook } from "../input/list-look.ts";
import type { Invocation, ViewFlags } from "../invocation.ts";
import { noteNothing } from "../output/nothing.ts";
import { isForReading } from "../output/output.ts";
import { printNote } from "../output/print.ts";
import { type PlaceTask, placeUnderDay, sectionsOnTerminal } from "../output/sections.ts";
import { printCount, printView } from "../output/view.ts";

export function registerUpcoming(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "upcoming", {
    quiet: "handles",
    summary: "list what is still to come, day by day",
    examples: ["todo upcoming", "todo upcoming due.before:+14d", "todo upcoming project:Work --json"],
    list: true,
  }).argument(...FILTER_ARGUMENT);
  addLookOptions(command)
    .option(...NO_CONTEXT_OPTION)
    .option(...NO_PAGER_OPTION)
    .action((terms: string[], flags: ViewFlags) => upcoming(context.start(flags), terms, flags));
}

export async function upcoming(invocation: Invocation, terms: readonly string[], flags: ViewFlags): Promise<void> {
  const look = readLook(invocation, flags);
  const { system } = invocation.io;
  const ranges = findDueRanges(system);
  const filter = await readListFilter(invocation, terms);
  const where: Condition[] = [...filter, { kind: "dated", date: "dueDate", from: ranges.today.from }];
  if (flags.count) return printCount(invocation, where);
  const workspace = await invocation.workspace();
  const place: PlaceTask = ({ dueDate }) => placeUnderDay(dueDate ?? "", system);
  const list = () => listByDay(workspace, where);
  const shown = await printView(invocation, list, look, sectionsOnTerminal(invocation, place));
  if (!isForReading(invocation)) return;
  if (shown === 0) return noteNothing(invocation, "is due from now on", filter);
  const overdue = await countTasks(workspace, [...filter, conditionOfGroup("overdue", ranges)]);
  if (overdue > 0) printNote(invocation, `${overdue} overdue. See: todo today`);
}
