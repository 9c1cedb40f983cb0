import { TodoError, withHint } from "../../domain/errors.ts";
import type { System } from "../../ports/system.ts";
import { checkPriority, isTag } from "../../domain/task/task.ts";
import { parseDueShift } from "../../domain/dates/due-shift.ts";
import { isDate, parseWhen } from "../../domain/dates/when.ts";
import type { TaskEdit } from "../../services/tasks/edit-tasks.ts";

/** The content of a command line for a task. `title` is absent if no word of it is left. */
export type Understood = Pick<TaskEdit, "title" | "dueDate" | "dueShift" | "project" | "priority" | "addTags">;

/** The flags that set the same fields as words. */
export type FieldFlags = {
  readonly due?: string;
  readonly tag?: readonly string[];
  readonly project?: string;
  readonly priority?: string;
};

type Token = { readonly key: "due" | "project" | "priority" | "tag"; readonly value: string };

const KEYED = /^(due|project|priority):(.+)$/su;
/** `+1` and `+49` are words of a title: a tag has a letter. */
const TAGGED = /^\+(?=.*\p{L})(\S+)$/u;
/** `the day after tomorrow at 5 pm` has the most words that a date can have behind its first, but for sums. */
const MAX_WORDS_BEHIND = 6;
/** The word that clears a field and that filters for its absence. */
export const NONE = "none";

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
  const read = args.map(readArgument);
  const tokens = [...read.flatMap(({ tokens: found }) => found), ...readFlags(flags)];
  const kept = [...read.flatMap(({ text }) => text ?? []), ...literal];
  const tags = tokens.filter(({ key }) => key === "tag").map(({ value }) => value);
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
function readArgument(argument: string): { readonly tokens: Token[]; readonly text?: string } {
  const whole = readToken(argument);
  if (whole) return { tokens: [whole] };
  const [first = "", ...rest] = argument.split(/(?=\s)(?<=\S)/u);
  const pieces = [first, ...rest].map((piece) => ({ piece, token: readToken(piece.trimStart()) }));
  const tokens = pieces.flatMap(({ token }) => token ?? []);
  const kept = pieces.filter(({ token }) => !token).map(({ piece }) => piece);
  if (kept.length === 0) return { tokens };
  const text = kept.join("");
  return { tokens, text: pieces[0]?.token ? text.trimStart() : text };
}

function readToken(word: string): Token | undefined {
  const tag = TAGGED.exec(word)?.[1];
  if (tag !== undefined && isTag(tag)) return { key: "tag", value: tag };
  const [, key, value] = KEYED.exec(word) ?? [];
  if (value === undefined) return undefined;
  if (key === "due" || key === "project" || key === "priority") return { key, value };
  return undefined;
}

function readFlags(flags: FieldFlags): Token[] {
  return [
    ...(flags.due === undefined ? [] : [{ key: "due", value: flags.due } as const]),
    ...(flags.project === undefined ? [] : [{ key: "project", value: flags.project } as const]),
    ...(flags.priority === undefined ? [] : [{ key: "priority", value: flags.priority } as const]),
    ...(flags.tag ?? []).map((value) => ({ key: "tag", value }) as const),
  ];
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
