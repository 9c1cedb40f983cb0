import { compareBytes, type Fields, type Registers, type Scalar, TAG_PREFIX } from "./registers.ts";
import { checkTags, type Draft, type Patch, type Task } from "./task.ts";

/** In this order people read them. */
const ORDER = [
  "title",
  "description",
  "due_date",
  "priority",
  "project",
  "created_at",
  "completed_at",
  "deleted_at",
] as const;

/** Names of fields in the order in which they are shown, tags and unknown ones last. Databases keep them in orders of their own. */
export function orderFields(names: readonly string[]): string[] {
  const known = ORDER.filter((name) => names.includes(name));
  const others = names.filter((name) => !ORDER.some((field) => field === name));
  return [...known, ...others.toSorted(compareBytes)];
}

/** The fields of a new task. What is not given gets no register: an absent field reads as null. */
export function draftFields(draft: Draft, createdAt: string): Fields {
  const given = {
    title: draft.title,
    description: draft.description ?? null,
    due_date: draft.dueDate ?? null,
    priority: draft.priority ?? null,
    project: draft.project ?? null,
    created_at: createdAt,
  };
  const set = Object.entries(given).filter(([, value]) => value !== null);
  return Object.fromEntries([...set, ...tagEntries(draft.tags ?? [], true)]);
}

/** The fields in which the patch differs from the task. Throws `invalid_input` when too many tags would be left. */
export function patchFields(task: Task, patch: Patch): Fields {
  const columns: [string, Scalar, Scalar | undefined][] = [
    ["title", task.title, patch.title],
    ["description", task.description, patch.description],
    ["due_date", task.dueDate, patch.dueDate],
    ["priority", task.priority, patch.priority],
    ["project", task.project, patch.project],
  ];
  const changed = columns
    .filter(([, before, after]) => after !== undefined && after !== before)
    .map(([key, , after]): [string, Scalar] => [key, after ?? null]);
  return Object.fromEntries([...changed, ...patchTags(task.tags, patch)]);
}

/** The fields that complete a task at a moment, or reopen it; none where it is so already. */
export function completionFields(task: Task, completed: boolean, now: string): Fields {
  if (completed === (task.completedAt !== null)) return {};
  return { completed_at: completed ? now : null };
}

/** True for a change that made a task. */
export function isCreation({ before, after }: { readonly before: Registers; readonly after: Registers }): boolean {
  return "created_at" in after && !("created_at" in before);
}

/** True for an edit that changes something. */
export function hasFields(edit: { readonly fields: Fields }): boolean {
  return Object.keys(edit.fields).length > 0;
}

function patchTags(before: readonly string[], patch: Patch): [string, Scalar][] {
  const untag = new Set(patch.removeTags);
  const after = checkTags([...(patch.tags ?? before), ...(patch.addTags ?? [])].filter((tag) => !untag.has(tag)));
  return [
    ...tagEntries(
      after.filter((tag) => !before.includes(tag)),
      true,
    ),
    ...tagEntries(
      before.filter((tag) => !after.includes(tag)),
      false,
    ),
  ];
}

function tagEntries(tags: readonly string[], set: boolean): [string, Scalar][] {
  return tags.map((tag) => [TAG_PREFIX + tag, set]);
}
