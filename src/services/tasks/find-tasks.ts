import { TodoError } from "../../domain/errors.ts";
import { isHandlePrefix, MIN_HANDLE_LETTERS } from "../../domain/task/handle.ts";
import { quoteShort } from "../../domain/task/text.ts";
import type { RefPrefix } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Workspace } from "../workspace.ts";

const MIN_ID_DIGITS = 8;
const MAX_CANDIDATES = 10;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** True for a whole UUID or the beginning of a handle, which is how programs name a task. */
export function namesTask(ref: string): boolean {
  return UUID.test(ref) || isHandlePrefix(ref.toLowerCase());
}

/** The one task with this UUID or handle, also a deleted one. Throws `not_found` or `ambiguous`. */
export async function findAnyTask(workspace: Workspace, ref: string): Promise<Task> {
  if (!UUID.test(ref)) return resolveHandle(workspace, ref);
  const [task] = await workspace.store.get(workspace.user, [ref.toLowerCase()]);
  if (!task) throw noSuchTask();
  return task;
}

/** A task by its UUID or handle. Throws `not_found` (also for a deleted one) or `ambiguous`. */
export async function findTask(workspace: Workspace, ref: string): Promise<Task> {
  const task = await findAnyTask(workspace, ref);
  if (task.deletedAt !== null) throw noSuchTask();
  return task;
}

/** True when the text has the form of a reference: a handle prefix of 3 letters or a UUID prefix of 8 digits. */
export function isRef(text: string): boolean {
  return readPrefixes(text).length > 0;
}

/** The tasks that the references name, each once, deleted ones too. Throws `not_found` or `ambiguous` for the first that fails. */
export async function resolveRefs(workspace: Workspace, refs: readonly string[]): Promise<Task[]> {
  const resolve = await prepareRefs(workspace, refs);
  const found = new Map<string, Task>();
  for (const ref of refs) {
    const task = await resolve(ref);
    found.set(task.id, task);
  }
  return [...found.values()];
}

/** How to resolve each of these references. Whole UUIDs are read at once, because there can be thousands. */
export async function prepareRefs(
  workspace: Workspace,
  refs: readonly string[],
): Promise<(ref: string) => Promise<Task>> {
  const ids = refs.filter((ref) => UUID.test(ref)).map((ref) => ref.toLowerCase());
  const tasks = ids.length === 0 ? [] : await workspace.store.get(workspace.user, ids);
  const known = new Map(tasks.map((task) => [task.id, task]));
  return async (ref) => known.get(ref.toLowerCase()) ?? (await resolveRef(workspace, ref));
}

/** The one task that a reference names. Throws `not_found` or `ambiguous`, the second with the candidates as hints. */
export async function resolveRef(workspace: Workspace, ref: string): Promise<Task> {
  for (const prefix of readPrefixes(ref)) {
    const task = await matchOne(workspace, ref, prefix);
    if (task) return task;
  }
  throw notFound(ref);
}

/** The one task whose handle has this prefix. Throws `not_found` or `ambiguous`. */
async function resolveHandle(workspace: Workspace, ref: string): Promise<Task> {
  const task = await matchOne(workspace, ref, { handle: ref.toLowerCase() });
  if (!task) throw notFound(ref);
  return task;
}

/** The tasks that the references name. Throws `ambiguous`, and `not_found` also for a deleted one. */
export async function resolveKeptRefs(workspace: Workspace, refs: readonly string[]): Promise<Task[]> {
  const tasks = await resolveRefs(workspace, refs);
  refuseDeleted(tasks);
  return tasks;
}

/** Throws `not_found` if one of the tasks is deleted. */
export function refuseDeleted(tasks: readonly Task[]): void {
  const deleted = tasks.find((task) => task.deletedAt !== null);
  if (!deleted) return;
  throw new TodoError("not_found", `task ${deleted.handle} is deleted`, {
    hints: [`Bring it back with: todo restore ${deleted.handle}`],
  });
}

async function matchOne({ store, user }: Workspace, ref: string, prefix: RefPrefix): Promise<Task | undefined> {
  const tasks = await store.findByPrefix(user, prefix, MAX_CANDIDATES + 1);
  if (tasks.length > 1) throw ambiguous(ref, tasks);
  return tasks[0];
}

/** The letters b, c, d and f are hex digits too, so a text may be the beginning of both. Handles are tried first. */
function readPrefixes(text: string): RefPrefix[] {
  const ref = text.toLowerCase();
  const digits = ref.replaceAll("-", "");
  const prefixes: RefPrefix[] = [];
  if (isHandlePrefix(ref)) prefixes.push({ handle: ref });
  if (/^[0-9a-f]{8,32}$/.test(digits)) prefixes.push({ id: hyphenate(digits) });
  return prefixes;
}

function hyphenate(digits: string): string {
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)]
    .filter((group) => group !== "")
    .join("-");
}

function noSuchTask(): TodoError {
  return new TodoError("not_found", "there is no such task");
}

function notFound(ref: string): TodoError {
  const hint = isRef(ref)
    ? "See the handles with: todo list"
    : `A task is named by ${MIN_HANDLE_LETTERS} or more letters of its handle, or ${MIN_ID_DIGITS} or more digits of its UUID. See: todo list`;
  return new TodoError("not_found", `no task ${quoteShort(ref)}`, { hints: [hint] });
}

function ambiguous(ref: string, tasks: readonly Task[]): TodoError {
  const shown = tasks.slice(0, MAX_CANDIDATES).map((task) => `${task.handle}  ${task.title}`);
  const more = tasks.length > MAX_CANDIDATES ? ["…and more"] : [];
  return new TodoError("ambiguous", `${quoteShort(ref)} fits more than one task`, {
    hints: [...shown, ...more, "Type more letters."],
    issues: [...shown, ...more].map((message) => ({ path: "id", message })),
  });
}
