import { KEPT, PENDING, type TaskQuery } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import { shortenHandles } from "./list-tasks.ts";
import type { Workspace } from "../workspace.ts";

/** The tasks that a person may mean. `kept` are all but the deleted ones. */
export type TaskState = "pending" | "completed" | "kept" | "deleted" | "any";

/** A task to choose, with its shortest unique prefix. */
export type Suggestion = { readonly handle: string; readonly prefix: string; readonly title: string };

const MAX_SUGGESTIONS = 200;
/** One letter fits a twentieth of all tasks, so none is missed among a hundred thousand. */
const MAX_MATCHES = 5000;

const NEWEST_FIRST = { sort: "updated", reverse: true } as const;
const QUERIES: Readonly<Record<TaskState, TaskQuery>> = {
  pending: { where: [PENDING], sort: "due_date" },
  completed: { where: [{ kind: "status", status: "completed" }], ...NEWEST_FIRST },
  kept: { where: [KEPT], ...NEWEST_FIRST },
  deleted: { where: [{ kind: "status", status: "deleted" }], ...NEWEST_FIRST },
  any: { where: [], ...NEWEST_FIRST },
};

/** At most 200 tasks in a state whose handles begin with the typed text, which may be empty. */
export async function suggestTasks(workspace: Workspace, state: TaskState, typed: string): Promise<Suggestion[]> {
  const tasks = typed === "" ? await findFirst(workspace, state) : await matchTyped(workspace, state, typed);
  const shorten = await shortenHandles(workspace, tasks);
  return tasks.map((task) => ({ handle: task.handle, prefix: shorten(task), title: task.title }));
}

/** At most `limit` tasks in a state whose title has this text in it, compared as a search compares texts. */
export async function searchTitles(
  { store, user }: Workspace,
  state: TaskState,
  text: string,
  limit: number,
): Promise<readonly Task[]> {
  const query = QUERIES[state];
  const where = [...query.where, { kind: "text", text, fields: ["title"] } as const];
  return (await store.find(user, { ...query, where, limit })).tasks;
}

async function findFirst({ store, user }: Workspace, state: TaskState): Promise<readonly Task[]> {
  const { tasks } = await store.find(user, { ...QUERIES[state], limit: MAX_SUGGESTIONS });
  return tasks;
}

async function matchTyped({ store, user }: Workspace, state: TaskState, typed: string): Promise<readonly Task[]> {
  const tasks = await store.findByPrefix(user, { handle: typed.toLowerCase() }, MAX_MATCHES);
  return tasks.filter((task) => isIn(state, task)).slice(0, MAX_SUGGESTIONS);
}

function isIn(state: TaskState, { completedAt, deletedAt }: Task): boolean {
  switch (state) {
    case "pending":
      return deletedAt === null && completedAt === null;
    case "completed":
      return deletedAt === null && completedAt !== null;
    case "kept":
      return deletedAt === null;
    case "deleted":
      return deletedAt !== null;
    case "any":
      return true;
  }
}
