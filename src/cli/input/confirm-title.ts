import { TodoError } from "../../domain/errors.ts";
import { suggestOneOf } from "../../domain/nearest.ts";
import { writeKeyed } from "../../domain/keys.ts";
import { FIELD_KEYS } from "../../domain/task/field-keys.ts";
import { refuseStrayKeys } from "../../domain/quick-add/stray-keys.ts";
import { PRIORITIES, type Task } from "../../domain/task/task.ts";
import { quoteShort } from "../../domain/task/text.ts";
import { countOpen } from "../../services/tasks/list-tasks.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { TaskOutput } from "../output/output.ts";
import { printNote } from "../output/print.ts";
import { confirm, confirmShown } from "./confirm.ts";

/**
 * Asks whether words that stand alone are to replace the title, and tells what else they may mean. A dry run asks
 * nothing. Throws `usage` where nobody can be asked: a script must not lose a title to a misspelt word.
 */
export async function confirmTitle(
  output: TaskOutput,
  tasks: readonly Task[],
  bare: string,
  title: string,
): Promise<boolean> {
  const refusal = refuseStrayKeys(bare);
  if (refusal) throw refusal;
  const guesses = (await guessMeaning(output, bare)).flatMap((guess) => suggestOneOf([guess]));
  if (!output.io.input.isTerminal()) {
    throw new TodoError("usage", `words alone do not replace a title: ${quoteShort(bare)}`, {
      hints: [...guesses, "To replace the title, give it with --title."],
    });
  }
  if (output.isDryRun) return true;
  for (const guess of guesses) printNote(output, escapeControls(guess));
  const [task, another] = tasks;
  if (!task) return false;
  const to = `to ${quoteShort(title)}?`;
  if (!another) return confirm(output, escapeControls(`Change the title ${quoteShort(task.title)} ${to}`));
  return confirmShown(output, tasks, escapeControls(`Change the titles of these ${tasks.length} tasks ${to}`));
}

/** Other readings of the words: a key without its colon, or the name of a priority, a tag or a project. */
async function guessMeaning(output: TaskOutput, bare: string): Promise<string[]> {
  const [first = "", ...rest] = bare.split(/\s+/);
  // People write `due tomorrow` when they mean `due:tomorrow`.
  const key = FIELD_KEYS.find(({ name }) => name === first.toLowerCase());
  if (key && rest.length > 0) return [writeKeyed({ key: key.name, value: rest.join(" ") })];
  if (PRIORITIES.some((priority) => priority === bare)) return [writeKeyed({ key: "priority", value: bare })];
  const workspace = await output.workspace();
  const [tags, projects] = await Promise.all([countOpen(workspace, "tags"), countOpen(workspace, "projects")]);
  return [
    ...(tags.some(({ name }) => name === bare) ? [`+${bare}`] : []),
    ...(projects.some(({ name }) => name === bare) ? [writeKeyed({ key: "project", value: bare })] : []),
  ];
}
