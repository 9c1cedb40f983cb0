import type { FieldChange } from "../../domain/task/fields.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Changes, Outcome } from "../../services/tasks/change-tasks.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import { escapeControls } from "./escape.ts";
import { formatChanges, isRenamed, loadRecurrenceWords } from "./log-format.ts";
import type { TaskOutput } from "./output.ts";
import { describeTasks, printChanged, printNamed, printNote, printTasks } from "./print.ts";

/** A long description would fill the screen. The log has all of it. */
const MAX_VALUE_CHARACTERS = 200;

/** A command's verb, which a dry run says in the conditional: `Would delete` for `Deleted`. */
export function sayVerb({ isDryRun }: TaskOutput, past: string, infinitive: string): string {
  return isDryRun ? `Would ${infinitive}` : past;
}

/**
 * Prints the tasks that a command changed, those that changed along with them and, beside them, those that needed no change. JSON has
 * all that `refs` named.
 */
export async function printOutcome(
  output: TaskOutput,
  outcome: Outcome,
  { refs, ...words }: { readonly refs: readonly string[]; readonly verb: string; readonly already: string },
): Promise<void> {
  const { changed, unchanged, alsoChanged = [], occurrences } = outcome;
  if (output.format !== "text") return printNamed(output, [...changed, ...unchanged], refs);
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
  { changed, changes, unchanged, alsoChanged = [] }: Outcome,
  refs: readonly string[],
  words = { verb: sayVerb(output, "Changed", "change"), already: "is so already" },
): Promise<void> {
  if (output.format !== "text") return printNamed(output, [...changed, ...unchanged], refs);
  const all = [...changed, ...alsoChanged];
  if (all.length > 0) await printChanges(output, words.verb, all, changes);
  return printUnchanged(output, unchanged, words.already);
}

/** Prints a line for each changed task: `Changed kqv  Pay rent  due Fri 27 Nov → Mon 30 Nov`. */
export async function printChanges(
  output: TaskOutput,
  verb: string,
  tasks: readonly Task[],
  changes: Changes,
): Promise<void> {
  if (output.format !== "text") return printTasks(output, [tasks]);
  const { system } = output.io;
  const shorten = await shortenHandles(await output.workspace(), tasks);
  const describeRecurrence = await loadRecurrenceWords([...changes.values()].flat(), system);
  const lines = tasks.map((task) => {
    const ofTask = changes.get(task.id) ?? [];
    const text = formatChanges(ofTask, { system, describeRecurrence, maxCharacters: MAX_VALUE_CHARACTERS });
    return `${verb} ${describeChange(output, task, shorten(task), { changes: ofTask, text })}\n`;
  });
  output.io.out.write(lines.join(""));
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
