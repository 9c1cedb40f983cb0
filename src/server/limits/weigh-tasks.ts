import type { Task } from "../../domain/task/task.ts";

/** Tasks that together take about as long as a request for one. */
const TASKS_OF_A_REQUEST = 10;

/**
 * As how many requests a change of these tasks counts, beside the one that asks for it. What repeats costs as much as alone: its
 * rule is computed for each.
 */
export function weighTasks(tasks: readonly Task[]): number {
  const repeating = tasks.filter(({ recurrence }) => recurrence !== null).length;
  return repeating + Math.floor((tasks.length - repeating) / TASKS_OF_A_REQUEST);
}
