import type { Action } from "../../domain/task/action.ts";
import { type DateShifts, resolveShifts } from "../../domain/dates/due-shift.ts";
import { TodoError } from "../../domain/errors.ts";
import { type Closing, closingFields } from "../../domain/task/closing.ts";
import { checkPatch, patchFields } from "../../domain/task/fields.ts";
import type { Fields } from "../../domain/task/registers.ts";
import type { Patch, Task } from "../../domain/task/task.ts";
import { startFields } from "../../domain/task/time.ts";
import { timestamp, type Workspace } from "../workspace.ts";
import { type Change, changeTasks, type FindTasks, type Outcome, type Precondition } from "./change-tasks.ts";

/** A patch that can also close, reopen, start or stop a task, and count dates from its due date. */
export type TaskEdit = Patch &
  Closing &
  DateShifts & {
    /** Whether somebody works on it now. */
    readonly started?: boolean | undefined;
  };

/**
 * Changes the fields that the patch names and keeps all others. Throws as `changeTasks` does, and `invalid_input`, also
 * if a due date is to be moved that one of the tasks lacks.
 */
export async function editTasks(
  workspace: Workspace,
  find: FindTasks,
  { completed, cancelled, started, ...edit }: TaskEdit,
  requires?: Precondition,
): Promise<Outcome> {
  const checked = checkPatch(edit);
  const now = timestamp(workspace);
  const decide: Change["decide"] = (task) => {
    const patch = resolveShifts({ ...edit, ...checked }, task, workspace.system);
    const closing = closingFields(task, { completed, cancelled }, now);
    const isClosed = (closing["completed_at"] ?? (completed === false ? null : task.completedAt)) !== null;
    const starting = started === undefined ? {} : startFields(task, started, { now, isClosed });
    const fields = { ...patchFields(task, patch), ...closing, ...starting };
    return { action: nameEdit(fields), fields };
  };
  const isCounted = [edit.dueShift, edit.scheduledShift, edit.waitShift].some((shift) => shift !== undefined);
  const change = { decide, requires, requiresUnchanged: requires !== undefined || isCounted };
  if (!touchesTree(checked)) return changeTasks(workspace, find, change);
  // What few edits need is loaded only for them.
  const { editInTree } = await import("./tree/edit-in-tree.ts");
  return editInTree(workspace, find, checked, change);
}

/** True for a patch that concerns a task's place, its dependencies, or what is below it. */
function touchesTree({ parent, project, dependsOn, addDependsOn }: Patch): boolean {
  return [parent, project, dependsOn, addDependsOn].some((value) => value !== undefined);
}

/** Requires that the task is as it was read. Throws `precondition_failed`. */
export function isUnchangedSince(read: Task): Precondition {
  return (task) => {
    if (task.revision !== read.revision) {
      throw new TodoError("precondition_failed", "the task was changed by someone else in the meantime");
    }
  };
}

/** An edit that only completes or starts is logged as a completion or a start, whichever way it came. */
function nameEdit(fields: Fields): Action {
  const names = Object.keys(fields);
  if (names.length > 0 && names.every((field) => field === "started_at")) {
    return fields["started_at"] === null ? "stop" : "start";
  }
  const isClosing = names.every((field) => field === "completed_at" || field === "cancelled");
  if (!isClosing) return "edit";
  if (fields["cancelled"] === true) return "cancel";
  return fields["completed_at"] === null ? "reopen" : "complete";
}
