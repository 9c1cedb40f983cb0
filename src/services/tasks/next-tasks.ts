import { findWaiting, hideWaiting, withoutHiding } from "../../domain/dates/waiting.ts";
import { BANDS, conditionsOfBand, findBandBounds, findReason, type Reason } from "../../domain/query/bands.ts";
import { type Condition, PENDING, type TaskQuery } from "../../domain/query/query.ts";
import { findPlannedForLater, findReady } from "../../domain/query/ready.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Workspace } from "../workspace.ts";
import { countTasks, listPages } from "./list-tasks.ts";
import { findBlocked } from "./tree/find-blocked.ts";

/** A task that can be done now, and why to do it, which is why it is in its band. */
export type NextTask = { readonly task: Task; readonly reason: Reason };

/** How many open tasks can be done now, and how many not, each counted once: hidden, else planned for later, else blocked. */
export type NextCounts = {
  readonly ready: number;
  readonly blocked: number;
  readonly waiting: number;
  readonly planned: number;
};

/** At most `limit` of the tasks that can be done now and meet the filter, in their order. */
export async function readNext(workspace: Workspace, filter: readonly Condition[], limit: number): Promise<NextTask[]> {
  const { system } = workspace;
  const bounds = findBandBounds(system);
  const ready = [...findReady([], system), ...filter];
  const leaveOutBlocked = createBlockedFilter(workspace);
  const items: NextTask[] = [];
  for (const band of BANDS) {
    const query = { where: [...conditionsOfBand(band, bounds), ...ready], sort: "next" } as const;
    for await (const page of listFromFew(workspace, query, limit)) {
      const free = await leaveOutBlocked(page);
      items.push(...free.map((task) => ({ task, reason: findReason(task, bounds) })));
      // Most lists end here, with the first band or two.
      if (items.length >= limit) return items.slice(0, limit);
    }
  }
  return items;
}

/** All tasks of a query in pages, the first one with as many as are wanted, which is mostly enough. */
async function* listFromFew(workspace: Workspace, query: TaskQuery, wanted: number): AsyncGenerator<readonly Task[]> {
  if (wanted === Number.POSITIVE_INFINITY) return yield* listPages(workspace, query);
  const { tasks, next } = await workspace.store.find(workspace.user, { ...query, limit: Math.max(1, wanted) });
  yield tasks;
  if (next) yield* listPages(workspace, { ...query, after: next });
}

/** Few tasks wait for others, so which ones are blocked is only asked where one of a page does. */
function createBlockedFilter(workspace: Workspace) {
  let blocked: ReadonlySet<string> | undefined;
  return async (tasks: readonly Task[]): Promise<readonly Task[]> => {
    if (tasks.every(({ dependsOn }) => dependsOn.length === 0)) return tasks;
    const known = (blocked ??= new Set((await findBlocked(workspace)).blocked));
    return tasks.filter(({ id }) => !known.has(id));
  };
}

/** The conditions of all tasks that can be done now and meet the filter. */
export async function findReadyNow(workspace: Workspace, filter: readonly Condition[]): Promise<Condition[]> {
  const { blocked } = await findBlocked(workspace);
  return [...findReady(blocked, workspace.system), ...filter];
}

/** What becomes of the open tasks that meet the filter, also of those that lists hide. */
export async function countNext(workspace: Workspace, filter: readonly Condition[]): Promise<NextCounts> {
  const { system } = workspace;
  const { blocked } = await findBlocked(workspace);
  const all = [PENDING, ...withoutHiding(filter)];
  const count = (...where: readonly Condition[]) => countTasks(workspace, [...all, ...where]);
  const later = findPlannedForLater(system);
  const shown: Condition[] = [hideWaiting(system), { kind: "not", condition: later }];
  const [open, waiting, planned, held] = await Promise.all([
    count(),
    count(findWaiting(system)),
    count(hideWaiting(system), later),
    blocked.length === 0 ? 0 : count(...shown, { kind: "among", ids: blocked }),
  ]);
  return { ready: open - waiting - planned - held, blocked: held, waiting, planned };
}
