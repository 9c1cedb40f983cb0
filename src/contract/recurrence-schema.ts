import { z } from "zod";
import { TodoError } from "../domain/errors.ts";
import { planRecurrence, writeRepetition } from "../domain/recurrence/plan.ts";
import { MAX_RULE_LENGTH } from "../domain/recurrence/rule.ts";
import { checkRecurrence } from "../domain/task/task.ts";
import { toRepetition, WIRE_MODES, type WireRecurrence, type WireRepetition } from "./recurrence.ts";

/** `text` may be sent back as it was given. */
export const repetition = z
  .strictObject({
    rule: z
      .string()
      .optional()
      .meta({ maxLength: MAX_RULE_LENGTH, description: "As in RFC 5545: FREQ=WEEKLY;BYDAY=MO,TH" }),
    every: z.string().optional().meta({ description: "In words instead: 2 weeks on mon,thu" }),
    from: z
      .string()
      .nullish()
      .meta({
        enum: Object.values(WIRE_MODES),
        description:
          "What the next occurrence is counted from: the schedule, passing over what is missed (due, the default) or keeping it (each), " +
          "or the day of completion",
      }),
    start: z.string().nullish().meta({ description: "The first occurrence in local time; default: from the due date" }),
    time_zone: z
      .string()
      .nullish()
      .meta({ description: "An IANA time zone, for occurrences with a time: Europe/Berlin; default: UTC" }),
    text: z.string().optional(),
  })
  .refine(({ rule: given, every }) => (given === undefined) !== (every === undefined), {
    message: "it needs either a rule or the words of every",
  })
  .refine(({ every, from, start }) => every === undefined || (from == null && start == null), {
    message: "the words of every say what from and start would",
  })
  .meta({
    id: "NewRecurrence",
    description: "How it repeats. It becomes due at the first occurrence on or after its due date, or today",
    examples: [{ rule: "FREQ=WEEKLY;BYDAY=MO,TH" }, { every: "2 weeks on mon,thu" }],
  });

/** How a task repeats, as it leaves the process. */
export const wireRecurrence = z
  .strictObject({
    rule: z.string().meta({ description: "As in RFC 5545" }),
    from: z
      .string()
      .nullable()
      .meta({ enum: [...Object.values(WIRE_MODES), null], description: "What the next occurrence is counted from" }),
    start: z.string().nullable().meta({ description: "The first occurrence, in local time" }),
    time_zone: z.string().nullable(),
    text: z.string().meta({ description: "The same in words" }),
  })
  .meta({ id: "Recurrence" }) satisfies z.ZodType<WireRecurrence>;

/** What has no due date would begin today, and which day that is says nothing of the record. */
const AT_EPOCH = { now: () => 0, today: () => "1970-01-01", timeZone: () => "UTC" };

type GivenRepetition = {
  readonly recurrence?: WireRepetition | null | undefined;
  readonly occurrence?: string | null | undefined;
  readonly due_date?: string | null | undefined;
};

/** The recurrence as it was stored where an export wrote the record: only that has both a start and an occurrence, or its lack. */
export function readExported({ recurrence, occurrence }: GivenRepetition): string | null {
  return recurrence == null || occurrence === undefined ? null : writeRepetition(toRepetition(recurrence));
}

/** What is wrong with how a record of a file repeats, or undefined. */
export function findRepetitionProblem(record: GivenRepetition): string | undefined {
  const { recurrence, due_date: dueDate = null } = record;
  if (recurrence == null) return undefined;
  try {
    const exported = readExported(record);
    if (exported === null) planRecurrence(toRepetition(recurrence), { dueDate }, AT_EPOCH);
    else checkRecurrence(exported);
    return undefined;
  } catch (error) {
    if (error instanceof TodoError) return error.message;
    throw error;
  }
}
