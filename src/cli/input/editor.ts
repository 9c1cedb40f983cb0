import { TodoError, withHint } from "../../domain/errors.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Outcome } from "../../services/tasks/change-tasks.ts";
import { editTasks, isUnchangedSince } from "../../services/tasks/edit-tasks.ts";
import { findTask } from "../../services/tasks/find-tasks.ts";
import type { Io } from "../platform/io.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { TaskOutput } from "../output/output.ts";
import { printNote } from "../output/print.ts";

/** The editor of people who named none, as for git. */
const DEFAULT_EDITOR = "vi";

/**
 * Opens the user's editor on a task and saves the differences, or answers null if there are none. Throws
 * `invalid_input` with the line that is not understood, and `conflict` if the task changed meanwhile. The text is kept
 * in a file then.
 */
export async function editInEditor(output: TaskOutput, task: Task): Promise<Outcome | null> {
  const { io } = output;
  const editor = findEditor(io);
  const name = `todo-${task.handle}.txt`;
  // An edit with words starts without it.
  const { formatTaskForm, readTaskForm } = await import("./task-form.ts");
  const before = formatTaskForm(task, io.system);
  const { text: after, keptIn } = io.editText(editor, name, before);
  if (keptIn !== null) {
    const advice = 'If its window is still open, let it wait, as in EDITOR="code --wait".';
    printNote(output, `${escapeControls(editor)} ended at once. ${advice}\nYour text is kept in ${keptIn}`);
  }
  if (after === before) return null;
  try {
    const patch = readTaskForm(after, task, io.system);
    if (Object.keys(patch).length === 0) return null;
    const workspace = await output.workspace();
    const find = async () => [await findTask(workspace, task.id)];
    return await editTasks(workspace, find, patch, isUnchangedSince(task));
  } catch (error) {
    if (!(error instanceof TodoError)) throw error;
    throw withHint(error, `Your text is kept in ${io.keepText(name, after)}`);
  }
}

function findEditor({ env, hasProgram }: Io): string {
  const named = env["VISUAL"] || env["EDITOR"];
  if (named) return named;
  if (hasProgram(DEFAULT_EDITOR)) return DEFAULT_EDITOR;
  throw new TodoError("usage", "neither VISUAL nor EDITOR names your editor", {
    hints: ["Set one, or give words or flags, such as: todo edit kqv due:monday"],
  });
}
