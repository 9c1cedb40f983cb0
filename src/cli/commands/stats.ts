import type { Command } from "commander";
import { parsePeriod, readPeriod } from "../../domain/dates/period.ts";
import {
  type CommandContext,
  defineCommand,
  FILTER_ARGUMENT,
  joinWords,
  NO_CONTEXT_OPTION,
  NO_PAGER_OPTION,
  PERIOD_ARGUMENT,
} from "../context.ts";
import type { WireStats } from "../../contract/stats.ts";
import type { Condition } from "../../domain/query/query.ts";
import { isNarrowed, readListFilter } from "../input/list-filter.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { isForReading } from "../output/output.ts";

const DEFAULT_PERIOD = "this month";

/** What a table can't say in words. */
const NOTES = [
  `Without a period it is ${DEFAULT_PERIOD}. What is deleted counts nowhere.`,
  "Done is what was completed, each occurrence of a repeating task by itself, but not what was cancelled or skipped.",
  "Waiting is what lists hide; overdue and blocked leave it out. On time is what was done by its due date, of what had one.",
  "Tracked time is kept by month, so only whole months have it.",
];

export function registerStats(program: Command, context: CommandContext): void {
  defineCommand(program, "stats", {
    summary: "show what was done and added in a period, and what is open",
    examples: ["todo stats", "todo stats last month project:Work", "todo stats this year --json"],
    notes: [{ paragraphs: NOTES }],
    without: ["quiet"],
  })
    .argument(...PERIOD_ARGUMENT)
    .argument(...FILTER_ARGUMENT)
    .option(...NO_CONTEXT_OPTION)
    .option(...NO_PAGER_OPTION)
    .action((first: string | undefined, more: string[], flags: CommonFlags) =>
      stats(context.start(flags), joinWords(first, more), flags),
    );
}

async function stats(invocation: Invocation, words: readonly string[], flags: CommonFlags): Promise<void> {
  const { system } = invocation.io;
  const { period, rest } = readPeriod(words, system) ?? { period: parsePeriod(DEFAULT_PERIOD, system), rest: words };
  const where = await readListFilter(invocation, rest, "all");
  const [{ readStats }, { printStats }] = await Promise.all([
    import("../../services/tasks/read-stats.ts"),
    import("../output/stats.ts"),
  ]);
  const read = await readStats(await invocation.workspace(), period, where);
  if (isForReading(invocation) && isEmpty(read)) return noteEmpty(invocation, rest, where);
  await printStats(invocation, read, { usePager: flags.pager !== false });
}

function isEmpty({ open, rows }: WireStats): boolean {
  return open === 0 && rows.every(({ done, added, skipped, cancelled }) => done + added + skipped + cancelled === 0);
}

async function noteEmpty(invocation: Invocation, terms: readonly string[], where: readonly Condition[]): Promise<void> {
  const { noteNoSuchTasks, noteNothingToDo } = await import("../output/nothing.ts");
  await (isNarrowed(invocation, terms) ? noteNoSuchTasks(invocation, where) : noteNothingToDo(invocation));
}
