import { wrapText } from "../output/wrap.ts";

/** A part of a help text. Data, so that documents can be made from it as well. */
export type Section = {
  readonly heading?: string;
  readonly paragraphs?: readonly string[];
  /** Terms and what they mean. A line break begins another line of the meaning. */
  readonly rows?: readonly Row[];
  /** Command lines, which are never wrapped: people copy them. */
  readonly examples?: readonly string[];
};

export type Row = readonly [term: string, meaning: string];

const INDENT = "  ";
const GAP = "  ";

/** A longer term stands on a line of its own, or it would leave little room for all meanings. */
const MAX_TERM_COLUMNS = 26;

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
  return rows.flatMap(([term, meaning]) => {
    const start = (INDENT + term).padEnd(indent.length);
    const lines = meaning.split("\n").flatMap((line) => wrapText(line, width - indent.length));
    const [first = "", ...others] = indentAll(lines, indent);
    const isBeside = start.length === indent.length && start.endsWith(GAP);
    const top = isBeside ? [start + first.slice(indent.length)] : [start, first];
    return [...top, ...others].map((line) => line.trimEnd()).filter((line) => line !== "");
  });
}

function indentAll(lines: readonly string[], indent: string): string[] {
  return lines.map((line) => indent + line);
}
