import type { Action } from "../../domain/task/action.ts";
import type { Task } from "../../domain/task/task.ts";
import { capitalize, formatTaskCount, shorten } from "../../domain/task/text.ts";
import type { Outcome } from "../../services/tasks/change-tasks.ts";
import type { Done } from "../protocol.ts";

/** Longer titles would not fit where the page says what was done. */
const MAX_TITLE_CHARACTERS = 60;

const NOTHING_CHANGED = "Nothing was changed";

/** What an action did, before the tasks to which it did it. */
export const VERBS = {
  add: "added",
  edit: "changed",
  complete: "completed",
  reopen: "reopened",
  cancel: "cancelled",
  skip: "skipped",
  detach: "detached",
  start: "started",
  stop: "stopped",
  note: "changed the notes of",
  move: "moved",
  delete: "deleted",
  restore: "restored",
  import: "imported",
  undo: "undid the change of",
  redo: "redid the change of",
  sync: "synced",
} as const satisfies Record<Action, string>;

/** `Completed “Pay rent”`, of a change to tasks that were named. */
export function describeOutcome(action: Action, { changed, alsoChanged = [] }: Outcome): Done {
  const tasks = [...changed, ...alsoChanged];
  return tasks.length === 0 ? { words: NOTHING_CHANGED, ids: [] } : describeDone(action, tasks);
}

export function describeDone(action: Action, tasks: readonly Task[]): Done {
  return { words: capitalize(describeAction(action, tasks)), ids: tasks.map(({ id }) => id) };
}

/** `completed 3 tasks`. The record of an occurrence comes with the task that repeats, and is not counted beside it. */
export function describeAction(action: Action, tasks: readonly Task[]): string {
  const ids = new Set(tasks.map(({ id }) => id));
  const counted = tasks.filter(({ series }) => series === null || !ids.has(series));
  const [only, another] = counted;
  const what = only && !another ? `“${shorten(only.title, MAX_TITLE_CHARACTERS)}”` : formatTaskCount(counted.length);
  return `${VERBS[action]} ${what}`;
}
