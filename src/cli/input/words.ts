import { TodoError } from "../../domain/errors.ts";
import { NONE } from "../../domain/keys.ts";
import type { System } from "../../ports/system.ts";
import { parsePriority } from "../../domain/task/priority-words.ts";
import { parseDuration } from "../../domain/dates/duration.ts";
import { type DueShift, parseDueShift } from "../../domain/dates/due-shift.ts";
import { parseReminder } from "../../domain/dates/reminder.ts";
import { parseWhen } from "../../domain/dates/when.ts";
import { FIELD_KEYS, type FieldKey } from "../../domain/task/field-keys.ts";
import type { TaskEdit } from "../../services/tasks/edit-tasks.ts";
import { type Reading, readTokens, type SeveralKey, type Token, type Tokens } from "./tokens.ts";

/** Other tasks, by the references that were typed. */
export type LinkRefs = {
  readonly parentRef?: string | null;
  readonly dependsRefs?: readonly string[];
  readonly notDependsRefs?: readonly string[];
};

/** The content of a command line for a task. `title` is absent if no word of it is left. */
export type Understood = Omit<TaskEdit, "completed" | "cancelled" | "description" | "rank"> & LinkRefs;

/** The values of the options that set the same fields as words. `--no-due` makes `due` false. */
export type FieldFlags = { readonly [Key in FieldKey]?: string | readonly string[] | false } & {
  readonly tag?: readonly string[];
};

/**
 * Reads quick-add words: the keys of `FIELD_KEYS` (also in short: `pri:H`, `p1`) and `+tag` count if they are whole words,
 * the rest is the title as it was typed. An argument that begins with a key is one word, so `due:"next friday"` works.
 * Words behind the key of a date that make one date with it belong to it. Words after `--` (`literal`) are title. Throws
 * `invalid_input` for a value that is not understood and `usage` for a field given twice.
 */
export function readWords(
  args: readonly string[],
  literal: readonly string[],
  flags: FieldFlags,
  system: System,
): Understood {
  return understand(readAll(args, flags, "add", system), literal, system);
}

/**
 * Reads the words of an edit. A key without a value clears its field, `tags:` takes all tags off and `not:+tag` one.
 * Throws as `readWords` does.
 */
export function readEditWords(args: readonly string[], flags: FieldFlags, system: System): Understood {
  const read = readAll(args, flags, "edit", system);
  const untags = listValues(read.tokens, "untag");
  return {
    ...understand(read, [], system),
    ...(read.tokens.some(({ key }) => key === "tags") && { tags: [] }),
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
} as const satisfies Record<Exclude<FieldKey, SeveralKey>, (text: string, system: System) => Understood>;

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
  (added: readonly string[], removed: readonly string[], system: System) => Understood
>;

function understand({ tokens, kept }: Tokens, literal: readonly string[], system: System): Understood {
  const tags = listValues(tokens, "tag");
  const texts = [...kept, ...literal];
  const fields = FIELD_KEYS.flatMap(({ name }): Understood[] => {
    if (isSeveral(name)) return [SEVERAL[name](listValues(tokens, name), listValues(tokens, `not:${name}`), system)];
    const value = pickOnly(tokens, name);
    return value === undefined ? [] : [ONE[name](value, system)];
  });
  return {
    ...(texts.length > 0 && { title: texts.join(" ") }),
    ...Object.assign({}, ...fields),
    ...(tags.length > 0 && { addTags: tags }),
  };
}

function isSeveral(key: FieldKey): key is SeveralKey {
  return key in SEVERAL;
}

/** The tokens of words and of flags, which mean the same. */
function readAll(args: readonly string[], flags: FieldFlags, reading: Reading, system: System): Tokens {
  const { tokens, kept } = readTokens(args, reading, system);
  return { tokens: [...tokens, ...readFlags(flags)], kept };
}

function readFlags(flags: FieldFlags): Token[] {
  const fields = FIELD_KEYS.flatMap(({ name }) => {
    const given = flags[name];
    if (given === undefined) return [];
    const values = typeof given === "object" ? given : [given === false ? NONE : given];
    return values.map((value) => ({ key: name, value }));
  });
  return [...fields, ...(flags.tag ?? []).map((value) => ({ key: "tag", value }) as const)];
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
  { text, system }: { readonly text: string; readonly system: System },
  ofDate: (date: string | null) => Understood,
  ofShift: (shift: DueShift) => Understood,
): Understood {
  const shift = parseDueShift(text);
  return shift ? ofShift(shift) : ofDate(orNone(text, (when) => parseWhen(when, system)));
}

function readReminders(texts: readonly string[], system: System): string[] {
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
