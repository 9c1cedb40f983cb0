import { z } from "zod";
import { AGENDA_KINDS, DEFAULT_AGENDA_DAYS, MAX_AGENDA_DAYS } from "../domain/agenda/agenda.ts";
import { TodoError } from "../domain/errors.ts";
import { MAX_FILTER_CHARACTERS } from "../domain/query/filter/limits.ts";
import { day } from "./occurrences-schema.ts";
import { rule, wireTask } from "./task-schema.ts";
import { timeZone } from "./time-zone.ts";

/** How many items one answer has at most, and about how many characters their tasks make. */
export const MAX_AGENDA_ITEMS = 1000;
export const MAX_AGENDA_CHARACTERS = 2_000_000;

function parseDays(text: string): number {
  const days = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= MAX_AGENDA_DAYS) return days;
  throw new TodoError("invalid_input", `it is not a whole number from 1 to ${MAX_AGENDA_DAYS}`);
}

/** The parameters of an agenda. */
export const agendaQuery = z.strictObject({
  from: day.optional().meta({ description: "The first day, today or a later one; default: today" }),
  days: z
    .string()
    .transform(rule(parseDays))
    .default(DEFAULT_AGENDA_DAYS)
    .meta({
      description: "How many days",
      override: { type: "integer", minimum: 1, maximum: MAX_AGENDA_DAYS, default: DEFAULT_AGENDA_DAYS },
    }),
  filter: z.string().default("").meta({
    description: "Which open tasks, in the language of `todo help filters`; those that wait only if it says so",
    maxLength: MAX_FILTER_CHARACTERS,
  }),
  tz: timeZone,
});

const agendaItem = z.strictObject({
  kind: z.enum(AGENDA_KINDS),
  at: z.string().nullable().meta({ description: "The time in the zone of `tz`, such as 17:00" }),
  date: z.string().meta({ description: "What puts it there: a due date or a scheduled date" }),
  occurrence: z.string().nullable().meta({ description: "Of a task that repeats, which one is to come" }),
  task: wireTask,
});

/** What is due, planned and to come on each day. */
export const wireAgenda = z
  .strictObject({
    days: z.array(z.strictObject({ day: z.iso.date(), items: z.array(agendaItem) })),
    overdue: z.int().min(0).meta({ description: "How many tasks are overdue, of which the oldest are items of today" }),
    more: z
      .boolean()
      .meta({ description: "Whether the days end with an earlier one, because there is more than fits" }),
  })
  .meta({ id: "Agenda" });
