import { TodoError, withHint } from "../../domain/errors.ts";
import { NONE } from "../../domain/keys.ts";
import type { System } from "../../ports/system.ts";
import { checkPriority, isTag } from "../../domain/task/task.ts";
import { parseDueShift } from "../../domain/dates/due-shift.ts";
import { isDate, parseWhen } from "../../domain/dates/when.ts";
import type { TaskEdit } from "../../services/tasks/edit-tasks.ts";

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

type Token = { readonly key: "due" | "project" | "priority" | "tag" | "tags" | "untag"; readonly value: string };

/** The words of an edit are those of a new task, and those that clear a field or take a tag off. */
type Reading = "add" | "edit";

const KEYED = /^(due|project|priority):(.*)$/su;
const UNTAGGED = /^not:\+(\S+)$/u;
/** `+1` and `+49` are words of a title: a tag has a letter. */
const TAGGED = /^\+(?=.*\p{L})(\S+)$/u;
/** `the day after tomorrow at 5 pm` has the most words that a date can have behind its first, but for sums. */
const MAX_WORDS_BEHIND = 6;

/**
 * Reads quick-add words: `due:`, `project:`, `priority:` and `+tag` count if they are whole words, the rest is the
 * title as it was typed. An argument that begins with a key is one word, so `due:"next friday"` works. Words after `--`
 * (`literal`) are title. Throws `invalid_input` for a value that is not understood and `usage` for a field given twice.
 */
export function readWords(
  args: readonly string[],
  literal: readonly string[],
  flags: FieldFlags,
  system: System,
): Understood {
  return understand(readTokens(args, literal, flags, "add"), system);
}

/**
 * Reads the words of an edit. A key without a value clears its field, `tags:` takes all tags off and `not:+tag` one.
 * Throws as `readWords` does.
 */
export function readEditWords(args: readonly string[], flags: FieldFlags, system: System): UnderstoodEdit {
  const read = readTokens(args, [], flags, "edit");
  const untags = listValues(read.tokens, "untag");
  return {
    ...understand(read, system),
    ...(read.tokens.some(({ key }) => key === "tags") && { tags: [] }),
    ...(untags.length > 0 && { removeTags: untags }),
  };
}

/** The tokens of a command line, the words that are left, and all as they were typed. */
type Tokens = { readonly tokens: readonly Token[]; readonly kept: readonly string[]; readonly args: readonly string[] };

function readTokens(args: readonly string[], literal: readonly string[], flags: FieldFlags, reading: Reading): Tokens {
  const read = args.map((argument) => readArgument(argument, reading));
  return {
    tokens: [...read.flatMap(({ tokens }) => tokens), ...readFlags(flags)],
    kept: [...read.flatMap(({ text }) => text ?? []), ...literal],
    args,
  };
}

function understand({ tokens, kept, args }: Tokens, system: System): Understood {
  const tags = listValues(tokens, "tag");
  const due = pickOnly(tokens, "due");
  const project = pickOnly(tokens, "project");
  const priority = pickOnly(tokens, "priority");
  return {
    ...(kept.length > 0 && { title: kept.join(" ") }),
    ...(due !== undefined && readDue(due, args, system)),
    ...(project !== undefined && { project: project === NONE ? null : project }),
    ...(priority !== undefined && { priority: priority === NONE ? null : checkPriority(priority.toLowerCase()) }),
    ...(tags.length > 0 && { addTags: tags }),
  };
}

/** One argument: its tokens, and the remaining text if there is any. White space between kept words stays. */
function readArgument(
  argument: string,
  reading: Reading,
): { readonly tokens: readonly Token[]; readonly text?: string } {
  const whole = readToken(argument, reading);
  if (whole) return { tokens: [whole] };
  const [first = "", ...rest] = argument.split(/(?=\s)(?<=\S)/u);
  const pieces = [first, ...rest].map((piece) => ({ piece, token: readToken(piece.trimStart(), reading) }));
  const tokens = pieces.flatMap(({ token }) => token ?? []);
  const kept = pieces.filter(({ token }) => !token).map(({ piece }) => piece);
  if (kept.length === 0) return { tokens };
  const text = kept.join("");
  return { tokens, text: pieces[0]?.token ? text.trimStart() : text };
}

function readToken(word: string, reading: Reading): Token | undefined {
  const tag = TAGGED.exec(word)?.[1];
  if (tag !== undefined && isTag(tag)) return { key: "tag", value: tag };
  const untag = reading === "edit" ? UNTAGGED.exec(word)?.[1] : undefined;
  if (untag !== undefined) return { key: "untag", value: untag };
  if (word === "tags:") return { key: "tags", value: emptyValue("tags", reading) };
  const [, key, value] = KEYED.exec(word) ?? [];
  if (key !== "due" && key !== "project" && key !== "priority") return undefined;
  return { key, value: value || emptyValue(key, reading) };
}

/** The way to write each key, for people who left its value out. */
const WAYS = {
  due: 'due:friday, or in quotes due:"next friday"',
  project: 'project:Home, or in quotes project:"My garden"',
  priority: "priority:high",
  tags: "+home",
} as const;

/** The meaning of a key without a value. A new task has nothing to clear, so there the value was forgotten. */
function emptyValue(key: keyof typeof WAYS, reading: Reading): string {
  if (reading === "edit") return NONE;
  throw new TodoError("usage", `${key}: has no value`, {
    hints: [
      `Write it as one word: ${WAYS[key]}.`,
      `If it is text, it goes behind --: todo add -- ${key}: and the rest`,
    ],
  });
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

function readDue(
  due: string,
  args: readonly string[],
  system: System,
): Pick<Understood, "dueDate"> | Pick<Understood, "dueShift"> {
  if (due === NONE) return { dueDate: null };
  const dueShift = parseDueShift(due);
  if (dueShift) return { dueShift };
  try {
    return { dueDate: parseWhen(due, system) };
  } catch (error) {
    const longer = findLongerDate(due, args, system);
    if (!(error instanceof TodoError) || longer === undefined) throw error;
    throw withHint(error, `Several words go in quotes: due:"${longer}".`);
  }
}

/** In `due:next friday` only the first word belongs to the key. The date that it and the words behind it make. */
function findLongerDate(due: string, args: readonly string[], system: System): string | undefined {
  const words = args.join(" ").split(/\s+/u);
  const at = words.indexOf(`due:${due}`);
  if (at === -1) return undefined;
  const behind = words.slice(at + 1, at + 1 + MAX_WORDS_BEHIND);
  const longer = behind.map((_, count) => [due, ...behind.slice(0, count + 1)].join(" "));
  return longer.findLast((text) => isDate(text, system));
}

/** The error for a field that is given twice. */
export function givenTwice(field: string, one: string, other: string): TodoError {
  return new TodoError("usage", `${field} is given twice: ${one} and ${other}`);
}
