import type { Condition } from "../../domain/query/query.ts";
import { countTasks } from "../../services/tasks/list-tasks.ts";
import { isForReading, type TaskOutput } from "./output.ts";
import { printNote } from "./print.ts";

export const NOTHING_TO_DO = "Nothing to do. Add a task with: todo add WORDS";

/**
 * Tells a person that no open task `isSo`, such as `is due today`, and what there is instead. `filter` is what else was
 * asked for.
 */
export async function noteNothing(output: TaskOutput, isSo: string, filter: readonly Condition[]): Promise<void> {
  if (!isForReading(output)) return;
  if (filter.some(({ kind }) => kind !== "status")) {
    printNote(output, `No such task ${isSo}.`);
    return (await import("./unknown-names.ts")).noteUnknownNames(output, filter);
  }
  const open = await countTasks(await output.workspace(), [{ kind: "status", status: "pending" }]);
  const others = open === 1 ? "1 task is" : `${open} tasks are`;
  printNote(output, open === 0 ? NOTHING_TO_DO : `Nothing ${isSo}. ${others} open: todo list`);
}
