import { countTasks } from "../../services/tasks/list-tasks.ts";
import { isForReading, type TaskOutput } from "./output.ts";
import { printNote } from "./print.ts";

export const NOTHING_TO_DO = "Nothing to do. Add a task with: todo add WORDS";

/** Tells a person that no open task `isSo`, such as `is due today`, and what there is instead. */
export async function noteNothing(output: TaskOutput, isSo: string, filter: readonly string[]): Promise<void> {
  if (!isForReading(output)) return;
  if (filter.length > 0) return printNote(output, `No such task ${isSo}.`);
  const open = await countTasks(await output.workspace(), [{ kind: "status", status: "pending" }]);
  const others = open === 1 ? "1 task is" : `${open} tasks are`;
  printNote(output, open === 0 ? NOTHING_TO_DO : `Nothing ${isSo}. ${others} open: todo list`);
}
