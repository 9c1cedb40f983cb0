import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { readMonth } from "../../domain/dates/month.ts";
import { readCalendar } from "../../services/tasks/calendar.ts";
import {
  type CommandContext,
  defineCommand,
  FILTER_ARGUMENT,
  joinWords,
  NO_CONTEXT_OPTION,
  NO_PAGER_OPTION,
} from "../context.ts";
import { readOpenFilter } from "../input/open-filter.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { nameMonth, printCalendar } from "../output/calendar.ts";
import { noteNothing } from "../output/nothing.ts";
import { printJson } from "../output/print.ts";

const NOTES = [
  "A day with · has something due, also an occurrence to come of a task that repeats. One with ! has something overdue. Today is in brackets.",
  "What is planned for a day is in todo agenda, and in the numbers of --json.",
];

/** A year or another period in the place of the month, which would be looked for in titles. */
const NO_MONTH = /^(?:-?\d+|(?:last|this|next) (?:week|quarter|year))(?= |$)/i;

export function registerCalendar(program: Command, context: CommandContext): void {
  defineCommand(program, "calendar", {
    summary: "show on which days of a month something is due",
    examples: [
      "todo calendar",
      "todo calendar february 2027",
      "todo calendar next month project:Work",
      "todo cal --json",
    ],
    notes: [{ paragraphs: NOTES }],
  })
    .alias("cal")
    .argument("[month]", "such as feb, february 2027, 2027-02 or next month; default: this month and the next one")
    .argument(...FILTER_ARGUMENT)
    .option(...NO_CONTEXT_OPTION)
    .option(...NO_PAGER_OPTION)
    .action((first: string | undefined, more: string[], flags: CommonFlags) =>
      calendar(context.start(flags), joinWords(first, more), flags),
    );
}

export async function calendar(invocation: Invocation, words: readonly string[], flags: CommonFlags): Promise<void> {
  const { system } = invocation.io;
  const named = readMonth(words, system);
  if (!named) refuseNoMonth(words);
  const filter = await readOpenFilter(invocation, named?.rest ?? words);
  const month = named?.month ?? `${system.today().slice(0, 7)}-01`;
  const found = await readCalendar(await invocation.workspace(), filter, { month, months: named ? 1 : 2 });
  if (invocation.format === "json") {
    const days = found.days.map(({ day, counts }) => ({ day, ...counts }));
    return printJson(invocation, { days, overdue_before: found.overdueBefore });
  }
  if (invocation.format === "quiet") return;
  await printCalendar(invocation, found, { usePager: flags.pager !== false });
  const isEmpty = found.days.every(({ counts }) => counts.overdue + counts.due + counts.to_come === 0);
  const months = [...new Set(found.days.map(({ day }) => nameMonth(day.slice(0, 7))))];
  if (isEmpty) await noteNothing(invocation, `is due in ${months.join(" and ")}`, filter);
}

/** Throws `usage` if a number or a longer or shorter period comes first. */
function refuseNoMonth(words: readonly string[]): void {
  const [period] = NO_MONTH.exec(words.join(" ")) ?? [];
  if (period === undefined) return;
  throw new TodoError("usage", `a calendar is of one month, not of ${period}`, {
    hints: [
      "Write a month such as feb, february 2027, 2027-02 or next month.",
      "To look for a number: todo list NUMBER",
    ],
  });
}
