import type { Outcome } from "../../services/tasks/change-tasks.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import { describeTask, printChanged, printNote, printTasks } from "./print.ts";
import type { TaskOutput } from "./output.ts";

/** Prints the tasks that a command changed and, beside them, those that needed no change. JSON has them all. */
export async function printOutcome(
  output: TaskOutput,
  { changed, unchanged }: Outcome,
  words: { readonly verb: string; readonly already: string },
): Promise<void> {
  if (output.format !== "text") return printTasks(output, [[...changed, ...unchanged]]);
  if (changed.length > 0) await printChanged(output, words.verb, changed);
  if (unchanged.length === 0) return;
  const shorten = await shortenHandles(await output.workspace(), unchanged);
  for (const task of unchanged) printNote(output, `${describeTask(output, task, shorten(task))}: ${words.already}`);
}
