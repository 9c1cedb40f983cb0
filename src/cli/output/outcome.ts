import type { FieldChange } from "../../domain/task/fields.ts";
import type { Task } from "../../domain/task/task.ts";
import { formatTaskCount } from "../../domain/task/text.ts";
import type { Changes, Outcome } from "../../services/tasks/change-tasks.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import { escapeControls } from "../../domain/escape.ts";
import { formatChanges, isRenamed, loadRecurrenceWords } from "./log-format.ts";
import type { TaskOutput } from "./output.ts";
import { describeTasks, printChanged, printNamed, printNote, printTasks, printText } from "./print.ts";

/** A long description would fill the screen. The log has all of it. */
const MAX_VALUE_CHARACTERS = 200;

/** More tasks would push what was said before off the screen. They are counted, unless they are what was asked for. */
const MAX_LISTED = 20;

/** What is said of tasks: `Done`, and of those that needed no change `was done already`. */
export type OutcomeWords = { readonly verb: string; readonly already: string };

/** A command's verb, which a dry run says in the conditional: `Would delete` for `Deleted`. */
export function sayVerb({ isDryRun }: TaskOutput, past: string, infinitive: string): string {
  return isDryRun ? `Would ${infinitive}` : past;
}

/**
 * Prints the tasks that a command changed, those that changed along with them and, beside them, those that needed no change. Many
 * are only counted. JSON has all that were named, an object if it was one.
 */
export async function printOutcome(
  output: TaskOutput,
  outcome: Outcome,
  { isOne, ...words }: OutcomeWords & { readonly isOne: boolean },
): Promise<void> {
  const { changed, unchanged, alsoChanged = [], occurrences } = outcome;
  if (output.format !== "text") return printNamed(output, [...changed, ...unchanged], isOne);
  if (isOnlyCounted(output, countAll(outcome))) return printCounts(output, outcome, words.verb);
  if (occurrences) {
    // What few tasks need is loaded only for them.
    const { printOccurrences } = await import("./occurrences.ts");
    return printOccurrences(output, outcome, words);
  }
  const all = [...changed, ...alsoChanged];
  if (all.length > 0) await printChanged(output, words.verb, all);
  return printUnchanged(output, unchanged, words.already);
}

/** The same for an edit, which says of each task what it was and is. */
export async function printEdits(
  output: TaskOutput,
  outcome: Outcome,
  {
    isOne,
    verb = sayVerb(output, "Changed", "change"),
    already = "is so already",
  }: Partial<OutcomeWords> & { readonly isOne: boolean },
): Promise<void> {
  const { changed, changes, unchanged, alsoChanged = [] } = outcome;
  if (output.format !== "text") return printNamed(output, [...changed, ...unchanged], isOne);
  if (isOnlyCounted(output, countAll(outcome))) return printCounts(output, outcome, verb);
  const all = [...changed, ...alsoChanged];
  if (all.length > 0) await printChanges(output, verb, all, changes);
  return printUnchanged(output, unchanged, already);
}

/** Whether as many lines are only counted for a person. A dry run lists all, because somebody wants to see them. */
export function isOnlyCounted({ format, isDryRun }: TaskOutput, lines: number): boolean {
  return format === "text" && !isDryRun && lines > MAX_LISTED;
}

function countAll({ changed, alsoChanged = [], unchanged }: Outcome): number {
  return changed.length + alsoChanged.length + unchanged.length;
}

/** `Changed 42 tasks. Undo with: todo undo` */
async function printCounts(
  output: TaskOutput,
  { changed, alsoChanged = [], unchanged, occurrences }: Outcome,
  verb: string,
): Promise<void> {
  const count = changed.length + alsoChanged.length;
  if (count > 0) printText(output, `${verb} ${formatTaskCount(count)}. Undo with: todo undo`);
  if (occurrences) {
    const { noteMissed } = await import("./occurrences.ts");
    noteMissed(
      output,
      [...occurrences.values()].flatMap(({ missed }) => missed),
    );
  }
  if (unchanged.length > 0) printNote(output, `${formatTaskCount(unchanged.length)} needed no change`);
}

/** Prints a line for each changed task: `Changed kqv  Pay rent  due Fri 27 Nov → Mon 30 Nov`. */
export async function printChanges(
  output: TaskOutput,
  verb: string,
  tasks: readonly Task[],
  changes: Changes,
): Promise<void> {
  if (output.format !== "text") return printTasks(output, [tasks]);
  const lines = await describeChanges(output, tasks, changes);
  output.io.out.write(lines.map((line) => `${verb} ${line}\n`).join(""));
}

/** Tasks on a line each, with what changed: `kqv  Pay rent  due Fri 27 Nov → Mon 30 Nov`. */
export async function describeChanges(output: TaskOutput, tasks: readonly Task[], changes: Changes): Promise<string[]> {
  const { system } = output.io;
  const shorten = await shortenHandles(await output.workspace(), tasks);
  const describeRecurrence = await loadRecurrenceWords([...changes.values()].flat(), system);
  return tasks.map((task) => {
    const ofTask = changes.get(task.id) ?? [];
    const text = formatChanges(ofTask, { system, describeRecurrence, maxCharacters: MAX_VALUE_CHARACTERS });
    return describeChange(output, task, shorten(task), { changes: ofTask, text });
  });
}

/** A new title is told beside the old one, so it does not stand before them once more. */
function describeChange(
  { paint }: TaskOutput,
  task: Task,
  prefix: string,
  { changes, text }: { readonly changes: readonly FieldChange[]; readonly text: string },
): string {
  const title = isRenamed(changes) ? [] : [escapeControls(task.title)];
  return [paint("bold", prefix), ...title, text].filter((part) => part !== "").join("  ");
}

async function printUnchanged(output: TaskOutput, tasks: readonly Task[], already: string): Promise<void> {
  if (tasks.length === 0) return;
  for (const line of await describeTasks(output, tasks)) printNote(output, `${line}: ${already}`);
}
