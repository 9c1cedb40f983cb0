import { findWaiting, hideWaiting } from "../../domain/dates/waiting.ts";
import { BANDS, conditionsOfBand, findBandBounds, findReason, type Reason } from "../../domain/query/bands.ts";
import { type Condition, PENDING } from "../../domain/query/query.ts";
import { findPlannedForLater, findReady } from "../../domain/query/ready.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Workspace } from "../workspace.ts";
import { countTasks, listPages } from "./list-tasks.ts";
import { findBlocked } from "./tree/find-blocked.ts";

/** A task that can be done now, and why to do it, which is why it is in its band. */
export type NextTask = { readonly task: Task; readonly reason: Reason };

/** The first tasks to do next, in their order, and the ids of all that are blocked. */
export type NextTasks = { readonly items: readonly NextTask[]; readonly blocked: readonly string[] };

/** How many open tasks can be done now, and how many not, each counted once: hidden, else planned for later, else blocked. */
export type NextCounts = {
  readonly ready: number;
  readonly blocked: number;
  readonly waiting: number;
  readonly planned: number;
};

/** At most `limit` of the tasks that can be done now and meet the filter. Later bands are not read once there are so many. */
export async function readNext(workspace: Workspace, filter: readonly Condition[], limit: number): Promise<NextTasks> {
  const { system } = workspace;
  const { blocked } = await findBlocked(workspace);
  const ready = [...findReady(blocked, system), ...filter];
  const bounds = findBandBounds(system);
  const items: NextTask[] = [];
  for (const band of BANDS) {
    const where = [...conditionsOfBand(band, bounds), ...ready];
    const query = { where, sort: "next", limit: limit - items.length } as const;
    for await (const page of listPages(workspace, query))
      items.push(...page.map((task) => ({ task, reason: findReason(task, bounds) })));
  }
  return { items, blocked };
}

/** The conditions of all tasks that can be done now and meet the filter. */
export async function findReadyNow(workspace: Workspace, filter: readonly Condition[]): Promise<Condition[]> {
  const { blocked } = await findBlocked(workspace);
  return [...findReady(blocked, workspace.system), ...filter];
}

/** What becomes of the open tasks that meet the filter, also of those that lists hide, if these are the blocked ones. */
export async function countNext(
  workspace: Workspace,
  filter: readonly Condition[],
  blocked: readonly string[],
): Promise<NextCounts> {
  const { system } = workspace;
  const count = (...where: readonly Condition[]) =>
    countTasks(workspace, [PENDING, ...filter.filter(isNoHiding), ...where]);
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

function isNoHiding(condition: Condition): boolean {
  return condition.kind !== "not" || condition.condition.kind !== "waiting";
}
