import type { LinkRefs, Understood } from "../../domain/quick-add/words.ts";
import type { Patch } from "../../domain/task/task.ts";
import type { Workspace } from "../workspace.ts";
import type { NewTask } from "./add-tasks.ts";
import { resolveKeptRefs, resolveRefs } from "./find-tasks.ts";

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

/** All that quick-add words say of a new task but its title. Throws as `resolveLinks` does. */
export async function toNewTask(
  workspace: Workspace,
  { addTags: tags, addReminders: reminders, ...understood }: Understood,
): Promise<Omit<NewTask, "title">> {
  const { addDependsOn: dependsOn, ...fields } = await resolveLinks(workspace, understood);
  return {
    ...fields,
    ...(dependsOn && { dependsOn }),
    ...(tags && { tags }),
    ...(reminders && { reminders }),
  };
}
