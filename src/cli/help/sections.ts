import { wrapText } from "../output/wrap.ts";

/** A part of a help text. Data, so that documents can be made from it as well. */
export type Section = {
  readonly heading?: string;
  readonly paragraphs?: readonly string[];
  /** Terms, what they mean, and maybe ways to write them. A line break begins another line of the meaning. */
  readonly rows?: readonly Row[];
  /** Command lines, which are never wrapped: people copy them. */
  readonly examples?: readonly string[];
};

export type Row = readonly [term: string, meaning: string, ways?: readonly string[]];

const INDENT = "  ";
const GAP = "  ";

/** A longer term stands on a line of its own, or it would leave little room for all meanings. */
const MAX_TERM_COLUMNS = 26;

const NO_BREAK = "\u00A0";

/** The indent of meanings where there is no room beside terms. */
const BELOW = " ".repeat(6);

/** The sections as text on lines of at most `width` columns, with a line break at the end. */
export function formatSections(sections: readonly Section[], width: number): string {
  return `${sections.map((section) => formatSection(section, width).join("\n")).join("\n\n")}\n`;
}

function formatSection({ heading, paragraphs = [], rows = [], examples = [] }: Section, width: number): string[] {
  const indent = heading === undefined ? "" : INDENT;
  return [
    ...(heading === undefined ? [] : wrapText(`${heading}:`, width)),
    ...paragraphs.flatMap((text) => indentAll(wrapText(text, width - indent.length), indent)),
    ...formatRows(rows, width),
    ...indentAll(examples, INDENT),
  ];
}

function formatRows(rows: readonly Row[], width: number): string[] {
  const lengths = rows.map(([term]) => term.length).filter((length) => length <= MAX_TERM_COLUMNS);
  const beside = " ".repeat(INDENT.length + Math.max(0, ...lengths) + GAP.length);
  const indent = beside.length > width / 2 ? BELOW : beside;
  return rows.flatMap(([term, meaning, ways = []]) => {
    const start = (INDENT + term).padEnd(indent.length);
    const room = width - indent.length;
    const lines = [...wrapWays(ways, room), ...meaning.split("\n").flatMap((line) => wrapText(line, room))];
    const [first = "", ...others] = indentAll(lines, indent);
    const isBeside = start.length === indent.length && start.endsWith(GAP);
    const top = isBeside ? [start + first.slice(indent.length)] : [start, first];
    return [...top, ...others].map((line) => line.trimEnd()).filter((line) => line !== "");
  });
}

/** Ways to write something, side by side. None is broken at its own spaces. */
function wrapWays(ways: readonly string[], width: number): string[] {
  if (ways.length === 0) return [];
  const text = ways.map((way) => way.replaceAll(" ", NO_BREAK)).join(" | ");
  return wrapText(text, width).map((line) => line.replaceAll(NO_BREAK, " "));
}

function indentAll(lines: readonly string[], indent: string): string[] {
  return lines.map((line) => indent + line);
}
