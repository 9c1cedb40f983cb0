import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { toWireAgenda } from "../../contract/agenda.ts";
import { DEFAULT_AGENDA_DAYS, MAX_AGENDA_DAYS } from "../../domain/agenda/agenda.ts";
import { readAgenda } from "../../services/tasks/agenda.ts";
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
import { printAgenda } from "../output/agenda.ts";
import { noteNothing } from "../output/nothing.ts";
import { isForReading } from "../output/output.ts";
import { printJson, printNote, printText } from "../output/print.ts";

/** Nobody reads more, and it is printed in a fraction of a second. */
const LIMIT = { items: 5000, characters: Number.POSITIVE_INFINITY };

const NOTES = [
  "Under a day stands what is due, what is planned for it, and what is to come of tasks that repeat: first what has a time.",
  "What is overdue, or was planned for a day that is over, is for today. Of what is overdue the oldest 20 are shown.",
];

export function registerAgenda(program: Command, context: CommandContext): void {
  defineCommand(program, "agenda", {
    quiet: "handles",
    summary: "show what is due, planned and to come, day by day",
    examples: ["todo agenda", "todo agenda 14 project:Work", "todo agenda 1 --json"],
    notes: [{ paragraphs: NOTES }],
  })
    .argument("[days]", `how many days, from 1 to ${MAX_AGENDA_DAYS}; default: ${DEFAULT_AGENDA_DAYS}`)
    .argument(...FILTER_ARGUMENT)
    .option(...NO_CONTEXT_OPTION)
    .option(...NO_PAGER_OPTION)
    .action((first: string | undefined, more: string[], flags: CommonFlags) =>
      agenda(context.start(flags), joinWords(first, more), flags),
    );
}

export async function agenda(invocation: Invocation, words: readonly string[], flags: CommonFlags): Promise<void> {
  const { days, terms } = readDays(words);
  const filter = await readOpenFilter(invocation, terms);
  const { system } = invocation.io;
  const request = { from: system.today(), days, limit: LIMIT };
  const found = await readAgenda(await invocation.workspace(), filter, request);
  const items = found.days.flatMap((day) => day.items);
  if (invocation.format === "json") return printJson(invocation, toWireAgenda(found, system.timeZone()));
  if (invocation.format === "quiet") {
    const handles = new Set(items.map(({ task }) => task.handle));
    return handles.size === 0 ? undefined : printText(invocation, [...handles].join("\n"));
  }
  await printAgenda(invocation, found, { usePager: flags.pager !== false });
  if (!isForReading(invocation)) return;
  if (items.length === 0) return noteNothing(invocation, `is due or planned ${nameDays(days)}`, filter);
  const more = found.overdue - items.filter(({ kind }) => kind === "overdue").length;
  if (more > 0) printNote(invocation, `${more} more ${more === 1 ? "is" : "are"} overdue. See: todo list overdue`);
  if (found.isCut) printNote(invocation, `These are the first ${LIMIT.items}. A smaller number of days shows all.`);
}

/** The number of days, if the first word is one. Throws `usage` for one that no agenda has. */
function readDays(words: readonly string[]): { readonly days: number; readonly terms: readonly string[] } {
  const [first = "", ...rest] = words;
  if (!/^-?\d+$/.test(first)) return { days: DEFAULT_AGENDA_DAYS, terms: words };
  const days = Number(first);
  if (days >= 1 && days <= MAX_AGENDA_DAYS) return { days, terms: rest };
  throw new TodoError("usage", `an agenda has 1 to ${MAX_AGENDA_DAYS} days, not ${first}`, {
    hints: ["To look for a number: todo list NUMBER"],
  });
}

function nameDays(days: number): string {
  return days === 1 ? "for today" : `within ${days} days`;
}
