import type { Command } from "commander";
import { COMPLETION_PERIODS, completedIn, type CompletionPeriod } from "../../domain/dates/completion-periods.ts";
import { isCancelled } from "../../domain/task/closing.ts";
import type { TaskQuery } from "../../domain/query/query.ts";
import { listPages } from "../../services/tasks/list-tasks.ts";
import { type CommandContext, defineCommand, NO_CONTEXT_OPTION, NO_PAGER_OPTION } from "../context.ts";
import { isNarrowed, readListFilter } from "../input/list-filter.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { isForReading } from "../output/output.ts";
import { printNote } from "../output/print.ts";
import { type PlaceTask, placeUnderDay, sectionsOnTerminal } from "../output/sections.ts";
import { printView } from "../output/view.ts";

const PERIOD_NAMES = { today: "today", yesterday: "yesterday", week: "since Monday", month: "this month" } as const;

export function registerCompleted(program: Command, context: CommandContext): void {
  defineCommand(program, "completed", {
    quiet: "handles",
    summary: "list what was completed or cancelled, newest first",
    examples: ["todo completed", "todo completed today", "todo completed week project:Work"],
    list: true,
  })
    .argument("[filter...]", "today, yesterday, week (since Monday) or month, then terms as in todo list")
    .option(...NO_CONTEXT_OPTION)
    .option(...NO_PAGER_OPTION)
    .action((words: string[], flags: CommonFlags) => completed(context.start(flags), words, flags));
}

async function completed(invocation: Invocation, words: readonly string[], flags: CommonFlags): Promise<void> {
  const { system } = invocation.io;
  const period = COMPLETION_PERIODS.find((name) => name === words[0]?.toLowerCase());
  const terms = period ? words.slice(1) : words;
  const filter = await readListFilter(invocation, ["status:completed", ...terms]);
  const query: TaskQuery = {
    where: period ? [...filter, completedIn(period, system)] : filter,
    sort: "completed",
    reverse: true,
  };
  const workspace = await invocation.workspace();
  const place: PlaceTask = (task) => {
    const day = placeUnderDay(task.completedAt ?? "", system);
    return isCancelled(task) ? { ...day, when: `cancelled ${day.when}` } : day;
  };
  const list = () => listPages(workspace, query);
  const shown = await printView(invocation, list, {
    sections: sectionsOnTerminal(invocation, place),
    usePager: flags.pager !== false,
  });
  if (shown > 0 || !isForReading(invocation)) return;
  printNote(invocation, describeNothing(period, isNarrowed(invocation, terms)));
}

function describeNothing(period: CompletionPeriod | undefined, isFiltered: boolean): string {
  const subject = isFiltered ? "No such task" : "No task";
  if (period) return `${subject} was completed ${PERIOD_NAMES[period]}.`;
  return isFiltered ? `${subject} was completed.` : "No task was completed yet. Complete one with: todo done HANDLE";
}
