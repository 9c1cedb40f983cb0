/** A row of a file and the line on which it begins, counted from 1. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/** What is wrong with a file, and where it begins. */
export type CsvProblem = { readonly line: number; readonly problem: string };

/** A file would have to be broken to have more. */
const MAX_CELLS = 1000;

const QUOTE = '"';

/**
 * The rows of CSV (RFC 4180), which may have line ends in their quotes. Blank rows are left out. What stands behind a closing quote
 * belongs to the cell, as spreadsheets read it. Ends with a problem if the file does so within quotes, or if a row has too many cells.
 */
export function* readCsvRows(text: string, separator = ","): Generator<CsvRow | CsvProblem> {
  let [at, line] = [text.startsWith("\ufeff") ? 1 : 0, 1];
  while (at < text.length) {
    const row = { line, cells: [] as string[] };
    for (;;) {
      const cell = readCell(text, at, separator);
      if (cell === null) return yield { line: row.line, problem: "the file ends within quotes" };
      row.cells.push(cell.value);
      if (row.cells.length > MAX_CELLS)
        return yield { line: row.line, problem: `this row has more than ${MAX_CELLS} cells` };
      line += cell.lines;
      at = cell.end;
      if (text[at] !== separator) break;
      at += 1;
    }
    if (text[at] === "\r") at += 1;
    if (text[at] === "\n") at += 1;
    line += 1;
    if (row.cells.some((value) => value !== "")) yield row;
  }
}

type Cell = { readonly value: string; readonly end: number; readonly lines: number };

/** A cell that begins at a place, up to the separator or line end behind it. null if its quotes are not closed. */
function readCell(text: string, start: number, separator: string): Cell | null {
  let [at, value] = [start, ""];
  if (text[at] === QUOTE) {
    for (;;) {
      const end = text.indexOf(QUOTE, at + 1);
      if (end === -1) return null;
      value += text.slice(at + 1, end);
      at = end + 1;
      if (text[at] !== QUOTE) break;
      value += QUOTE;
    }
  }
  const quoted = value;
  const from = at;
  while (
    at < text.length &&
    text[at] !== separator &&
    text[at] !== "\n" &&
    !(text[at] === "\r" && text[at + 1] === "\n")
  )
    at += 1;
  return { value: quoted + text.slice(from, at), end: at, lines: quoted.split("\n").length - 1 };
}
