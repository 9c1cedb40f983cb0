import { escapeControls } from "./escape.ts";
import { printText } from "./print.ts";
import type { Session } from "../session.ts";

const GAP = "  ";

/** Prints rows with each column as wide as its widest text. Nothing is printed for no rows. */
export function printColumns(session: Session, rows: readonly (readonly string[])[]): void {
  if (rows.length === 0) return;
  const cells = rows.map((row) => row.map(escapeControls));
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => Bun.stringWidth(row[at] ?? ""))));
  const pad = (text: string, at: number) => text + " ".repeat((widths[at] ?? 0) - Bun.stringWidth(text));
  printText(session, cells.map((row) => row.map(pad).join(GAP).trimEnd()).join("\n"));
}
