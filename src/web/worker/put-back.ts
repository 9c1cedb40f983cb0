import { FIELD_LIST, FIELDS } from "../../domain/task/fields.ts";
import { type Fields, TAG_PREFIX } from "../../domain/task/registers.ts";
import type { Outcome } from "../../services/tasks/change-tasks.ts";
import { editTasks, type TaskEdit } from "../../services/tasks/edit-tasks.ts";
import { resolveKeptRefs } from "../../services/tasks/find-tasks.ts";
import type { Workspace } from "../../services/workspace.ts";

/** What people write as one value. A place among others means nothing later, and a rule begins anew instead. */
const RESTORABLE = FIELD_LIST.filter(({ key }) => key !== FIELDS.rank.key && key !== FIELDS.recurrence.key);

/** Whether a register can get the value again that it had. */
export function canPutBack(field: string): boolean {
  return field === "completed_at" || field.startsWith(TAG_PREFIX) || RESTORABLE.some(({ key }) => key === field);
}

/** Gives registers of a task the values again that they had, as a new edit. Throws `not_found` for a deleted task. */
export function putBack(workspace: Workspace, id: string, values: Fields): Promise<Outcome> {
  return editTasks(workspace, () => resolveKeptRefs(workspace, [id]), toEdit(values));
}

function toEdit(values: Fields): TaskEdit {
  const given = RESTORABLE.filter(({ key }) => Object.hasOwn(values, key));
  return {
    ...Object.fromEntries(given.map(({ key, name }) => [name, values[key]])),
    addTags: findTags(values, true),
    removeTags: findTags(values, false),
    ...("completed_at" in values && { completed: values["completed_at"] !== null }),
  };
}

/** The tags that the task had, or those that it did not have. */
function findTags(values: Fields, had: boolean): readonly string[] {
  const fields = Object.keys(values).filter((key) => key.startsWith(TAG_PREFIX) && (values[key] === true) === had);
  return fields.map((field) => field.slice(TAG_PREFIX.length));
}
