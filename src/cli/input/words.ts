import { TodoError } from "../../domain/errors.ts";
import { NONE } from "../../domain/keys.ts";
import type { System } from "../../ports/system.ts";
import { parsePriority } from "../../domain/task/priority-words.ts";
import { parseDueShift } from "../../domain/dates/due-shift.ts";
import { parseWhen } from "../../domain/dates/when.ts";
import type { TaskEdit } from "../../services/tasks/edit-tasks.ts";
import { type Reading, readTokens, type Token, type Tokens } from "./tokens.ts";

/** The content of a command line for a task. `title` is absent if no word of it is left. */
export type Understood = Pick<TaskEdit, "title" | "dueDate" | "dueShift" | "project" | "priority" | "addTags">;

/** The same for an edit, which can also take tags off. */
export type UnderstoodEdit = Understood & Pick<TaskEdit, "tags" | "removeTags">;

/** The flags that set the same fields as words. */
export type FieldFlags = {
  readonly due?: string;
  readonly tag?: readonly string[];
  readonly project?: string;
  readonly priority?: string;
};

/**
 * Reads quick-add words: `due:`, `project:`, `priority:` (also in short: `pri:H`, `p1`) and `+tag` count if they are
 * whole words, the rest is the title as it was typed. An argument that begins with a key is one word, so
 * `due:"next friday"` works. Words behind `due:` that make one date with it belong to it. Words after `--` (`literal`)
 * are title. Throws `invalid_input` for a value that is not understood and `usage` for a field given twice.
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
export function readEditWords(args: readonly string[], flags: FieldFlags, system: System): UnderstoodEdit {
  const read = readAll(args, flags, "edit", system);
  const untags = listValues(read.tokens, "untag");
  return {
    ...understand(read, [], system),
    ...(read.tokens.some(({ key }) => key === "tags") && { tags: [] }),
    ...(untags.length > 0 && { removeTags: untags }),
  };
}

function understand({ tokens, kept }: Tokens, literal: readonly string[], system: System): Understood {
  const tags = listValues(tokens, "tag");
  const due = pickOnly(tokens, "due");
  const project = pickOnly(tokens, "project");
  const priority = pickOnly(tokens, "priority");
  const texts = [...kept, ...literal];
  return {
    ...(texts.length > 0 && { title: texts.join(" ") }),
    ...(due !== undefined && readDue(due, system)),
    ...(project !== undefined && { project: project === NONE ? null : project }),
    ...(priority !== undefined && { priority: parsePriority(priority) }),
    ...(tags.length > 0 && { addTags: tags }),
  };
}

/** The tokens of words and of flags, which mean the same. */
function readAll(args: readonly string[], flags: FieldFlags, reading: Reading, system: System): Tokens {
  const { tokens, kept } = readTokens(args, reading, system);
  return { tokens: [...tokens, ...readFlags(flags)], kept };
}

function readFlags(flags: FieldFlags): Token[] {
  return [
    ...(flags.due === undefined ? [] : [{ key: "due", value: flags.due } as const]),
    ...(flags.project === undefined ? [] : [{ key: "project", value: flags.project } as const]),
    ...(flags.priority === undefined ? [] : [{ key: "priority", value: flags.priority } as const]),
    ...(flags.tag ?? []).map((value) => ({ key: "tag", value }) as const),
  ];
}

function listValues(tokens: readonly Token[], key: Token["key"]): string[] {
  return tokens.filter((token) => token.key === key).map(({ value }) => value);
}

function pickOnly(tokens: readonly Token[], key: Token["key"]): string | undefined {
  const [first, second] = tokens.filter((token) => token.key === key);
  if (first && second) throw givenTwice(key, first.value, second.value);
  return first?.value;
}

function readDue(due: string, system: System): Pick<Understood, "dueDate" | "dueShift"> {
  if (due === NONE) return { dueDate: null };
  const dueShift = parseDueShift(due);
  return dueShift ? { dueShift } : { dueDate: parseWhen(due, system) };
}

/** The error for a field that is given twice. */
export function givenTwice(field: string, one: string, other: string): TodoError {
  return new TodoError("usage", `${field} is given twice: ${one} and ${other}`);
}
