import { TodoError } from "../../domain/errors.ts";
import { isHandlePrefix } from "../../domain/task/handle.ts";
import { completionFields, draftFields, hasFields, patchFields } from "../../domain/task/fields.ts";
import { type Fields, readValue } from "../../domain/task/registers.ts";
import { checkDraft, checkPatch, type Draft, type Patch, type Task } from "../../domain/task/task.ts";
import { resolveHandle } from "./refs.ts";
import { timestamp, type Workspace } from "../workspace.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** How often a change that depends on what was read is decided again. Of those that collide one gets through each time. */
const ATTEMPTS = 100;

/** What must be true of a task for a change to be made, such as that it is as the client last saw it. */
export type Precondition = (task: Task) => boolean;

/** A change to one task: which fields, from what it is now. */
type Change = {
  readonly command: string;
  readonly decide: (task: Task) => Fields;
  readonly precondition?: Precondition | undefined;
  /** True where the decision holds only for the task as it was read. */
  readonly bound?: boolean;
  /** True where deleted tasks are meant. */
  readonly deleted?: boolean;
};

/** True for a whole UUID or the beginning of a handle. */
export function namesTask(ref: string): boolean {
  return UUID.test(ref) || isHandlePrefix(ref.toLowerCase());
}

/** The one task with this UUID or handle, also a deleted one. Throws `not_found` or `ambiguous`. */
async function lookUp(workspace: Workspace, ref: string): Promise<Task> {
  if (!UUID.test(ref)) return resolveHandle(workspace, ref);
  const [task] = await workspace.store.get(workspace.user, [ref.toLowerCase()]);
  if (!task) throw notFound();
  return task;
}

/** A task by its UUID or handle. Throws `not_found` (also for a deleted one) or `ambiguous`. */
export async function findTask(workspace: Workspace, ref: string): Promise<Task> {
  const task = await lookUp(workspace, ref);
  if (task.deletedAt !== null) throw notFound();
  return task;
}

/**
 * Makes a task. With an id of the client's, repeating the request makes no second one and answers the first as it is now.
 * Throws `invalid_input`, and `conflict` where the id is that of another task.
 */
export async function createTask(
  workspace: Workspace,
  { id, ...draft }: Draft & { readonly id?: string | undefined },
): Promise<{ readonly task: Task; readonly created: boolean }> {
  const { store, user, system } = workspace;
  const edit = { id: id ?? system.newId(), fields: draftFields(checkDraft(draft), timestamp(workspace)) };
  try {
    const expected = id === undefined ? undefined : new Map([[id, 0]]);
    const commit = { command: "add", now: system.now(), edits: [edit], ...(expected && { expected }) };
    const [task] = await store.commit(user, commit);
    if (!task) throw new TodoError("unauthorized", "the account was deleted");
    return { task, created: true };
  } catch (error) {
    if (!isConflict(error)) throw error;
    return { task: await findRepeated(workspace, edit), created: false };
  }
}

/** Changes the fields that the patch names and keeps all others. Throws `not_found`, `precondition_failed`, `invalid_input`. */
export function updateTask(
  workspace: Workspace,
  ref: string,
  { completed, ...patch }: Patch & { readonly completed?: boolean | undefined },
  precondition?: Precondition,
): Promise<Task> {
  const checked = checkPatch(patch);
  const decide = (task: Task) => ({
    ...patchFields(task, checked),
    ...(completed !== undefined && completionFields(task, completed, timestamp(workspace))),
  });
  return changeTask(workspace, ref, { command: "edit", decide, precondition });
}

/** Completes a task or reopens it; without `completed` whichever it is not. Throws `not_found` or `precondition_failed`. */
export function setCompletion(
  workspace: Workspace,
  ref: string,
  completed: boolean | undefined,
  precondition?: Precondition,
): Promise<Task> {
  const decide = (task: Task) => completionFields(task, completed ?? task.completedAt === null, timestamp(workspace));
  return changeTask(workspace, ref, { command: "complete", decide, precondition, bound: completed === undefined });
}

/** Deletes a task. Throws `not_found` (also where it is deleted already) or `precondition_failed`. */
export function deleteTask(workspace: Workspace, ref: string, precondition?: Precondition): Promise<Task> {
  const decide = () => ({ deleted_at: timestamp(workspace) });
  return changeTask(workspace, ref, { command: "rm", decide, precondition });
}

/** Takes a deletion back; a task that is not deleted stays as it is. Throws `not_found` or `precondition_failed`. */
export function restoreTask(workspace: Workspace, ref: string, precondition?: Precondition): Promise<Task> {
  const decide = (task: Task): Fields => (task.deletedAt === null ? {} : { deleted_at: null });
  return changeTask(workspace, ref, { command: "restore", decide, precondition, deleted: true });
}

/** Looks, decides, writes, and answers the task as it is then. What depends on what was read is decided again when that has changed. */
async function changeTask(workspace: Workspace, ref: string, change: Change): Promise<Task> {
  const { store, user, system } = workspace;
  const { command, decide, precondition, bound } = change;
  for (let attempt = 1; ; attempt += 1) {
    const task = change.deleted ? await lookUp(workspace, ref) : await findTask(workspace, ref);
    if (precondition && !precondition(task)) throw new TodoError("precondition_failed", "the task has changed");
    const edit = { id: task.id, fields: decide(task) };
    if (!hasFields(edit)) return task;
    const expected = bound || precondition ? new Map([[task.id, task.revision]]) : undefined;
    try {
      const commit = { command, now: system.now(), edits: [edit], ...(expected && { expected }) };
      const [changed = task] = await store.commit(user, commit);
      // Someone else deleted it in between. What was changed is there when it is restored.
      if (changed.deletedAt !== null && !("deleted_at" in edit.fields)) throw notFound();
      return changed;
    } catch (error) {
      if (!isConflict(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** The task that the same request has made before. Throws `conflict` where it is another one or is deleted. */
async function findRepeated(
  { store, user }: Workspace,
  { id, fields }: { readonly id: string; readonly fields: Fields },
): Promise<Task> {
  const [task] = await store.get(user, [id]);
  if (!task) throw new TodoError("conflict", "the id was in use a moment ago");
  if (task.deletedAt !== null) throw new TodoError("conflict", "the task with this id is deleted");
  const entries = await store.history(user, { id });
  const first = entries.findLast(({ before, after }) => "created_at" in after && !("created_at" in before));
  const made = first
    ? Object.fromEntries(Object.entries(first.after).map(([key, register]) => [key, readValue(register)]))
    : draftFields(task, task.createdAt);
  if (!isSame(made, fields)) throw new TodoError("conflict", "another task has this id");
  return task;
}

/** Compares what two requests for a new task say; the moment at which they came is not part of it. */
function isSame(one: Fields, other: Fields): boolean {
  const { created_at: _one, ...mine } = one;
  const { created_at: _other, ...theirs } = other;
  return Bun.deepEquals(mine, theirs);
}

function notFound(): TodoError {
  return new TodoError("not_found", "there is no such task");
}

function isConflict(error: unknown): boolean {
  return error instanceof TodoError && error.code === "conflict";
}
