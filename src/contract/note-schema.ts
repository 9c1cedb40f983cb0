import { z } from "zod";
import { checkNoteId } from "../domain/task/notes.ts";
import { checkNote, LIMITS } from "../domain/task/task.ts";
import { rule } from "./task-schema.ts";

/** A new note. If the client chooses the `id`, the request can be repeated. */
export const newNote = z
  .strictObject({
    id: z
      .string()
      .toLowerCase()
      .transform(rule(checkNoteId))
      .optional()
      .meta({ format: "uuid", description: "A UUID of version 7, whose time is that of the note" }),
    text: z.string().transform(rule(checkNote)).meta({ minLength: 1, maxLength: LIMITS.note }),
  })
  .meta({ id: "NewNote", examples: [{ text: "The plumber calls back on Monday" }] });
