import {
  compareBytes,
  type Fields,
  NOTE_PREFIX,
  type Registers,
  type Scalar,
  TIME_PREFIX,
  WALL_CLOCK,
} from "./registers.ts";
import { TodoError } from "../errors.ts";
import { parseDueDate } from "../dates/due-date.ts";
import { SETS } from "./sets.ts";
import {
  checkDescription,
  checkEstimate,
  checkPriority,
  checkProject,
  checkRank,
  checkRecurrence,
  checkScheduledDate,
  checkTag,
  checkTaskId,
  checkTitle,
  checkWaitUntil,
  type Draft,
  type Patch,
  type Task,
} from "./task.ts";
import { foldName } from "./text.ts";

/** The fields that people write as one value. What a task has any number of are fields of their own: `SETS`. */
export type Editable = Omit<Draft, keyof typeof SETS>;

type Field<Name extends keyof Editable> = {
  readonly name: Name;
  /** The key of the register. */
  readonly key: string;
  /** The name on the wire. */
  readonly wire: string;
  /** The word that people type and read. */
  readonly word: string;
  /** Whether null clears it. */
  readonly nullable: boolean;
  /** The value as it is stored. Throws `invalid_input`, also for a value of another type. */
  readonly check: (value: Scalar) => NonNullable<Editable[Name]>;
};

/** Each such field, once, in the order in which people read them. A missing field does not compile. */
export const FIELDS = {
  title: { name: "title", key: "title", wire: "title", word: "title", nullable: false, check: ofText(checkTitle) },
  description: {
    name: "description",
    key: "description",
    wire: "description",
    word: "description",
    nullable: true,
    check: ofText(checkDescription),
  },
  dueDate: {
    name: "dueDate",
    key: "due_date",
    wire: "due_date",
    word: "due",
    nullable: true,
    check: ofText((text) => parseDueDate(text)),
  },
  scheduledDate: {
    name: "scheduledDate",
    key: "scheduled_date",
    wire: "scheduled_date",
    word: "scheduled",
    nullable: true,
    check: ofText(checkScheduledDate),
  },
  waitUntil: {
    name: "waitUntil",
    key: "wait_until",
    wire: "wait_until",
    word: "wait",
    nullable: true,
    check: ofText(checkWaitUntil),
  },
  recurrence: {
    name: "recurrence",
    key: "recurrence",
    wire: "recurrence",
    word: "every",
    nullable: true,
    check: ofText(checkRecurrence),
  },
  priority: {
    name: "priority",
    key: "priority",
    wire: "priority",
    word: "priority",
    nullable: true,
    check: ofText(checkPriority),
  },
  project: {
    name: "project",
    key: "project",
    wire: "project",
    word: "project",
    nullable: true,
    check: ofText(checkProject),
  },
  parent: { name: "parent", key: "parent", wire: "parent", word: "parent", nullable: true, check: ofText(checkTaskId) },
  rank: { name: "rank", key: "rank", wire: "rank", word: "rank", nullable: true, check: ofText(checkRank) },
  estimateMinutes: {
    name: "estimateMinutes",
    key: "estimate",
    wire: "estimate_minutes",
    word: "estimate",
    nullable: true,
    check: ofNumber(checkEstimate),
  },
} as const satisfies { readonly [Name in keyof Editable]-?: Field<Name> };

/** The same as a list. */
export const FIELD_LIST = Object.values(FIELDS);

const SET_LIST = Object.values(SETS);

const ORDER: readonly string[] = [
  ...FIELD_LIST.map(({ key }) => key),
  "started_at",
  "occurrence",
  "series",
  "skipped",
  "done_for",
  "created_at",
  "completed_at",
  "cancelled",
  "deleted_at",
  WALL_CLOCK,
];

/** The names of the fields that this version knows, but for those that a task has any number of. */
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
  const sets = SET_LIST.flatMap(({ name, check, add, remove }) =>
    [name, add, ...(name === "tags" ? [] : [remove])].flatMap((member) => {
      const values = patch[member];
      return values === undefined ? [] : [[member, check(values)] as const];
    }),
  );
  return {
    ...patch,
    ...Object.fromEntries(checked),
    ...Object.fromEntries(sets),
    ...(patch.removeTags !== undefined && { removeTags: patch.removeTags.map(checkTag) }),
  };
}

/** The fields of a new task. An absent value gets no register: it reads as null. */
export function draftFields(draft: Draft, createdAt: string): Fields {
  const given = FIELD_LIST.flatMap(({ name, key }) => {
    const value = draft[name] ?? null;
    return value === null ? [] : [[key, value] as const];
  });
  const sets = SET_LIST.flatMap(({ name, prefix }) => memberEntries(prefix, draft[name] ?? [], true));
  return Object.fromEntries([...given, ["created_at", createdAt], ...sets]);
}

/** The fields in which the patch differs from the task. Throws `invalid_input` when too many of a kind would be left. */
export function patchFields(task: Task, patch: Patch): Fields {
  const changed = FIELD_LIST.filter(({ name }) => patch[name] !== undefined && patch[name] !== task[name]).map(
    ({ name, key }): [string, Scalar] => [key, patch[name] ?? null],
  );
  return Object.fromEntries([...changed, ...SET_LIST.flatMap((set) => patchSet(set, task, patch))]);
}

/** All that a task says of itself, as fields. What it does not have is absent. */
export function taskFields(task: Task): Fields {
  return {
    ...draftFields(task, task.createdAt),
    ...stateFields(task),
    ...Object.fromEntries(task.notes.map(({ id, text }) => [NOTE_PREFIX + id, text])),
    ...Object.fromEntries(Object.entries(task.time).map(([key, seconds]) => [TIME_PREFIX + key, seconds])),
  };
}

/** What commands set and nobody types. What the task does not have is absent. */
function stateFields(task: Task): Fields {
  const state = {
    completed_at: task.completedAt,
    cancelled: task.cancelled || null,
    started_at: task.startedAt,
    occurrence: task.occurrence,
    series: task.series,
    skipped: task.skipped || null,
    done_for: task.doneFor,
    deleted_at: task.deletedAt,
  };
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== null));
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

/** True for a change that made a task. */
export function isCreation({ before, after }: { readonly before: Registers; readonly after: Registers }): boolean {
  return "created_at" in after && !("created_at" in before);
}

/** True for an edit that changes something. */
export function hasFields(edit: { readonly fields: Fields }): boolean {
  return Object.keys(edit.fields).length > 0;
}

function patchSet({ name, prefix, check, add, remove }: (typeof SET_LIST)[number], task: Task, patch: Patch) {
  const before = task[name];
  const removed = new Set(patch[remove]?.flatMap((each) => [each, ...findSpellings(before, each)]));
  const wanted = [...(patch[name] ?? before), ...(patch[add] ?? [])].filter((each) => !removed.has(each));
  // What came from elsewhere may have more than is allowed, and must not keep other fields from being edited.
  const after = patch[name] === undefined && patch[add] === undefined ? wanted : check(wanted);
  return [
    ...memberEntries(
      prefix,
      after.filter((each) => !before.includes(each)),
      true,
    ),
    ...memberEntries(
      prefix,
      before.filter((each) => !after.includes(each)),
      false,
    ),
  ];
}

/** The tags that a name means: as it is spelled if there is that one, otherwise those in another case. */
function findSpellings(tags: readonly string[], name: string): readonly string[] {
  if (tags.includes(name)) return [name];
  return tags.filter((tag) => foldName(tag) === foldName(name));
}

function memberEntries(prefix: string, values: readonly string[], set: boolean): [string, Scalar][] {
  return values.map((value) => [prefix + value, set]);
}

function ofText<Value>(check: (text: string) => Value): (value: Scalar) => Value {
  return (value) => {
    if (typeof value !== "string") throw new TodoError("invalid_input", "it is not a text");
    return check(value);
  };
}

function ofNumber<Value>(check: (number: number) => Value): (value: Scalar) => Value {
  return (value) => {
    if (typeof value !== "number") throw new TodoError("invalid_input", "it is not a number");
    return check(value);
  };
}
