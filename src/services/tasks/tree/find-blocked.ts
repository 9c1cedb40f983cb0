import { PENDING } from "../../../domain/query/query.ts";
import { findWaiting } from "../../../domain/tree/dependencies.ts";
import type { Workspace } from "../../workspace.ts";
import { isOpen } from "./load-family.ts";

/** The ids of the open tasks that wait for another one, and of those for which they wait. */
export type BlockedTasks = { readonly blocked: readonly string[]; readonly blocking: readonly string[] };

/** Which tasks are blocked now. Tasks of a ring don't block each other. */
export async function findBlocked({ store, user }: Workspace): Promise<BlockedTasks> {
  const { tasks: linked } = await store.find(user, { where: [PENDING, { kind: "linked" }] });
  const named = new Map(linked.map((task) => [task.id, task]));
  const missing = new Set(linked.flatMap(({ dependsOn }) => dependsOn).filter((id) => !named.has(id)));
  const ends = missing.size === 0 ? [] : await store.get(user, [...missing]);
  const open = new Map([...linked, ...ends.filter(isOpen)].map((task) => [task.id, task]));
  const waiting = findWaiting(named.keys().toArray(), (id) => open.get(id)?.dependsOn);
  const blocked = [...waiting].filter(([, { waitsFor }]) => waitsFor.length > 0);
  return {
    blocked: blocked.map(([id]) => id),
    blocking: [...new Set(blocked.flatMap(([, { waitsFor }]) => waitsFor))],
  };
}
