import { FIELDS } from "../../../domain/task/fields.ts";
import { type EffectiveParents, effectiveParents, listUpwards } from "../../../domain/tree/effective-parents.ts";
import type { Task } from "../../../domain/task/task.ts";
import type { Workspace } from "../../workspace.ts";

/**
 * The parents under which these tasks stand. Only a ring needs the registers of its edges, so they are read if there is one, which
 * is rare.
 */
export async function findParents({ store, user }: Workspace, tasks: readonly Task[]): Promise<EffectiveParents> {
  const nodes = tasks.map(({ id, parent, deletedAt }) => ({
    id,
    parent,
    parentRegister: "",
    isDeleted: deletedAt !== null,
  }));
  const found = effectiveParents(nodes);
  if (found.cut.size === 0) return found;
  const inRings = [...found.cut.values()].flatMap((parent) => listUpwards(parent, found.parents));
  const registers = await store.registersOf(user, inRings, FIELDS.parent.key);
  return effectiveParents(nodes.map((node) => ({ ...node, parentRegister: registers.get(node.id) ?? "" })));
}
