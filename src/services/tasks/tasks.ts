import { TodoError } from "../../domain/errors.ts";
import { completionFields, draftFields, hasFields, patchFields } from "../../domain/task/fields.ts";
import type { Condition, TaskQuery } from "../../domain/query/query.ts";
import type { Fields } from "../../domain/task/registers.ts";
import type { NameCount } from "../../ports/store.ts";
import { checkDraft, checkPatch, type Draft, type Patch, type Task } from "../../domain/task/task.ts";
import { timestamp, type Workspace } from "../workspace.ts";

/** What a command did: the tasks that it changed, as they are now, and those that were so already. */
export type Outcome = { readonly changed: readonly Task[]; readonly unchanged: readonly Task[] };

/** Tasks in one page. The order by due date and that by id have an index; each page of another one reads and sorts all. */
const PAGE_SIZE = 200;
const SORTED_PAGE_SIZE = 5000;

/** Makes tasks, all or none. Throws `invalid_input`. */
export async function addTasks(workspace: Workspace, drafts: readonly Draft[]): Promise<Task[]> {
  const createdAt = timestamp(workspace);
  const edits = drafts.map((draft) => ({
    id: workspace.system.newId(),
    fields: draftFields(checkDraft(draft), createdAt),
  }));
  return workspace.store.commit(workspace.user, { command: "add", now: workspace.system.now(), edits });
}

/** All tasks of a query in pages, so that a hundred thousand never are in memory at once. */
export async function* listPages(workspace: Workspace, query: TaskQuery): AsyncGenerator<readonly Task[]> {
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  let after = query.after;
  const hasIndex = query.sort === undefined || (query.sort === "due_date" && !query.reverse);
  const size = hasIndex ? PAGE_SIZE : SORTED_PAGE_SIZE;
  while (left > 0) {
    const limit = Math.min(left, size);
    const page = await workspace.store.find(workspace.user, { ...query, limit, ...(after && { after }) });
    if (page.tasks.length > 0) yield page.tasks;
    if (!page.next) return;
    after = page.next;
    left -= page.tasks.length;
  }
}

/** How many tasks meet all the conditions. */
export function countTasks({ store, user }: Workspace, where: readonly Condition[]): Promise<number> {
  return store.count(user, where);
}

/** Tags or projects with how many open tasks have them, by name. */
export function countOpen({ store, user }: Workspace, kind: "tags" | "projects"): Promise<NameCount[]> {
  return store.countByName(user, kind);
}

/** Answers a function that says the shortest unique prefix of the handle of each of these tasks. */
export async function shortenHandles(
  { store, user }: Workspace,
  tasks: readonly Task[],
): Promise<(task: Task) => string> {
  const handles = tasks.map((task) => task.handle);
  const prefixes = await store.shortestPrefixes(user, handles);
  return ({ handle }) => prefixes.get(handle) ?? handle;
}

/**
 * Changes the fields that the patch names and keeps all others. With `unlessMoved` it throws `conflict` where a task is not
 * as it was read. Throws `invalid_input`, and `not_found` for a deleted task.
 */
export async function editTasks(
  workspace: Workspace,
  tasks: readonly Task[],
  patch: Patch,
  options: { readonly unlessMoved?: boolean } = {},
): Promise<Outcome> {
  const checked = checkPatch(patch);
  refuseDeleted(tasks);
  return change(workspace, "edit", tasks, (task) => patchFields(task, checked), options);
}

/** Completes tasks. Throws `not_found` for a deleted one. */
export async function completeTasks(workspace: Workspace, tasks: readonly Task[]): Promise<Outcome> {
  refuseDeleted(tasks);
  const now = timestamp(workspace);
  return change(workspace, "done", tasks, (task) => completionFields(task, true, now));
}

/** Takes completions back. Throws `not_found` for a deleted task. */
export async function reopenTasks(workspace: Workspace, tasks: readonly Task[]): Promise<Outcome> {
  refuseDeleted(tasks);
  const now = timestamp(workspace);
  return change(workspace, "reopen", tasks, (task) => completionFields(task, false, now));
}

/** Deletes tasks: they stay as tombstones that `restoreTasks` takes back. */
export async function removeTasks(workspace: Workspace, tasks: readonly Task[]): Promise<Outcome> {
  const now = timestamp(workspace);
  return change(workspace, "rm", tasks, (task) => (task.deletedAt === null ? { deleted_at: now } : {}));
}

/** Takes deletions back. */
export async function restoreTasks(workspace: Workspace, tasks: readonly Task[]): Promise<Outcome> {
  return change(workspace, "restore", tasks, (task) => (task.deletedAt === null ? {} : { deleted_at: null }));
}

async function change(
  { store, user, system }: Workspace,
  command: string,
  tasks: readonly Task[],
  decide: (task: Task) => Fields,
  options: { readonly unlessMoved?: boolean } = {},
): Promise<Outcome> {
  const edits = tasks.map((task) => ({ id: task.id, fields: decide(task) })).filter(hasFields);
  const expected = new Map(tasks.map((task) => [task.id, task.revision]));
  const commit = { command, now: system.now(), edits, ...(options.unlessMoved && { expected }) };
  const changed = await store.commit(user, commit);
  const ids = new Set(edits.map((edit) => edit.id));
  return { changed, unchanged: tasks.filter((task) => !ids.has(task.id)) };
}

/** Throws `not_found` when one of the tasks is deleted. */
export function refuseDeleted(tasks: readonly Task[]): void {
  const deleted = tasks.find((task) => task.deletedAt !== null);
  if (!deleted) return;
  throw new TodoError("not_found", `task ${deleted.handle} is deleted`, {
    hints: [`Bring it back with: todo restore ${deleted.handle}`],
  });
}
