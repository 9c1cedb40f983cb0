import { type DateShifts, type DueShift, parseDueShift } from "../dates/due-shift.ts";
import { parseDuration } from "../dates/duration.ts";
import type { LocalTime } from "../dates/local-time.ts";
import { parseReminder } from "../dates/reminder.ts";
import { parseWhen } from "../dates/when.ts";
import { TodoError } from "../errors.ts";
import { NONE } from "../keys.ts";
import { FIELD_KEYS, type FieldKey } from "../task/field-keys.ts";
import { parsePriority } from "../task/priority-words.ts";
import type { Patch } from "../task/task.ts";
import type { SeveralKey, Token } from "./tokens.ts";

/** Other tasks, by the references that were typed. */
export type LinkRefs = {
  readonly parentRef?: string | null;
  readonly dependsRefs?: readonly string[];
  readonly notDependsRefs?: readonly string[];
};

/** What words say of a task. `title` is absent if no word of it is left. `every` are the words of a rule. */
export type Understood = Omit<Patch, "description" | "rank" | "recurrence"> &
  DateShifts &
  LinkRefs & { readonly every?: string | null };

/**
 * What tokens and the texts of a title say. Throws `invalid_input` for a value that is not understood and `usage` for a field
 * given twice.
 */
export function understand(tokens: readonly Token[], texts: readonly string[], system: LocalTime): Understood {
  const tags = listValues(tokens, "tag");
  const untags = listValues(tokens, "untag");
  const fields = FIELD_KEYS.flatMap(({ name }): Understood[] => {
    if (isSeveral(name)) return [SEVERAL[name](listValues(tokens, name), listValues(tokens, `not:${name}`), system)];
    const value = pickOnly(tokens, name);
    return value === undefined ? [] : [ONE[name](value, system)];
  });
  return {
    ...(texts.length > 0 && { title: texts.join(" ") }),
    ...Object.assign({}, ...fields),
    ...(tags.length > 0 && { addTags: tags }),
    ...(tokens.some(({ key }) => key === "tags") && { tags: [] }),
    ...(untags.length > 0 && { removeTags: untags }),
  };
}

/** What the value of each key means. */
const ONE = {
  due: (text, system) =>
    readDate(
      { text, system },
      (dueDate) => ({ dueDate }),
      (dueShift) => ({ dueShift }),
    ),
  scheduled: (text, system) =>
    readDate(
      { text, system },
      (scheduledDate) => ({ scheduledDate }),
      (scheduledShift) => ({ scheduledShift }),
    ),
  wait: (text, system) =>
    readDate(
      { text, system },
      (waitUntil) => ({ waitUntil }),
      (waitShift) => ({ waitShift }),
    ),
  every: (text) => ({ every: orNone(text, (words) => words) }),
  project: (text) => ({ project: orNone(text, (name) => name) }),
  priority: (text) => ({ priority: parsePriority(text) }),
  parent: (text) => ({ parentRef: orNone(text, (ref) => ref) }),
  estimate: (text) => ({ estimateMinutes: orNone(text, parseDuration) }),
} as const satisfies Record<Exclude<FieldKey, SeveralKey>, (text: string, system: LocalTime) => Understood>;

/** What the values of a key mean that can be given several times, and those that are taken off. */
const SEVERAL = {
  depends: (added, removed) => ({
    ...(added.includes(NONE) && { dependsOn: [] }),
    ...ifAny(splitRefs(added), (dependsRefs) => ({ dependsRefs })),
    ...ifAny(splitRefs(removed), (notDependsRefs) => ({ notDependsRefs })),
  }),
  remind: (added, removed, system) => ({
    ...(added.includes(NONE) && { reminders: [] }),
    ...ifAny(readReminders(added, system), (addReminders) => ({ addReminders })),
    ...ifAny(readReminders(removed, system), (removeReminders) => ({ removeReminders })),
  }),
} as const satisfies Record<
  SeveralKey,
  (added: readonly string[], removed: readonly string[], system: LocalTime) => Understood
>;

function isSeveral(key: FieldKey): key is SeveralKey {
  return key in SEVERAL;
}

function listValues(tokens: readonly Token[], key: Token["key"]): string[] {
  return tokens.filter((token) => token.key === key).map(({ value }) => value);
}

function pickOnly(tokens: readonly Token[], key: Token["key"]): string | undefined {
  const [first, second] = tokens.filter((token) => token.key === key);
  if (first && second) throw givenTwice(key, first.value, second.value);
  return first?.value;
}

/** A date, or one that is counted from the due date, such as `due-3d`. */
function readDate(
  { text, system }: { readonly text: string; readonly system: LocalTime },
  ofDate: (date: string | null) => Understood,
  ofShift: (shift: DueShift) => Understood,
): Understood {
  const shift = parseDueShift(text);
  return shift ? ofShift(shift) : ofDate(orNone(text, (when) => parseWhen(when, system)));
}

function readReminders(texts: readonly string[], system: LocalTime): string[] {
  return texts.filter((text) => text !== NONE).map((text) => parseReminder(text, system));
}

/** The references in `kqv, bqz`. A text without any is kept, because it names no task. */
function splitRefs(texts: readonly string[]): string[] {
  return texts
    .filter((text) => text !== NONE)
    .flatMap((text) => {
      const refs = text.split(",").map((ref) => ref.trim());
      const given = refs.filter((ref) => ref !== "");
      return given.length === 0 ? [text] : given;
    });
}

function orNone<Value>(text: string, read: (text: string) => Value): Value | null {
  return text === NONE ? null : read(text);
}

function ifAny(values: readonly string[], toFields: (values: readonly string[]) => Understood): Understood {
  return values.length === 0 ? {} : toFields(values);
}

/** The error for a field that is given twice. */
export function givenTwice(field: string, one: string, other: string): TodoError {
  return new TodoError("usage", `${field} is given twice: ${one} and ${other}`);
}
