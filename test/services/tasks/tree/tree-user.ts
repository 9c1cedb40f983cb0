import { mergeRegisters, stampFields, type Fields } from "../../../../src/domain/task/registers.ts";
import type { Draft, Task } from "../../../../src/domain/task/task.ts";
import { walkForest } from "../../../../src/domain/tree/tree.ts";
import type { Store } from "../../../../src/ports/store.ts";
import { addTasks } from "../../../../src/services/tasks/add-tasks.ts";
import { completeTasks } from "../../../../src/services/tasks/complete-tasks.ts";
import { deleteTasks } from "../../../../src/services/tasks/delete-tasks.ts";
import { editTasks, type TaskEdit } from "../../../../src/services/tasks/edit-tasks.ts";
import { undoLastChange } from "../../../../src/services/tasks/history.ts";
import { type Destination, moveTasks } from "../../../../src/services/tasks/tree/move-tasks.ts";
import { readTree } from "../../../../src/services/tasks/tree/read-tree.ts";
import type { Workspace } from "../../../../src/services/workspace.ts";
import { newId, only, OPENING } from "../../../support/stores/test-user.ts";
import { SYSTEM } from "../../../support/tasks/arbitraries.ts";

/** A user with tasks in a tree. Each task is called by its title. */
export function createTreeUser(store: Store) {
  let now = OPENING;
  const user = `user-${crypto.randomUUID()}`;
  const system = { ...SYSTEM, newId, now: () => (now += 1000) };
  const workspace: Workspace = { store, user, system };
  const all = async () => (await store.find(user, { where: [] })).tasks;
  const get = async (title: string) => only((await all()).filter((task) => task.title === title));
  const find = (titles: readonly string[]) => () => Promise.all(titles.map(get));
  const add = async (title: string, draft: Partial<Draft> = {}): Promise<Task> =>
    only(await addTasks(workspace, [{ title, ...draft }]));
  return {
    store,
    workspace,
    get,
    add,
    /** A task under another one. */
    addBelow: async (parent: string, title: string, draft: Partial<Draft> = {}) =>
      add(title, { parent: (await get(parent)).id, ...draft }),
    edit: (title: string, edit: TaskEdit) => editTasks(workspace, find([title]), edit),
    editAll: (titles: readonly string[], edit: TaskEdit) => editTasks(workspace, find(titles), edit),
    move: (titles: readonly string[], destination: Destination) => moveTasks(workspace, find(titles), destination),
    complete: (title: string, subtasks: "keep" | "include" = "keep") =>
      completeTasks(workspace, find([title]), undefined, { subtasks }),
    remove: (title: string, subtasks: "keep" | "include" = "keep") =>
      deleteTasks(workspace, find([title]), undefined, subtasks),
    undo: () => undoLastChange(workspace),
    /** The same user over another store. */
    on: (other: Store) => ({
      complete: (title: string, subtasks: "keep" | "include") =>
        completeTasks({ ...workspace, store: other }, find([title]), undefined, { subtasks }),
    }),
    /** What another device wrote, in the future of this one. */
    receive: async (title: string, fields: Fields) => {
      const { id } = await get(title);
      now += 1000;
      const clock = `${(now + 60_000).toString(16).padStart(12, "0")}0000a1b2c3d4`;
      await store.merge(user, [{ id, registers: mergeRegisters({}, stampFields(fields, clock)) }]);
    },
    /** The tree with a dash for each level. */
    outline: async (): Promise<string[]> => {
      const { forest, completedParents } = await readTree(workspace, [{ kind: "status", status: "pending" }]);
      return [...walkForest(forest)].map(({ task, depth, count }) => {
        const total = count.total === 0 ? "" : ` ${count.completed}/${count.total}`;
        const above = completedParents.get(task.id);
        const mark = above === undefined ? "" : ` ‹ ${above.title}`;
        return `${"-".repeat(depth)} ${task.completedAt === null ? "" : "x "}${task.title}${total}${mark}`;
      });
    },
  };
}

export type TreeUser = ReturnType<typeof createTreeUser>;
