import { z } from "zod";
import { isCalendarDay } from "../domain/dates/due-date.ts";
import { TodoError } from "../domain/errors.ts";
import { OCCURRENCE_STATES } from "./occurrences.ts";
import { rule } from "./task-schema.ts";

function checkDay(text: string): string {
  if (isCalendarDay(text)) return text;
  throw new TodoError("invalid_input", "it is not a day: write it like 2030-12-16");
}

/** A day in a request. */
export const day = z.string().transform(rule(checkDay));

/** From which day to which, both included. */
export const occurrencesQuery = z.strictObject({
  from: day.optional().meta({ description: "The first day; default: the beginning" }),
  to: day.optional().meta({ description: "The last day; default: a year from today" }),
});

/** An occurrence as it leaves the process. */
export const wireOccurrence = z
  .strictObject({
    occurrence: z.string().meta({ description: "A local day or date and time, which names it" }),
    due_date: z.union([z.iso.date(), z.iso.datetime()]).nullable(),
    state: z.enum(OCCURRENCE_STATES),
    record: z.guid().nullable().meta({ description: "The id of its record, which is a task of its own" }),
  })
  .meta({ id: "Occurrence" });

export type WireOccurrence = z.infer<typeof wireOccurrence>;
