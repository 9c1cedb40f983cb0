import { type DueGroup, localDayOf } from "../../domain/dates/due-groups.ts";
import type { Task } from "../../domain/task/task.ts";
import type { System } from "../../ports/system.ts";
import { formatDayName, formatTime } from "../../domain/dates/format-date.ts";
import type { Entry, Pages } from "./list-lines.ts";
import { isForReading, type TaskOutput } from "./output.ts";

export const GROUP_NAMES = {
  overdue: "Overdue",
  today: "Today",
  this_week: "This week",
  later: "Later",
  no_date: "No date",
} as const satisfies Record<DueGroup, string>;

/** Under which heading a task stands, and what is said of its date there, if not what is said elsewhere. */
export type PlaceTask = (task: Task) => { readonly heading: string; readonly when?: string };

/** Puts tasks into sections. Those of one section follow each other. */
export type Sections = (pages: Pages<Task>) => AsyncIterable<readonly Entry[]>;

/** The place of a task under the user's day of a date, with the time of a moment. */
export function placeUnderDay(date: string, system: System): ReturnType<PlaceTask> {
  return { heading: formatDayName(localDayOf(date, system.timeZone()), system), when: formatTime(date, system) };
}

/** One list in which something is said of each task. */
export function saying(describe: (task: Task) => string): Sections {
  return async function* (pages) {
    for await (const tasks of pages) yield tasks.map((task) => ({ task, words: describe(task) }));
  };
}

/** The sections, on a terminal, of tasks that come in their order already. In a pipe there are none. */
export function sectionsOnTerminal(output: TaskOutput, place: PlaceTask): Sections | undefined {
  if (!isForReading(output)) return undefined;
  return async function* (pages) {
    for await (const tasks of pages) yield tasks.map((task) => ({ task, ...place(task) }));
  };
}
