import type { Task } from "../../domain/task/task.ts";
import type { ClosedOccurrence, Outcome } from "../../services/tasks/change-tasks.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import { formatDue } from "../../domain/dates/format-date.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { TaskOutput } from "./output.ts";
import { describeTask, printNote, printText } from "./print.ts";
import { describeBriefly } from "./recurrence.ts";

/** More would fill the line. */
const MAX_NAMED = 3;

/**
 * Prints what became of occurrences, and beside it what was missed: `Done rnt  Pay rent  for Mon 16 Nov  next Wed 16 Dec  every
 * 16th`. Other tasks of the same change are as always.
 */
export async function printOccurrences(
  output: TaskOutput,
  { changed, unchanged, alsoChanged = [], occurrences = new Map() }: Outcome,
  { verb, already }: { readonly verb: string; readonly already: string },
): Promise<void> {
  const shorten = await shortenHandles(await output.workspace(), [...changed, ...alsoChanged, ...unchanged]);
  const describe = (task: Task) => {
    const closed = occurrences.get(task.id);
    return closed ? describeClosed(output, task, shorten(task), closed) : describeTask(output, task, shorten(task));
  };
  for (const task of [...changed, ...alsoChanged]) {
    printText(output, `${verb} ${describe(task)}`);
    noteMissed(output, occurrences.get(task.id)?.missed ?? []);
  }
  for (const task of unchanged) printNote(output, `${describe(task)}: ${already}`);
}

function describeClosed(
  { io: { system }, paint }: TaskOutput,
  task: Task,
  prefix: string,
  { dueDate }: ClosedOccurrence,
): string {
  const { completedAt, dueDate: next } = task;
  const after = completedAt === null && next !== null ? `next ${formatDue(next, system)}` : "the last one";
  const texts = [
    paint("bold", prefix),
    escapeControls(task.title),
    `for ${formatDue(dueDate, system)}`,
    after,
    describeBriefly(task),
  ];
  return texts.filter((text) => text !== "").join("  ");
}

/** Says beside what was printed which occurrences a series passed over. */
export function noteMissed(output: TaskOutput, missed: readonly string[]): void {
  if (missed.length === 0) return;
  const named = missed.slice(0, MAX_NAMED).map((due) => formatDue(due, output.io.system));
  const more = missed.length > MAX_NAMED ? ` and ${missed.length - MAX_NAMED} more` : "";
  printNote(output, `${missed.length} missed: ${named.join(", ")}${more}; "keeping missed" behind every: keeps them`);
}
