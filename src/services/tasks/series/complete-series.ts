import { TodoError } from "../../../domain/errors.ts";
import { recordIdOf } from "../../../domain/recurrence/record-id.ts";
import { closingFields } from "../../../domain/task/closing.ts";
import { handleOfNamed } from "../../../domain/task/handle.ts";
import type { Fields } from "../../../domain/task/registers.ts";
import type { Task } from "../../../domain/task/task.ts";
import { timestamp, type Workspace } from "../../workspace.ts";
import type { Decision, OtherEdit } from "../change-tasks.ts";
import { concernsOccurrence, decideOccurrence, isOpenSeries } from "./close-occurrence.ts";

/** What is closed of a task that repeats: the occurrence that is named, else the current one, or all of it for good. */
export type Completion = { readonly occurrence?: string | undefined; readonly forever?: boolean | undefined };

export type SeriesClosing = Completion & { readonly action: "complete" | "cancel" };

/** Closes an occurrence of a task that repeats, or all of it for good. Throws `invalid_input` as `decideOccurrence` does. */
export async function closeSeries(
  workspace: Workspace,
  task: Task,
  { action, occurrence, forever = false }: SeriesClosing,
): Promise<Decision> {
  if (task.recurrence === null) throw notRepeating(task);
  if (!forever && (await concernsOccurrence(workspace, task, { occurrence }))) {
    return decideOccurrence(workspace, task, { action, occurrence });
  }
  const closing = { completed: true, cancelled: action === "cancel" };
  const fields = closingFields(task, closing, timestamp(workspace));
  return { action, fields: { ...fields, ...(forever && { recurrence: null }) } };
}

/** The record of the last occurrence goes with the completion that it brought, or the task would be completed again. */
export async function takeBackLast(workspace: Workspace, { id, handle, occurrence }: Task): Promise<OtherEdit[]> {
  if (occurrence === null) return [];
  const [record] = await workspace.store.get(workspace.user, [recordIdOf(id, occurrence)]);
  if (!record || record.deletedAt !== null) return [];
  if (record.completedAt === null) throw becameTask(handle, record);
  return [{ id: record.id, fields: { deleted_at: timestamp(workspace) }, task: record }];
}

/** To delete it with the reopening would lose what somebody has made of it since. */
function becameTask(handle: string, record: Task): TodoError {
  const message = `the last occurrence of task ${handle} is a task of its own, ${record.handle}`;
  return new TodoError("invalid_input", message, {
    hints: [`To reopen the repeating task, delete that one first: todo rm ${record.handle}`],
    issues: [{ path: "completed", message: `its last occurrence is the task ${record.id}` }],
  });
}

/**
 * The fields that complete a part of a task. If that repeats, the part is done for its current occurrence. None if both are
 * completed at once, because the part begins anew with the next occurrence. `tasks` are all that are completed.
 */
export async function markPart(
  { store, user }: Workspace,
  task: Task,
  tasks: readonly Task[],
  fields: Fields,
): Promise<Fields> {
  const family = describeFamily(tasks);
  if (family.belowSeries.has(task.id)) return {};
  const above = task.parent === null ? undefined : family.byId.get(task.parent);
  const [parent] = above || task.parent === null ? [above] : await store.get(user, [task.parent]);
  if (parent === undefined || !isOpenSeries(parent) || parent.occurrence === null) return fields;
  return { ...fields, done_for: parent.occurrence };
}

/** Tasks that are completed together: by their ids, and which of them are below one that repeats. */
type Family = { readonly byId: ReadonlyMap<string, Task>; readonly belowSeries: ReadonlySet<string> };

/** Each of the tasks asks, and there can be thousands. */
const families = new WeakMap<readonly Task[], Family>();

function describeFamily(tasks: readonly Task[]): Family {
  const known = families.get(tasks);
  if (known) return known;
  const family = { byId: new Map(tasks.map((task) => [task.id, task])), belowSeries: findBelowSeries(tasks) };
  families.set(tasks, family);
  return family;
}

function findBelowSeries(tasks: readonly Task[]): ReadonlySet<string> {
  const children = Map.groupBy(tasks, ({ parent }) => parent);
  const below = new Set<string>();
  let level = tasks.filter(isOpenSeries);
  while (level.length > 0) {
    level = level.flatMap(({ id }) => children.get(id) ?? []).filter(({ id }) => !below.has(id));
    for (const { id } of level) below.add(id);
  }
  return below;
}

/** The error for an act on an occurrence of a task that has none, or none any more. */
export function notRepeating({ handle, recurrence, series }: Task): TodoError {
  const message = recurrence === null ? "the task does not repeat" : "the task is completed";
  const issues = [{ path: "occurrence", message }];
  if (recurrence !== null) {
    const hints = [`To go on with it: todo reopen ${handle}`];
    return new TodoError("invalid_input", `task ${handle} is completed, and repeats no more`, { hints, issues });
  }
  const hints = series === null ? [] : [`It is an occurrence of task ${handleOfNamed(series)}.`];
  return new TodoError("invalid_input", `task ${handle} does not repeat`, { hints, issues });
}
