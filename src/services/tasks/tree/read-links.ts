import { PENDING } from "../../../domain/query/query.ts";
import type { Task } from "../../../domain/task/task.ts";
import { findWaiting } from "../../../domain/tree/dependencies.ts";
import { compareByRank } from "../../../domain/tree/order.ts";
import type { Workspace } from "../../workspace.ts";
import { findParents } from "./find-parents.ts";
import { findChildren, isOpen, loadAbove } from "./load-family.ts";

/** What a task has to do with others, computed from them. */
export type Links = {
  readonly parent: Task | null;
  /** The parent that the task names and that is ignored, because the edge to it closes a ring. */
  readonly ignoredParent: Task | null;
  /** In their order, completed ones too. */
  readonly subtasks: readonly Task[];
  /** The open tasks that have to be done before it. */
  readonly waitsFor: readonly Task[];
  /** The tasks that wait for it and for which it waits: none of them blocks. */
  readonly ring: readonly Task[];
  /** The open tasks that wait for it. */
  readonly blocks: readonly Task[];
};

/** The links of tasks, by their ids. */
export async function readLinks(workspace: Workspace, tasks: readonly Task[]): Promise<ReadonlyMap<string, Links>> {
  const ids = tasks.map(({ id }) => id);
  const [above, children, linked] = await Promise.all([
    loadAbove(workspace, tasks),
    findChildren(workspace, ids),
    findLinked(workspace),
  ]);
  const ends = await findEnds(workspace, [...tasks, ...linked]);
  const byId = new Map([...tasks, ...above, ...children, ...linked, ...ends].map((task) => [task.id, task]));
  const { parents, cut } = await findParents(workspace, [...byId.values()]);
  const waiting = findWaiting([...ids, ...linked.map(({ id }) => id)], (id) => {
    const task = byId.get(id);
    return task && isOpen(task) ? task.dependsOn : undefined;
  });
  const pick = (wanted: readonly string[]) => wanted.flatMap((id) => byId.get(id) ?? []);
  const siblings = Map.groupBy(children, ({ id }) => parents.get(id));
  const asked = new Set(ids);
  // There can be many edges, and most end elsewhere.
  const edges = linked.flatMap((task) => {
    const blockers = waiting.get(task.id)?.waitsFor ?? [];
    return blockers.filter((end) => asked.has(end)).map((end) => ({ task, end }));
  });
  const waitingFor = Map.groupBy(edges, ({ end }) => end);
  const linksOf = (task: Task): Links => ({
    parent: byId.get(parents.get(task.id) ?? "") ?? null,
    ignoredParent: byId.get(cut.get(task.id) ?? "") ?? null,
    subtasks: (siblings.get(task.id) ?? []).toSorted(compareByRank),
    waitsFor: pick(waiting.get(task.id)?.waitsFor ?? []),
    ring: pick(waiting.get(task.id)?.ring ?? []),
    blocks: (waitingFor.get(task.id) ?? []).map((edge) => edge.task),
  });
  return new Map(tasks.map((task) => [task.id, linksOf(task)]));
}

/** The open tasks that wait for others, of which there are few. */
async function findLinked({ store, user }: Workspace): Promise<readonly Task[]> {
  const { tasks } = await store.find(user, { where: [PENDING, { kind: "linked" }] });
  return tasks;
}

/** The tasks for which these wait and that are not among them. */
async function findEnds({ store, user }: Workspace, tasks: readonly Task[]): Promise<readonly Task[]> {
  const known = new Set(tasks.map(({ id }) => id));
  const wanted = new Set(tasks.flatMap(({ dependsOn }) => dependsOn).filter((id) => !known.has(id)));
  return wanted.size === 0 ? [] : store.get(user, [...wanted]);
}
