import { isDay } from "../../domain/dates/due-date.ts";
import { localDayOf } from "../../domain/dates/due-groups.ts";
import { DAY_MS } from "../../domain/durations.ts";
import type { Condition } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import { compareText } from "../../domain/task/text.ts";
import type { Workspace } from "../workspace.ts";
import { listPages } from "./list-tasks.ts";

/** A task with its due date, and the user's day of it. */
type DatedTask = { readonly task: Task; readonly due: string; readonly day: string };

/** Sorts after the day of every due date. */
const NO_DATE = "~";

/**
 * Tasks by due date in pages, in the order of the user's days. Databases order moments by their day in UTC, which may be
 * the day before or after, so tasks wait until no earlier one can follow.
 */
export async function* listByDay(
  workspace: Workspace,
  where: readonly Condition[],
  size?: number,
): AsyncGenerator<readonly Task[]> {
  let waiting: readonly DatedTask[] = [];
  for await (const page of listPages(workspace, { where, sort: "due_date" }, size)) {
    const dated = sortByDay([...waiting, ...dateTasks(workspace, page)]);
    const reached = Date.parse(page.at(-1)?.dueDate?.slice(0, 10) ?? "");
    const next = dated.findIndex(({ day }) => !(Date.parse(day) + DAY_MS < reached));
    if (next > 0) yield dated.slice(0, next).map(({ task }) => task);
    waiting = dated.slice(next);
  }
  if (waiting.length > 0) yield waiting.map(({ task }) => task);
}

/** Tasks in the same order. */
export function orderByDay(workspace: Workspace, tasks: readonly Task[]): Task[] {
  return sortByDay(dateTasks(workspace, tasks)).map(({ task }) => task);
}

function dateTasks({ system }: Workspace, tasks: readonly Task[]): DatedTask[] {
  const zone = system.timeZone();
  return tasks.map((task) => {
    const due = task.dueDate ?? NO_DATE;
    return { task, due, day: localDayOf(due, zone) };
  });
}

/** Of one day the moments come first, then what is due until it ends. */
function sortByDay(dated: readonly DatedTask[]): DatedTask[] {
  return dated.toSorted(
    (one, other) =>
      compareText(one.day, other.day) ||
      Number(isDay(one.due)) - Number(isDay(other.due)) ||
      compareText(one.due, other.due),
  );
}
