import { resolve } from "node:path";
import type { Command } from "commander";
import { readPlace } from "../../domain/database-url.ts";
import { listReminders } from "../../services/tasks/list-reminders.ts";
import { readFilter } from "../../services/tasks/read-filter.ts";
import { noteLastReminders, readLastReminders } from "../config/last-reminders.ts";
import { type CommandContext, defineCommand, FILTER_ARGUMENT, NO_PAGER_OPTION } from "../context.ts";
import { addLookOptions, readLook } from "../input/list-look.ts";
import { LAST, readSpan, type SpanFlags } from "../input/reminder-span.ts";
import type { Invocation, ViewFlags } from "../invocation.ts";
import { isForReading } from "../output/output.ts";
import { printNote, printText } from "../output/print.ts";
import { printReminders } from "../output/reminders.ts";

const NOTES = [
  `Without --since it is what fell due today. --since ${LAST} goes on where the last run with it ended, so that a job that runs now and then misses none and repeats none. The first one begins with today.`,
  "A due date without a time begins at midnight, so remind:1d is the midnight before. Hidden tasks are listed too, and a context does not count.",
];

export function registerReminders(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "reminders", {
    quiet: "handles",
    summary: "list the reminders that fell due",
    examples: [
      "todo reminders",
      "todo reminders --since now --until tomorrow",
      'todo reminders --since last --template "{title} {due}"',
    ],
    notes: [{ paragraphs: NOTES }],
    list: true,
  }).argument(...FILTER_ARGUMENT);
  addLookOptions(command)
    .option("--since <when>", `what fell due after this time or from this day; ${LAST}: since the last run`)
    .option("--until <when>", "what falls due up to this time, or until this day ends; default: now")
    .option(...NO_PAGER_OPTION)
    .action((terms: string[], flags: ViewFlags & SpanFlags) => reminders(context.start(flags), terms, flags));
}

/** Lists reminders. A context is for people who look, and would silence those of other tasks. */
async function reminders(
  invocation: Invocation,
  terms: readonly string[],
  flags: ViewFlags & SpanFlags,
): Promise<void> {
  const { io, literal, workspace } = invocation;
  const look = readLook(invocation, flags);
  const where = await readFilter({ terms, literal, otherwise: "all" }, io.system, workspace);
  const database = flags.since === LAST ? await nameDatabase(invocation) : undefined;
  const last = database === undefined ? undefined : readLastReminders(io, database);
  const span = readSpan(flags, last, io.system);
  const found = await listReminders(await workspace(), span, where);
  if (flags.count) printText(invocation, String(found.length));
  else await printReminders(invocation, found, look);
  // What was not printed is listed again.
  if (database !== undefined) noteLastReminders(io, database, span.before);
  if (found.length === 0 && isForReading(invocation)) {
    printNote(invocation, "No reminder fell due. Set one with: todo edit REF remind:30min");
  }
}

/** What tells one user's tasks from others on this device. */
async function nameDatabase({ place, workspace }: Invocation): Promise<string> {
  if (place.kind === "file") return resolve((await place.open()).file.path);
  return `${readPlace(place.url).origin} ${(await workspace()).user}`;
}
