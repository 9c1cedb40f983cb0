import { type CsvProblem, readCsvRows } from "./rows.ts";

/** A row by the names of its columns, in small letters. A cell that is not there is an empty text. */
export type CsvRecord = { readonly line: number; readonly get: (column: string) => string };

/**
 * The rows below the header, which is the first row that has these columns: some programs write words of their own above it. Without one
 * there is a problem.
 */
export function* readCsvRecords(
  text: string,
  columns: readonly string[],
  separator?: string,
): Generator<CsvRecord | CsvProblem> {
  let header: readonly string[] | null = null;
  let last = 1;
  for (const row of readCsvRows(text, separator)) {
    last = row.line;
    if ("problem" in row) return yield row;
    const { line, cells } = row;
    if (header === null) {
      const names = cells.map((cell) => cell.trim().toLowerCase());
      if (columns.every((column) => names.includes(column))) header = names;
      continue;
    }
    const places = new Map(header.map((name, at) => [name, at]));
    yield { line, get: (column) => cells[places.get(column) ?? -1]?.trim() ?? "" };
  }
  if (header === null) yield { line: last, problem: `there is no header with the columns ${columns.join(", ")}` };
}
