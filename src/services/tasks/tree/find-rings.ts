import { KEPT } from "../../../domain/query/query.ts";
import type { Task } from "../../../domain/task/task.ts";
import type { Workspace } from "../../workspace.ts";
import { findParents } from "./find-parents.ts";
import { readWaiting } from "./read-waiting.ts";

/** An edge that is ignored because it is in a ring: of a task to its parent, or to one for which it waits. */
export type RingEdge = { readonly kind: "parent" | "dependency"; readonly task: Task; readonly other: Task };

type Edge = Pick<RingEdge, "kind"> & { readonly from: string; readonly to: string };

/** The edges that are ignored because devices made rings of them at the same time. */
export async function findRings(workspace: Workspace): Promise<RingEdge[]> {
  const { store, user } = workspace;
  const [children, waiting] = await Promise.all([
    store.find(user, { where: [KEPT, { kind: "not", condition: { kind: "root" } }] }),
    readWaiting(workspace),
  ]);
  const { cut } = await findParents(workspace, children.tasks);
  const edges: Edge[] = [
    ...[...cut].map(([from, to]) => ({ kind: "parent", from, to }) as const),
    ...[...waiting].flatMap(([from, { ring }]) => ring.map((to) => ({ kind: "dependency", from, to }) as const)),
  ];
  if (edges.length === 0) return [];
  const tasks = await store.get(user, [...new Set(edges.flatMap(({ from, to }) => [from, to]))]);
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return edges.flatMap(({ kind, from, to }) => {
    const [task, other] = [byId.get(from), byId.get(to)];
    return task && other ? [{ kind, task, other }] : [];
  });
}
