import type { Action } from "../../domain/task/action.ts";
import { isCreation, listChanges, orderFields } from "../../domain/task/fields.ts";
import {
  type Fields,
  readValue,
  readValues,
  SOURCE,
  type Registers,
  type Scalar,
} from "../../domain/task/registers.ts";
import type { Edit, HistoryEntry, UndoableEntry } from "../../ports/store.ts";
import type { Task } from "../../domain/task/task.ts";
import { timestamp, type Workspace } from "../workspace.ts";
import { type Changes, decideAgain } from "./change-tasks.ts";

/** The result of an undo or a redo. `action` names the change that it is about. `kept` are the fields that were left alone because they were changed again since. */
export type Undone = {
  readonly action: Action;
  readonly at: number;
  readonly tasks: readonly Task[];
  readonly changes: Changes;
  readonly kept: readonly { readonly id: string; readonly field: string }[];
};

/** Reverts the newest change as a new edit, or answers null if there is none. */
export function undoLastChange(workspace: Workspace): Promise<Undone | null> {
  const { store, user } = workspace;
  return decideAgain(
    () => store.lastChange(user),
    (entries) => revert(workspace, "undo", entries),
  );
}

/** Reverts the newest undo as a new edit, or answers null if there is none or something was changed since. */
export function redoLastUndo(workspace: Workspace): Promise<Undone | null> {
  const { store, user } = workspace;
  return decideAgain(
    () => store.lastUndo(user),
    (entries) => revert(workspace, "redo", entries),
  );
}

/** The changes to one task or to all, the newest first. */
export function readLog(
  { store, user }: Workspace,
  filter: { readonly id?: string; readonly limit?: number },
): Promise<HistoryEntry[]> {
  return store.history(user, filter);
}

async function revert(
  workspace: Workspace,
  action: "undo" | "redo",
  entries: readonly UndoableEntry[],
): Promise<Undone | null> {
  const { store, user, system } = workspace;
  const [first] = entries;
  if (!first) return null;
  const now = timestamp(workspace);
  const reversals = entries.map((entry) => reverse(entry, now));
  const tasks = await store.commit(user, {
    action,
    now: system.now(),
    edits: reversals.map(({ edit }) => edit),
    expected: new Map(entries.map((entry) => [entry.id, entry.revision])),
    undoes: first.clock,
  });
  return {
    action: first.action,
    at: first.at,
    tasks,
    changes: new Map(reversals.map(({ edit, current }) => [edit.id, listChanges(current, edit.fields)])),
    kept: reversals.flatMap(({ kept }) => kept),
  };
}

type Reversal = { readonly edit: Edit; readonly current: Fields; readonly kept: Undone["kept"] };

/**
 * A field counts as untouched since the change if it has the same value: the undo of a later change gives it a new
 * clock. For a new task all fields count except the deletion, even those that it did not have at first and those that
 * only a later version knows. An edit without fields is still logged, so that the next undo goes one change further back.
 */
function reverse(entry: UndoableEntry, now: string): Reversal {
  const { id, after } = entry;
  const isMade = isCreation(entry);
  const current = readValues(entry.current);
  const fields = orderFields(Object.keys({ ...entry.current, ...after }));
  const counted = isMade ? fields.filter((field) => field !== "deleted_at") : fields;
  const moved = counted.filter((field) => !isSame(valueOf(entry.current, field), valueOf(after, field)));
  const kept = moved.map((field) => ({ id, field }));
  if (isMade) {
    // Another import of the file makes the task anew then.
    const unmade = { deleted_at: now, ...(Object.hasOwn(after, SOURCE) && { [SOURCE]: null }) };
    return { edit: { id, fields: moved.length > 0 ? {} : unmade }, current, kept };
  }
  const restored = fields
    .filter((field) => !moved.includes(field))
    .map((field): [string, Scalar] => [field, valueBefore(entry, field)]);
  return { edit: { id, fields: Object.fromEntries(restored) }, current, kept };
}

/** A field that was never set reads as null, and one of a set, such as a tag, as false once it is taken out. */
function isSame(one: Scalar, other: Scalar): boolean {
  return one === other || (isUnset(one) && isUnset(other));
}

function isUnset(value: Scalar): boolean {
  return value === null || value === false;
}

/** A field can have the name of something that every object inherits. */
function valueOf(registers: Registers, field: string): Scalar {
  return Object.hasOwn(registers, field) ? readValue(registers[field]) : null;
}

/** What is either true or false is never null. */
function valueBefore({ before, after }: HistoryEntry, field: string): Scalar {
  if (Object.hasOwn(before, field)) return valueOf(before, field);
  return typeof valueOf(after, field) === "boolean" ? false : null;
}
