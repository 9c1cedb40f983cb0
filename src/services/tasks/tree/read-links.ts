import type { Task } from "../../../domain/task/task.ts";
import type { Waiting } from "../../../domain/tree/dependencies.ts";
import { compareByRank } from "../../../domain/tree/order.ts";
import type { Workspace } from "../../workspace.ts";
import { findParents } from "./find-parents.ts";
import { findChildren, loadAbove } from "./load-family.ts";
import { readWaiting } from "./read-waiting.ts";

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
  const [above, children, waiting] = await Promise.all([
    loadAbove(workspace, tasks),
    findChildren(workspace, ids),
    readWaiting(workspace),
  ]);
  const asked = new Set(ids);
  // There can be many edges, and most end elsewhere.
  const edges = [...waiting].flatMap(([id, { waitsFor }]) =>
    waitsFor.filter((end) => asked.has(end)).map((end) => ({ id, end })),
  );
  const blocked = Map.groupBy(edges, ({ end }) => end);
  const known = [...tasks, ...above, ...children];
  const linked = [...edges.map(({ id }) => id), ...ids.flatMap((id) => listHolding(waiting.get(id)))];
  const byId = new Map([...known, ...(await loadOthers(workspace, linked, known))].map((task) => [task.id, task]));
  const { parents, cut } = await findParents(workspace, [...byId.values()]);
  const pick = (wanted: readonly string[] = []) => wanted.flatMap((id) => byId.get(id) ?? []);
  const siblings = Map.groupBy(children, ({ id }) => parents.get(id));
  const linksOf = ({ id }: Task): Links => ({
    parent: byId.get(parents.get(id) ?? "") ?? null,
    ignoredParent: byId.get(cut.get(id) ?? "") ?? null,
    subtasks: (siblings.get(id) ?? []).toSorted(compareByRank),
    waitsFor: pick(waiting.get(id)?.waitsFor),
    ring: pick(waiting.get(id)?.ring),
    blocks: pick(blocked.get(id)?.map((edge) => edge.id)),
  });
  return new Map(tasks.map((task) => [task.id, linksOf(task)]));
}

function listHolding({ waitsFor, ring }: Waiting = { waitsFor: [], ring: [] }): readonly string[] {
  return [...waitsFor, ...ring];
}

/** Those of the tasks with these ids that are not among the known ones. */
async function loadOthers({ store, user }: Workspace, ids: readonly string[], known: readonly Task[]): Promise<Task[]> {
  const wanted = new Set(ids).difference(new Set(known.map(({ id }) => id)));
  return wanted.size === 0 ? [] : store.get(user, [...wanted]);
}
