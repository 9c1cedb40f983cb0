import type { Action } from "../../domain/task/action.ts";
import { type DateShifts, resolveShifts } from "../../domain/dates/due-shift.ts";
import { TodoError } from "../../domain/errors.ts";
import { stateFields, type StateChange } from "../../domain/task/closing.ts";
import { checkPatch, patchFields } from "../../domain/task/fields.ts";
import type { Repetition } from "../../domain/recurrence/plan.ts";
import type { Fields } from "../../domain/task/registers.ts";
import type { Patch, Task } from "../../domain/task/task.ts";
import { timestamp, type Workspace } from "../workspace.ts";
import { type Change, changeTasks, type FindTasks, type Outcome, type Precondition } from "./change-tasks.ts";

/** How a task is to repeat: a rule, or the words behind `every:`. null ends the repetition. */
export type RepetitionEdit = { readonly every?: string | Repetition | null | undefined };

/** A patch that can also close, reopen, start or stop a task, count dates from its due date, and change how it repeats. */
export type TaskEdit = Patch & StateChange & DateShifts & RepetitionEdit;

/**
 * Changes the fields that the patch names and keeps all others. Throws as `changeTasks` does, and `invalid_input`, also
 * if a due date is to be moved that one of the tasks lacks.
 */
export async function editTasks(
  workspace: Workspace,
  find: FindTasks,
  { completed, cancelled, started, every, ...edit }: TaskEdit,
  requires?: Precondition,
): Promise<Outcome> {
  const checked = checkPatch(edit);
  const now = timestamp(workspace);
  const decide: Change["decide"] = async (task) => {
    if (task.recurrence !== null || every != null) {
      // What few tasks need is loaded only for them.
      const { decideSeriesEdit } = await import("./series/edit-series.ts");
      return decideSeriesEdit(workspace, task, { ...edit, ...checked, completed, cancelled, started, every });
    }
    const patch = resolveShifts({ ...edit, ...checked }, task, workspace.system);
    const fields = { ...patchFields(task, patch), ...stateFields(task, { completed, cancelled, started }, now) };
    return { action: nameEdit(fields), fields };
  };
  const isCounted = [edit.dueShift, edit.scheduledShift, edit.waitShift].some((shift) => shift !== undefined);
  const change = { decide, requires, requiresUnchanged: requires !== undefined || isCounted || every !== undefined };
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
export function nameEdit(fields: Fields): Action {
  const names = Object.keys(fields);
  if (names.length > 0 && names.every((field) => field === "started_at")) {
    return fields["started_at"] === null ? "stop" : "start";
  }
  const isClosing = names.every((field) => ["completed_at", "cancelled", "skipped"].includes(field));
  if (!isClosing) return "edit";
  if (fields["cancelled"] === true) return "cancel";
  return fields["completed_at"] === null ? "reopen" : "complete";
}
