import { TodoError } from "../../../domain/errors.ts";
import { type Condition, findClosedStatus, KEPT, listConditions } from "../../../domain/query/query.ts";
import type { Task } from "../../../domain/task/task.ts";
import { foldText, formatTaskCount } from "../../../domain/task/text.ts";
import type { Workspace } from "../../workspace.ts";
import type { FindTasks, Precondition } from "../change-tasks.ts";
import { findFirst } from "../find-subtasks.ts";
import { listPages } from "../list-tasks.ts";

/** A page of the filters that no index serves reads and sorts all tasks, so there are few. */
const PAGE_TASKS = 5000;

/** What a filter found, as every change of tasks takes it. */
export type Matches = {
  readonly tasks: readonly Task[];
  readonly find: FindTasks;
  readonly requires: Precondition;
  /** Whether a completion leaves alone what is closed. A filter that asks for cancelled tasks means to have them done. */
  readonly keepsClosed: boolean;
};

export type MatchOptions = {
  /** How many tasks the filter must find. */
  readonly expect?: number | undefined;
  /** How many it may find. */
  readonly max?: number | undefined;
  /** Their order, if it is not the soonest first. */
  readonly compare?: ((one: Task, other: Task) => number) | undefined;
};

/**
 * The tasks that meet all conditions, to be changed together. `find` answers them as they were read, then
 * those of them that still meet the conditions: what somebody agreed to is these tasks and no others. Throws `conflict` if
 * there are not as many as expected, and `invalid_input` if there are more than there may be, and for a text that is in every task.
 */
export async function findMatches(
  workspace: Workspace,
  where: readonly Condition[],
  { expect, max, compare }: MatchOptions = {},
): Promise<Matches> {
  refuseEmptyText(where);
  const read = async (...more: readonly Condition[]) => {
    // What is deleted can't be changed.
    const conditions = [...where, KEPT, ...more];
    const tasks = await readTasks(workspace, conditions, max);
    if (max !== undefined && tasks.length > max) throw await tooMany(workspace, conditions, max);
    if (expect !== undefined && tasks.length !== expect) throw unexpected(tasks.length, expect);
    return compare ? tasks.toSorted(compare) : tasks;
  };
  const tasks = await read();
  const ids = tasks.map(({ id }) => id);
  return {
    tasks,
    find: findFirst(tasks, () => read({ kind: "among", ids })),
    // With a precondition nothing is written if one of the tasks was changed since. The filter is read again then.
    requires: () => undefined,
    keepsClosed: findClosedStatus(where) !== "cancelled",
  };
}

/** A script with an unset variable must not change all that is open: `""`, or an accent alone. */
function refuseEmptyText(where: readonly Condition[]): void {
  if (!listConditions(where).some((condition) => condition.kind === "text" && foldText(condition.text) === "")) return;
  const message = "the filter looks for an empty text, which is in every task";
  throw new TodoError("invalid_input", message, {
    hints: ["To change all open tasks: --where status:pending"],
    issues: [{ path: "filter", message }],
  });
}

async function readTasks(workspace: Workspace, where: readonly Condition[], max: number | undefined): Promise<Task[]> {
  const query = { where, sort: "due_date", isSearch: true, ...(max !== undefined && { limit: max + 1 }) } as const;
  // Once each: one that gets a later date between two pages is in both.
  const tasks = new Map<string, Task>();
  for await (const page of listPages(workspace, query, PAGE_TASKS)) for (const task of page) tasks.set(task.id, task);
  return [...tasks.values()];
}

async function tooMany({ store, user }: Workspace, where: readonly Condition[], max: number): Promise<TodoError> {
  const matched = await store.count(user, where);
  const message = `it finds ${formatTaskCount(matched)}, and ${max} can be changed at once`;
  return new TodoError("invalid_input", "the filter finds too many tasks", {
    issues: [{ path: "filter", message }],
    matched,
  });
}

function unexpected(matched: number, expect: number): TodoError {
  const found = formatTaskCount(matched);
  return new TodoError("conflict", `the filter finds ${found} instead of ${expect}, so nothing was changed`, {
    matched,
  });
}
