import { withoutHiding } from "../../domain/dates/waiting.ts";
import { type Condition, listConditions, PENDING } from "../../domain/query/query.ts";
import { countTasks } from "../../services/tasks/list-tasks.ts";
import { isForReading, type TaskOutput } from "./output.ts";
import { printNote } from "./print.ts";

const NOTHING_TO_DO = "Nothing to do. Add a task with: todo add WORDS";

/** Tells a person that no task is open, and how many are but hidden. */
export async function noteNothingToDo(output: TaskOutput): Promise<void> {
  printNote(output, describeNothing(await countTasks(await output.workspace(), [PENDING])));
}

/** What is said where no open task is shown. */
export function describeNothing(waiting: number): string {
  return waiting === 0 ? NOTHING_TO_DO : `Nothing to do now. ${countWaiting(waiting)}`;
}

/** `3 wait: todo list is:waiting` */
export function countWaiting(count: number): string {
  return `${count === 1 ? "1 waits" : `${count} wait`}: todo list is:waiting`;
}

/** Tells a person that a filter found nothing, and how many tasks it would find that are hidden now. */
export async function noteNoSuchTasks(output: TaskOutput, where: readonly Condition[]): Promise<void> {
  const shown = withoutHiding(where);
  const waiting = shown.length === where.length ? 0 : await countTasks(await output.workspace(), shown);
  if (waiting > 0) return printNote(output, `No such tasks now. ${countWaiting(waiting)}`);
  printNote(output, "No such tasks.");
  return (await import("./unknown-names.ts")).noteUnknownNames(output, where);
}

/**
 * Tells a person that no open task `isSo`, such as `is due today`, and what there is instead. `filter` is what else was
 * asked for.
 */
export async function noteNothing(output: TaskOutput, isSo: string, filter: readonly Condition[]): Promise<void> {
  if (!isForReading(output)) return;
  if (isFiltered(filter)) {
    printNote(output, `No such task ${isSo}.`);
    return (await import("./unknown-names.ts")).noteUnknownNames(output, filter);
  }
  const open = await countTasks(await output.workspace(), filter);
  if (open === 0) return noteNothingToDo(output);
  printNote(output, `Nothing ${isSo}. ${open === 1 ? "1 task is" : `${open} tasks are`} open: todo list`);
}

/** Whether somebody asked for more than what lists show anyway. */
function isFiltered(filter: readonly Condition[]): boolean {
  return listConditions(filter).some(({ kind }) => kind !== "status" && kind !== "waiting");
}
