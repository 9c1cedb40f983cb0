import { setEntries } from "../../domain/profile.ts";
import { hasFields, taskFields } from "../../domain/task/fields.ts";
import { firstTick, formatClock, NO_NODE } from "../../domain/task/clock.ts";
import { handleOf } from "../../domain/task/handle.ts";
import { readTask } from "../../domain/task/read-task.ts";
import { stampFields } from "../../domain/task/registers.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Commit, Edit, Store } from "../../ports/store.ts";
import type { Workspace } from "../workspace.ts";

/**
 * The same workspace for a dry run: a commit answers the tasks as they would be, and writes nothing. Every use case
 * then decides as it would, so that none needs a second way.
 */
export function withoutWrites(workspace: Workspace): Workspace {
  const { store } = workspace;
  return {
    ...workspace,
    store: {
      ...store,
      // To claim a node writes it into a file that was copied.
      node: () => Promise.resolve(NO_NODE),
      commit: (user, commit) => previewCommit(store, user, commit),
      editProfile: async (user, fields, now) => setEntries(await store.profile(user), fields, now),
    },
  };
}

async function previewCommit(store: Store, user: string, { edits, now, returning }: Commit): Promise<Task[]> {
  if (returning === false) return [];
  const changing = edits.filter(hasFields);
  const tasks = await store.get(
    user,
    changing.map(({ id }) => id),
  );
  const stored = new Map(tasks.map((task) => [task.id, task]));
  return changing.map((edit) => applyEdit(stored.get(edit.id), edit, now));
}

/** The task with the fields of the edit, or a new one. */
function applyEdit(task: Task | undefined, { id, fields }: Edit, now: number): Task {
  const clock = formatClock(firstTick(now), NO_NODE);
  const registers = stampFields({ ...(task && taskFields(task)), ...fields }, clock);
  return readTask({ id, handle: handleOf(id), revision: task?.revision ?? 0, registers });
}
