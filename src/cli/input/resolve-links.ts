import type { Patch } from "../../domain/task/task.ts";
import { resolveKeptRefs, resolveRefs } from "../../services/tasks/find-tasks.ts";
import type { Workspace } from "../../services/workspace.ts";
import type { LinkRefs } from "./words.ts";

/** What was typed with the ids of other tasks in place of their references. Throws `not_found` and `ambiguous`. */
export async function resolveLinks<Typed extends LinkRefs>(
  workspace: Workspace,
  { parentRef, dependsRefs, notDependsRefs, ...others }: Typed,
): Promise<Omit<Typed, keyof LinkRefs> & Pick<Patch, "parent" | "addDependsOn" | "removeDependsOn">> {
  const idsOf = async (refs: readonly string[]) => (await resolveKeptRefs(workspace, refs)).map(({ id }) => id);
  const parent = parentRef == null ? parentRef : (await idsOf([parentRef]))[0];
  return {
    ...others,
    ...(parent !== undefined && { parent }),
    ...(dependsRefs && { addDependsOn: await idsOf(dependsRefs) }),
    // One that is deleted can still be taken off.
    ...(notDependsRefs && { removeDependsOn: (await resolveRefs(workspace, notDependsRefs)).map(({ id }) => id) }),
  };
}
