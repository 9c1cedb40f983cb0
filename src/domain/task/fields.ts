import { compareBytes, type Fields, type Registers, type Scalar, TAG_PREFIX, WALL_CLOCK } from "./registers.ts";
import { parseDueDate } from "../dates/due-date.ts";
import {
  checkDescription,
  checkPriority,
  checkProject,
  checkTag,
  checkTags,
  checkTitle,
  type Draft,
  type Patch,
  type Task,
} from "./task.ts";
import { foldText } from "./text.ts";

/** The fields that people write as one value. Tags are registers of their own. */
export type Editable = Omit<Draft, "tags">;

type Field<Name extends keyof Editable> = {
  readonly name: Name;
  /** The key of the register, and the name on the wire. */
  readonly key: string;
  /** The word that people type and read. */
  readonly word: string;
  /** Whether null clears it. */
  readonly nullable: boolean;
  /** The value as it is stored. Throws `invalid_input`. */
  readonly check: (text: string) => NonNullable<Editable[Name]>;
};

/** Each such field, once, in the order in which people read them. A missing field does not compile. */
export const FIELDS = {
  title: { name: "title", key: "title", word: "title", nullable: false, check: checkTitle },
  description: {
    name: "description",
    key: "description",
    word: "description",
    nullable: true,
    check: checkDescription,
  },
  dueDate: { name: "dueDate", key: "due_date", word: "due", nullable: true, check: parseDueDate },
  priority: { name: "priority", key: "priority", word: "priority", nullable: true, check: checkPriority },
  project: { name: "project", key: "project", word: "project", nullable: true, check: checkProject },
} as const satisfies { readonly [Name in keyof Editable]-?: Field<Name> };

/** The same as a list. */
export const FIELD_LIST = Object.values(FIELDS);

const ORDER: readonly string[] = [
  ...FIELD_LIST.map(({ key }) => key),
  "created_at",
  "completed_at",
  "deleted_at",
  WALL_CLOCK,
];

/** The names of the fields that this version knows. Tags are not among them. */
export const KNOWN_FIELDS: ReadonlySet<string> = new Set(ORDER);

export function isKnownField(name: string): boolean {
  return KNOWN_FIELDS.has(name);
}

/** Names of fields in display order, tags and unknown ones last. Each database keeps an order of its own. */
export function orderFields(names: readonly string[]): string[] {
  const known = ORDER.filter((name) => names.includes(name));
  const others = names.filter((name) => !ORDER.includes(name));
  return [...known, ...others.toSorted(compareBytes)];
}

/** The draft with every value as it is stored. Throws `invalid_input` for the first one that is not allowed. */
export function checkDraft(draft: Draft): Draft {
  return { ...checkPatch(draft), title: checkTitle(draft.title) };
}

/** The patch with every value as it is stored. Throws `invalid_input` for the first one that is not allowed. */
export function checkPatch(patch: Patch): Patch {
  const checked = FIELD_LIST.flatMap(({ name, check }) => {
    const value = patch[name];
    return value == null ? [] : [[name, check(value)] as const];
  });
  return {
    ...patch,
    ...Object.fromEntries(checked),
    ...(patch.tags !== undefined && { tags: checkTags(patch.tags) }),
    ...(patch.addTags !== undefined && { addTags: checkTags(patch.addTags) }),
    ...(patch.removeTags !== undefined && { removeTags: patch.removeTags.map(checkTag) }),
  };
}

/** The fields of a new task. An absent value gets no register: it reads as null. */
export function draftFields(draft: Draft, createdAt: string): Fields {
  const given = FIELD_LIST.flatMap(({ name, key }) => {
    const value = draft[name] ?? null;
    return value === null ? [] : [[key, value] as const];
  });
  return Object.fromEntries([...given, ["created_at", createdAt], ...tagEntries(draft.tags ?? [], true)]);
}

/** The fields in which the patch differs from the task. Throws `invalid_input` when too many tags would be left. */
export function patchFields(task: Task, patch: Patch): Fields {
  const changed = FIELD_LIST.filter(({ name }) => patch[name] !== undefined && patch[name] !== task[name]).map(
    ({ name, key }): [string, Scalar] => [key, patch[name] ?? null],
  );
  return Object.fromEntries([...changed, ...patchTags(task.tags, patch)]);
}

/** All that a task says of itself, as fields. What it does not have is absent. */
export function taskFields(task: Task): Fields {
  return {
    ...draftFields(task, task.createdAt),
    ...(task.completedAt !== null && { completed_at: task.completedAt }),
    ...(task.deletedAt !== null && { deleted_at: task.deletedAt }),
  };
}

/** One field of a task before and after a change. */
export type FieldChange = { readonly field: string; readonly before: Scalar; readonly after: Scalar };

/** New values of fields beside those that they take the place of, in display order. */
export function listChanges(before: Fields, after: Fields): FieldChange[] {
  return orderFields(Object.keys(after)).map((field) => ({
    field,
    before: before[field] ?? null,
    after: after[field] ?? null,
  }));
}

/** The fields that complete a task at a moment, or reopen it. Empty if it is in that state already. */
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
  const untag = new Set(patch.removeTags?.flatMap((tag) => [tag, ...findSpellings(before, tag)]));
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

/** The tags that a name means: as it is spelled if there is that one, otherwise those in another case. */
function findSpellings(tags: readonly string[], name: string): readonly string[] {
  if (tags.includes(name)) return [name];
  return tags.filter((tag) => foldText(tag) === foldText(name));
}

function tagEntries(tags: readonly string[], set: boolean): [string, Scalar][] {
  return tags.map((tag) => [TAG_PREFIX + tag, set]);
}
