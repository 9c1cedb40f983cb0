import { escapeControls } from "../../domain/escape.ts";
import { printText } from "./print.ts";
import type { Output } from "./output.ts";

const GAP = "  ";

/** Prints rows with each column as wide as its widest text. Prints nothing if there are no rows. */
export function printColumns(output: Output, rows: readonly (readonly string[])[]): void {
  if (rows.length === 0) return;
  const cells = rows.map((row) => row.map(escapeControls));
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => Bun.stringWidth(row[at] ?? ""))));
  const pad = (text: string, at: number) => text + " ".repeat((widths[at] ?? 0) - Bun.stringWidth(text));
  printText(output, cells.map((row) => row.map(pad).join(GAP).trimEnd()).join("\n"));
}
