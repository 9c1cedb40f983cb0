import type { Note } from "../../domain/task/task.ts";
import { timeOfId } from "../../domain/task/time.ts";
import type { System } from "../../ports/system.ts";
import { formatMoment } from "../../domain/dates/format-date.ts";
import { escapeLines } from "../../domain/escape.ts";

/** Each note with its number, by which it can be removed, and when it was made. */
export function formatNotes(notes: readonly Note[], system: System): string {
  const width = String(notes.length).length;
  return notes.map((note, at) => formatNote(note, String(at + 1).padStart(width), system)).join("\n");
}

/** Lines after the first stand below the text. */
function formatNote({ id, text }: Note, number: string, system: System): string {
  const start = `${number}  ${formatMoment(timeOfId(id), system)}  `;
  return start + escapeLines(text).replaceAll("\n", `\n${" ".repeat(start.length)}`);
}
