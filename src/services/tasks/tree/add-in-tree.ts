import type { Draft } from "../../../domain/task/task.ts";
import type { Workspace } from "../../workspace.ts";
import { checkNewDependencies, checkParentOfNew, type NewTask, requireParent } from "./check-links.ts";

/** A task that is about to be added, with values as they are stored. */
export type NewDraft = { readonly id: string; readonly draft: Draft };

/** The drafts after the checks, each in the project of its parent unless it says another. Throws `invalid_input`. */
export async function addInTree(workspace: Workspace, drafts: readonly NewDraft[]): Promise<NewDraft[]> {
  for (const { id, draft } of drafts) {
    if (draft.dependsOn?.length) await checkNewDependencies(workspace, toNewTask({ id, draft }), draft.dependsOn);
  }
  const projects = new Map<string, string | null>();
  for (const [parent, children] of Map.groupBy(drafts, ({ draft }) => draft.parent ?? null)) {
    if (parent !== null) projects.set(parent, await checkParent(workspace, parent, children));
  }
  return drafts.map(({ id, draft }) => {
    const project = draft.project === undefined ? projects.get(draft.parent ?? "") : undefined;
    return { id, draft: project === undefined ? draft : { ...draft, project } };
  });
}

/** The project of the parent, after the checks. */
async function checkParent(workspace: Workspace, id: string, children: readonly NewDraft[]): Promise<string | null> {
  const parent = await requireParent(workspace, id);
  await checkParentOfNew(workspace, children.map(toNewTask), parent);
  return parent.project;
}

function toNewTask({ id, draft: { title, recurrence = null } }: NewDraft): NewTask {
  return { id, title, recurrence };
}
