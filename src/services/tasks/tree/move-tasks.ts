import { TodoError } from "../../../domain/errors.ts";
import type { Fields } from "../../../domain/task/registers.ts";
import type { Task } from "../../../domain/task/task.ts";
import { type Place, planRanks } from "../../../domain/tree/order.ts";
import type { Workspace } from "../../workspace.ts";
import { changeTasks, type FindTasks, type Outcome, type Precondition } from "../change-tasks.ts";
import { checkNewParent, requireParent } from "./check-links.ts";
import { findParents } from "./find-parents.ts";
import { loadAbove } from "./load-family.ts";
import { findSiblings } from "./find-siblings.ts";

/** Where tasks go. Without a parent they stay under theirs, or come to that of the task beside which they are placed. */
export type Destination = { readonly parent?: string | null | undefined; readonly place?: Place | undefined };

/**
 * Moves tasks in the tree and in the order of their siblings. Several keep the order in which they are named. Siblings that get a
 * rank with them are in `alsoChanged`. Throws as `changeTasks` does, and `invalid_input` for a place that makes no sense.
 */
export async function moveTasks(
  workspace: Workspace,
  find: FindTasks,
  destination: Destination,
  requires?: Precondition,
): Promise<Outcome> {
  let named: ReadonlySet<string> = new Set();
  let fields: ReadonlyMap<string, Fields> = new Map();
  const isNamed = ({ id }: Task) => named.has(id);
  const findAll = async () => {
    const tasks = await find();
    const plan = await planMoves(workspace, tasks, destination);
    named = new Set(tasks.map(({ id }) => id));
    fields = plan.fields;
    return [...tasks, ...plan.siblings.filter((task) => fields.has(task.id) && !isNamed(task))];
  };
  const outcome = await changeTasks(workspace, findAll, {
    decide: ({ id }) => ({ action: "move", fields: fields.get(id) ?? {} }),
    requires: requires && ((task) => (isNamed(task) ? requires(task) : undefined)),
    requiresUnchanged: true,
  });
  return {
    ...outcome,
    changed: outcome.changed.filter(isNamed),
    alsoChanged: outcome.changed.filter((task) => !isNamed(task)),
  };
}

/** What is written to which task, and the siblings among which they come to stand. */
type Plan = { readonly fields: ReadonlyMap<string, Fields>; readonly siblings: readonly Task[] };

type Parents = ReadonlyMap<string, string | null>;

async function planMoves(workspace: Workspace, tasks: readonly Task[], destination: Destination): Promise<Plan> {
  const { parent: asked, place } = destination;
  const beside = place && "id" in place ? await requireBeside(workspace, place) : undefined;
  const present = await findStandingParents(workspace, beside ? [...tasks, beside] : tasks);
  const target = asked === undefined && beside ? (present.get(beside.id) ?? null) : asked;
  const targetOf = ({ id }: Task) => (target === undefined ? (present.get(id) ?? null) : target);
  const plans = [...Map.groupBy(tasks, targetOf)].map(([parent, group]) => {
    // An explicit parent is written even where the task stands there already, because the one that it names is ignored.
    const arriving = group.filter((task) => (asked === undefined ? present.get(task.id) : task.parent) !== parent);
    return planGroup(workspace, { parent, arriving, group, beside: beside ? [beside] : [], place });
  });
  const planned = await Promise.all(plans);
  return {
    fields: new Map(planned.flatMap(({ fields }) => [...fields])),
    siblings: planned.flatMap(({ siblings }) => siblings),
  };
}

type Group = {
  readonly parent: string | null;
  readonly arriving: readonly Task[];
  /** Those that come under the parent, and those that stay there and get another place. */
  readonly group: readonly Task[];
  readonly beside: readonly Task[];
  readonly place: Place | undefined;
};

async function planGroup(workspace: Workspace, { parent, arriving, group, beside, place }: Group): Promise<Plan> {
  if (parent !== null && arriving.length > 0) {
    await checkNewParent(workspace, arriving, await requireParent(workspace, parent));
  }
  const fields = new Map<string, Fields>(arriving.map(({ id }) => [id, { parent }]));
  const siblings = place ? await findSiblings(workspace, parent, beside) : [];
  const ranks = place ? planRanks(siblings, group, place) : arriving.map(({ id }) => ({ id, rank: null }));
  const before = new Map([...siblings, ...group].map(({ id, rank }) => [id, rank]));
  for (const { id, rank } of ranks) {
    if (before.get(id) !== rank) fields.set(id, { ...fields.get(id), rank });
  }
  return { fields, siblings };
}

/** The task beside which others are placed. Throws `invalid_input` if it is not there or is deleted. */
async function requireBeside({ store, user }: Workspace, place: Extract<Place, { id: string }>): Promise<Task> {
  const [task] = await store.get(user, [place.id]);
  if (task && task.deletedAt === null) return task;
  throw new TodoError("invalid_input", "a task can only be placed beside one of your tasks", {
    issues: [{ path: place.kind, message: task ? "this task is deleted" : "there is no such task" }],
  });
}

async function findStandingParents(workspace: Workspace, tasks: readonly Task[]): Promise<Parents> {
  const above = await loadAbove(workspace, tasks);
  return (await findParents(workspace, [...tasks, ...above])).parents;
}
