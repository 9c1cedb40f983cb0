/** An item of a list with a box, and what belongs to it. Lines are counted from 1. */
export type Item = {
  readonly line: number;
  /** What stands in the box: a space, `x`, or a sign of some program. */
  readonly mark: string;
  readonly text: string;
  /** The headings above it, from the first to the deepest. */
  readonly headings: readonly string[];
  /** The item within which it stands. */
  readonly parent: Item | null;
  /** The lines below it that are no boxes. */
  readonly below: string[];
};

const BOX = /^(\s*)(?:[-*+]|\d+[.)])\s+\[(.)\](?:\s+(.*))?$/u;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const FENCE = /^\s*(`{3,}|~{3,})/;
const QUOTE = /^(?:\s*>)+ ?/;
const TAB_WIDTH = 4;

type Nested = { readonly item: Item; readonly indent: number };

/** The items with boxes of a text in Markdown, also those in quotes and callouts. Code and comments have none. */
export function readItems(text: string): Item[] {
  const items: Item[] = [];
  const headings: string[] = [];
  let open: Nested[] = [];
  let fence: string | null = null;
  let isComment = false;
  for (const [at, whole] of text.split(/\r?\n/).entries()) {
    const content = whole.replace(QUOTE, "");
    const mark = FENCE.exec(content)?.[1];
    if (fence !== null || mark !== undefined) {
      fence = fence === null ? (mark ?? null) : mark?.startsWith(fence) ? null : fence;
      continue;
    }
    if (isComment || content.trimStart().startsWith("<!--")) {
      isComment = !content.includes("-->");
      continue;
    }
    const [heading, level = "", name = ""] = HEADING.exec(content) ?? [];
    if (heading !== undefined) {
      headings.splice(level.length - 1, Infinity, name);
      open = [];
      continue;
    }
    const indent = measureIndent(content);
    if (content.trim() !== "") open = open.filter((each) => each.indent < indent);
    const [box, , sign = "", words = ""] = BOX.exec(content) ?? [];
    if (box === undefined) {
      if (content.trim() !== "") open.at(-1)?.item.below.push(content.trim());
      continue;
    }
    const item = {
      line: at + 1,
      mark: sign,
      text: words,
      headings: headings.filter(Boolean),
      parent: open.at(-1)?.item ?? null,
      below: [],
    };
    items.push(item);
    open.push({ item, indent });
  }
  return items;
}

function measureIndent(content: string): number {
  const [blank = ""] = /^\s*/.exec(content) ?? [];
  return blank.replaceAll("\t", " ".repeat(TAB_WIDTH)).length;
}
