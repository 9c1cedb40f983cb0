import { isUuid } from "../../domain/is-uuid.ts";
import { contentId } from "../../domain/task/content-id.ts";
import { hashText } from "../../domain/hash-text.ts";
import type { ForeignNote, ForeignRecord } from "../../formats/found.ts";

/** The id of a task that a file names by a key. */
export function idOfForeign(format: string, key: string): string {
  return isUuid(key) ? key : contentId(hashText(`${format}\n${key}`));
}

/** A record as a file of this program has it. */
export type WrittenRecord = ReturnType<typeof toImportRecord>;

/** A record in the form of a file of this program, with the ids of the tasks that it names. */
export function toImportRecord(
  { parent, depends_on: dependencies, notes, ...record }: ForeignRecord,
  { key, idOf }: { readonly key: string; readonly idOf: (key: string) => string },
) {
  return {
    ...record,
    ...(parent !== undefined && { parent: idOf(parent) }),
    ...(dependencies && { depends_on: dependencies.map(idOf) }),
    ...(notes && { notes: notes.map((note) => ({ id: idOfNote(key, note, record.created_at), text: note.text })) }),
  };
}

/**
 * The id of a note has its time (RFC 9562, section 5.7), and for the rest what follows from its task and text. One without a time has
 * that of its task.
 */
function idOfNote(key: string, { at, text }: ForeignNote, createdAt = "1970-01-01T00:00:00Z"): string {
  const time = Math.max(0, at ?? Date.parse(createdAt));
  const rest = contentId(hashText(`${key}\n${text}`));
  const digits = time.toString(16).padStart(12, "0");
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-7${rest.slice(15)}`;
}
