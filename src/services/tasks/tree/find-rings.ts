import { KEPT, PENDING } from "../../../domain/query/query.ts";
import type { Task } from "../../../domain/task/task.ts";
import { findWaiting } from "../../../domain/tree/dependencies.ts";
import type { Workspace } from "../../workspace.ts";
import { findParents } from "./find-parents.ts";

/** An edge that is ignored because it is in a ring: of a task to its parent, or to one for which it waits. */
export type RingEdge = { readonly kind: "parent" | "dependency"; readonly task: Task; readonly other: Task };

/** The edges that are ignored because devices made rings of them at the same time. */
export async function findRings(workspace: Workspace): Promise<RingEdge[]> {
  const { store, user } = workspace;
  const [children, linked] = await Promise.all([
    store.find(user, { where: [KEPT, { kind: "not", condition: { kind: "root" } }] }),
    store.find(user, { where: [PENDING, { kind: "linked" }] }),
  ]);
  const byId = new Map([...children.tasks, ...linked.tasks].map((task) => [task.id, task]));
  const edge = (kind: RingEdge["kind"], from: string, to: string): RingEdge[] => {
    const [task, other] = [byId.get(from), byId.get(to)];
    return task && other ? [{ kind, task, other }] : [];
  };
  const { cut } = await findParents(workspace, children.tasks);
  const open = new Map(linked.tasks.map(({ id, dependsOn }) => [id, dependsOn]));
  const waiting = findWaiting(open.keys().toArray(), (id) => open.get(id));
  return [
    ...[...cut].flatMap(([task, parent]) => edge("parent", task, parent)),
    ...[...waiting].flatMap(([task, { ring }]) => ring.flatMap((other) => edge("dependency", task, other))),
  ];
}
