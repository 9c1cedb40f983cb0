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

/** Whether a command printed what a block says. Spaces at the ends of lines and empty lines at the end don't count. */
export function matchesOutput(expected: string, printed: string): boolean {
  const pattern = trimLines(expected)
    .split("…")
    .map((part) => RegExp.escape(part))
    .join("[^]*");
  return new RegExp(`^${pattern}$`).test(trimLines(printed));
}

/** The scripts of package.json that a set-up block runs, with bun that is there or that npx fetches. */
export function namedScripts(text: string): string[] {
  return [...text.matchAll(/\bbun(?:@[\w.-]+)?\s+run\s+([\w:.-]+)/g)].flatMap(([, name]) => name ?? []);
}

function trimLines(text: string): string {
  return text.replaceAll(/[ \t]+$/gm, "").trimEnd();
}
