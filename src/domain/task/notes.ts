import { TodoError } from "../errors.ts";
import { type Fields, NOTE_PREFIX } from "./registers.ts";
import { checkNote, LIMITS, type Note, type Task } from "./task.ts";

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The id of a note as it is stored. It has the time of the note. Throws `invalid_input`. */
export function checkNoteId(id: string): string {
  if (UUID_V7.test(id)) return id;
  throw new TodoError("invalid_input", "the id of a note is a UUID of version 7");
}

/**
 * The field that adds a note, or changes its text. Empty if the task has it so. Throws `invalid_input` for a text that is not
 * allowed, and for a task that is full.
 */
export function noteFields({ handle, notes }: Pick<Task, "handle" | "notes">, { id, text }: Note): Fields {
  const clean = checkNote(text);
  const present = notes.find((note) => note.id === id);
  if (present?.text === clean) return {};
  if (!present && notes.length >= LIMITS.notes) {
    throw new TodoError(
      "invalid_input",
      `task ${handle} has ${notes.length} notes, at most ${LIMITS.notes} are allowed`,
      {
        hints: [`Remove one of them first: todo note ${handle} --rm 1`],
      },
    );
  }
  return { [NOTE_PREFIX + id]: clean };
}

/** The field that removes a note. Empty if there is none. */
export function removedNoteFields({ notes }: Task, id: string): Fields {
  return notes.some((note) => note.id === id) ? { [NOTE_PREFIX + id]: null } : {};
}

/** A note by its place among the others, where 1 is the oldest. Throws `invalid_input` if there is none. */
export function pickNote({ handle, notes }: Task, place: number): Note {
  const note = notes[place - 1];
  if (note) return note;
  const there = notes.length === 0 ? "has no notes" : `has ${notes.length === 1 ? "1 note" : `${notes.length} notes`}`;
  throw new TodoError("invalid_input", `task ${handle} ${there}, so there is no note ${place}`);
}
