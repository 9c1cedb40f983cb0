import {
  conditionOfGroup,
  DUE_GROUPS,
  type DueGroup,
  type DueRanges,
  findDueRanges,
  groupOfDue,
} from "../../domain/dates/due-groups.ts";
import { hideWaiting, withoutHiding } from "../../domain/dates/waiting.ts";
import { type Condition, PENDING } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Workspace } from "../workspace.ts";
import { orderByDay } from "./list-by-day.ts";
import { countTasks } from "./list-tasks.ts";

/** The first open tasks of a group, in the order of the user's days. */
export type TaskGroup = { readonly group: DueGroup; readonly tasks: readonly Task[] };

/**
 * Open tasks by groups, without empty ones, and how many there are: all, the overdue ones and those due today. What waits is in none
 * of these, and counted by itself.
 */
export type Overview = {
  readonly groups: readonly TaskGroup[];
  readonly open: number;
  readonly overdue: number;
  readonly today: number;
  readonly waiting: number;
};

/**
 * At most `limit` tasks of each group, of those that meet the conditions. It takes one read and one count if there are no more than that
 * in all.
 */
export async function readOverview(
  workspace: Workspace,
  limit: number,
  within: readonly Condition[] = [],
): Promise<Overview> {
  const ranges = findDueRanges(workspace.system);
  const visible = [PENDING, hideWaiting(workspace.system), ...within];
  const [all, pending] = await Promise.all([
    readFirst(workspace, visible, limit),
    // An index alone answers this. To count what waits each open task would be read.
    countTasks(workspace, [PENDING, ...withoutHiding(within)]),
  ]);
  const shown = all.isWhole ? groupTasks(all.tasks, ranges) : await readGroups(workspace, visible, ranges, limit);
  return { ...shown, waiting: Math.max(0, pending - shown.open) };
}

type Shown = Omit<Overview, "waiting">;

function groupTasks(tasks: readonly Task[], ranges: DueRanges): Shown {
  const byGroup = Map.groupBy(tasks, ({ dueDate }) => groupOfDue(dueDate, ranges));
  const count = (group: DueGroup) => byGroup.get(group)?.length ?? 0;
  const groups = DUE_GROUPS.map((group) => ({ group, tasks: byGroup.get(group) ?? [] }));
  return { groups: groups.filter(isFilled), open: tasks.length, overdue: count("overdue"), today: count("today") };
}

/** Each group by itself, because the order of the database is not quite that of the groups. */
async function readGroups(
  workspace: Workspace,
  visible: readonly Condition[],
  ranges: DueRanges,
  limit: number,
): Promise<Shown> {
  const where = (group: DueGroup) => [...visible, conditionOfGroup(group, ranges)];
  const readGroup = async (group: DueGroup) => ({
    group,
    tasks: (await readFirst(workspace, where(group), limit)).tasks,
  });
  const [groups, open, overdue, today] = await Promise.all([
    Promise.all(DUE_GROUPS.map(readGroup)),
    countTasks(workspace, visible),
    countTasks(workspace, where("overdue")),
    countTasks(workspace, where("today")),
  ]);
  return { groups: groups.filter(isFilled), open, overdue, today };
}

async function readFirst(workspace: Workspace, where: readonly Condition[], limit: number) {
  const { tasks, next } = await workspace.store.find(workspace.user, { where, sort: "due_date", limit });
  return { tasks: orderByDay(workspace, tasks), isWhole: next === undefined };
}

function isFilled({ tasks }: TaskGroup): boolean {
  return tasks.length > 0;
}
