import { escapeControls } from "../escape.ts";
import { type FieldChange, FIELDS } from "./fields.ts";
import { NOTE_PREFIX, REMINDER_PREFIX, SOURCE, TAG_PREFIX, TIME_PREFIX } from "./registers.ts";

/** What fields are called of which a task has any number. */
const PREFIX_NAMES = [
  [REMINDER_PREFIX, "reminder"],
  [NOTE_PREFIX, "note"],
  [TIME_PREFIX, "tracked time"],
] as const;

/** The fields whose values are dates, but for those that say when somebody did something. */
export const DATE_FIELDS: ReadonlySet<string> = new Set([
  FIELDS.dueDate.key,
  FIELDS.scheduledDate.key,
  FIELDS.waitUntil.key,
]);

/** The display name of a register: `due_date` is due, `tag:home` is +home, `note:<id>` is note. */
export function fieldName(field: string): string {
  if (field.startsWith(TAG_PREFIX)) return escapeControls(`+${field.slice(TAG_PREFIX.length)}`);
  if (field === FIELDS.recurrence.key) return "repetition";
  const named = PREFIX_NAMES.find(([prefix]) => field.startsWith(prefix));
  return named ? named[1] : escapeControls(field.replace(/_(date|at|until)$/, ""));
}

/** The changes that say something which no other one says, too. */
export function dropRedundant(all: readonly FieldChange[]): readonly FieldChange[] {
  const changes = all.filter((change) => !isSilent(change));
  return changes.filter((change) => !isSaidByOthers(change, changes));
}

/** What was only written again says nothing. */
export function isSilent({ before, after }: FieldChange): boolean {
  return before === after || (before === null && after === false);
}

/**
 * What is cancelled or skipped is closed, and what no longer is says that. A due date says which occurrence it is for. When something
 * deleted was completed matters to nobody.
 */
function isSaidByOthers({ field, before, after }: FieldChange, changes: readonly FieldChange[]): boolean {
  const hasOneOf = (...names: readonly string[]) => changes.some((change) => names.includes(change.field));
  if (field === "completed_at" && hasOneOf("cancelled", "skipped")) return true;
  if (field === "completed_at" && before !== null && after !== null) return changes.some(isDeletion);
  if (field === "occurrence") return hasOneOf(FIELDS.dueDate.key, FIELDS.recurrence.key);
  return field === "done_for" || field === SOURCE;
}

function isDeletion({ field, after }: FieldChange): boolean {
  return field === "deleted_at" && after !== null;
}
