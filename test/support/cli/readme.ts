import { stripVTControlCharacters } from "node:util";
import { isHandlePrefix, MIN_HANDLE_LETTERS } from "../../../src/domain/task/handle.ts";

/** A fenced block of a Markdown text. */
export type Block = {
  /** What stands behind the fence: `sh run`, `sh setup`, `console` or anything else. */
  readonly info: string;
  readonly text: string;
  /** The line of its fence, from 1. */
  readonly line: number;
};

/** A command of a `console` block and what it is said to print, where `…` stands for anything. */
export type Scene = { readonly command: string; readonly expected: string };

const PROMPT = "$ ";

const LETTER = "[a-z]";
/** A day as the program prints it, with a year unless it is this one. */
const DATE = /(?:[MTWFS][a-z]{2} )?\d{1,2} [JFMASOND][a-z]{2}(?: \d{4})?\b/;
/** The headings above tomorrow, which is next week on a Sunday. */
const COMING_DAYS = ["This week", "Later"];
/** What differs from run to run, and words that may be handles. */
const VARIABLE_PARTS = new RegExp(
  `(…|\\b${DATE.source}|^(?:${COMING_DAYS.join("|")})$|\\b${LETTER}{${MIN_HANDLE_LETTERS},}\\b)`,
  "m",
);

export function readBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: { info: string; fence: string; lines: string[]; line: number } | undefined;
  for (const [at, line] of markdown.split(/\r?\n/).entries()) {
    const [, fence = "", info = ""] = /^\s*(`{3,}|~{3,})\s*(.*)$/.exec(line) ?? [];
    if (open && fence.startsWith(open.fence) && info === "") {
      blocks.push({ info: open.info, text: open.lines.join("\n"), line: open.line });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (fence !== "") open = { info: info.trim(), fence, lines: [], line: at + 1 };
  }
  if (open) throw new Error(`the block of line ${open.line} has no end`);
  return blocks;
}

/** The commands of a `console` block. A command that ends with a backslash goes on in the next line. */
export function readScenes({ text, line }: Block): Scene[] {
  const scenes: { command: string; expected: string[]; open: boolean }[] = [];
  for (const content of text.split("\n")) {
    const last = scenes.at(-1);
    if (last?.open) {
      last.command += `\n${content}`;
      last.open = content.endsWith("\\");
    } else if (content.startsWith(PROMPT)) {
      scenes.push({ command: content.slice(PROMPT.length), expected: [], open: content.endsWith("\\") });
    } else if (last) last.expected.push(content);
    else throw new Error(`the console block of line ${line} does not begin with "${PROMPT}"`);
  }
  return scenes.map(({ command, expected }) => ({ command, expected: expected.join("\n") }));
}

/** The handles of a text, and the tasks that they stand for in one run of it. */
export type Handles = ReadonlyMap<string, string>;

/**
 * The handles that a printed text has where an expected one has its own, by those; null if it printed something else.
 * Handles and dates differ from run to run, so any will do, but one handle stands for one task, which `known` names.
 * The widths of columns follow from them: two spaces are as good as more. Empty lines at the end don't count.
 */
export function matchOutput(expected: string, printed: string, known: Handles): Handles | null {
  const named = new Set<string>();
  const matchHandle = (handle: string) => {
    const task = known.get(handle);
    if (task !== undefined) return `${task.slice(0, MIN_HANDLE_LETTERS)}${LETTER}*`;
    if (named.has(handle)) return `\\k<${handle}>`;
    named.add(handle);
    return `(?<${handle}>${LETTER}{${MIN_HANDLE_LETTERS},})`;
  };
  const pattern = trimLines(expected)
    .split(VARIABLE_PARTS)
    .map((part) => {
      if (part === "…") return "[^]*";
      if (DATE.test(part)) return DATE.source;
      if (COMING_DAYS.includes(part)) return `(?:${COMING_DAYS.join("|")})`;
      return isHandlePrefix(part) ? matchHandle(part) : RegExp.escape(part);
    })
    .join("");
  const match = new RegExp(`^${pattern}$`).exec(trimLines(printed));
  return match && new Map(Object.entries(match.groups ?? {}));
}

/** A command with the handles of the tasks that its own stand for. */
export function nameTasks(command: string, known: Handles): string {
  return command.replaceAll(/\b[a-z]+\b/g, (word) => known.get(word) ?? word);
}

/** The scripts of package.json that a set-up block runs, with bun that is there or that npx fetches. */
export function namedScripts(text: string): string[] {
  return [...text.matchAll(/\bbun(?:@[\w.-]+)?\s+run\s+([\w:.-]+)/g)].flatMap(([, name]) => name ?? []);
}

function trimLines(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/[ \t]+$/gm, "")
    .replaceAll(/ {2,}/g, "  ")
    .trimEnd();
}
