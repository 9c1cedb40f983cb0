import type { Command } from "commander";
import { datedIn, type Period, readPeriod } from "../../domain/dates/period.ts";
import { isCancelled } from "../../domain/task/closing.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Condition, TaskQuery } from "../../domain/query/query.ts";
import { listPages } from "../../services/tasks/list-tasks.ts";
import type { System } from "../../ports/system.ts";
import {
  type CommandContext,
  defineCommand,
  FILTER_ARGUMENT,
  joinWords,
  NO_CONTEXT_OPTION,
  NO_PAGER_OPTION,
  PERIOD_ARGUMENT,
} from "../context.ts";
import { isNarrowed, readListFilter } from "../input/list-filter.ts";
import { addLookOptions, readLook } from "../input/list-look.ts";
import type { Invocation, ViewFlags } from "../invocation.ts";
import { isForReading } from "../output/output.ts";
import { formatPeriod } from "../output/period.ts";
import { printNote } from "../output/print.ts";
import { type PlaceTask, placeUnderDay, sectionsOnTerminal } from "../output/sections.ts";
import { printCount, printView } from "../output/view.ts";

export function registerCompleted(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "completed", {
    quiet: "handles",
    summary: "list what was completed or cancelled, newest first",
    examples: ["todo completed", "todo completed today", "todo completed last month project:Work"],
    list: true,
  })
    .argument(...PERIOD_ARGUMENT)
    .argument(...FILTER_ARGUMENT);
  addLookOptions(command)
    .option(...NO_CONTEXT_OPTION)
    .option(...NO_PAGER_OPTION)
    .action((first: string | undefined, more: string[], flags: ViewFlags) =>
      completed(context.start(flags), joinWords(first, more), flags),
    );
}

async function completed(invocation: Invocation, words: readonly string[], flags: ViewFlags): Promise<void> {
  const look = readLook(invocation, flags);
  const { system } = invocation.io;
  const { period, rest: terms } = readPeriod(words, system) ?? { rest: words };
  const filter = await readListFilter(invocation, terms, "completed");
  const inPeriod = period ? [datedIn("completedAt", period, system)] : [];
  const where: Condition[] = [{ kind: "status", status: "completed" }, ...filter, ...inPeriod];
  if (flags.count) return printCount(invocation, where);
  const query: TaskQuery = { where, sort: "completed", reverse: true };
  const workspace = await invocation.workspace();
  const place: PlaceTask = (task) => {
    const { heading, when } = placeUnderDay(task.completedAt ?? "", system);
    return { heading, when: `${describeEnd(task)}${when}` };
  };
  const list = () => listPages(workspace, query);
  const shown = await printView(invocation, list, look, sectionsOnTerminal(invocation, place));
  if (shown > 0 || !isForReading(invocation)) return;
  printNote(invocation, describeNothing(period, isNarrowed(invocation, terms), system));
}

/** What is said before the time of a task that was not done. */
function describeEnd(task: Task): string {
  if (isCancelled(task)) return "cancelled ";
  return task.skipped ? "skipped " : "";
}

function describeNothing(period: Period | undefined, isFiltered: boolean, system: System): string {
  const subject = isFiltered ? "No such task" : "No task";
  if (period)
    return `${subject} was completed in this period, ${formatPeriod(period, system)}. See all: todo completed`;
  return isFiltered ? `${subject} was completed.` : "No task was completed yet. Complete one with: todo done HANDLE";
}
