import { z } from "zod";
import { parseDueDate } from "../domain/dates/due-date.ts";
import { TodoError } from "../domain/errors.ts";
import { isOccurrence } from "../domain/recurrence/occurrence.ts";
import {
  checkDependencies,
  checkDescription,
  checkEstimate,
  checkNote,
  checkProject,
  checkRank,
  checkReminders,
  checkScheduledDate,
  checkTags,
  checkTitle,
  checkWaitUntil,
  LIMITS,
  PRIORITIES,
} from "../domain/task/task.ts";
import { findRepetitionProblem, repetition, wireRecurrence } from "./recurrence-schema.ts";
import type { WireFields, WireTask } from "./task.ts";

/** Runs a rule of the domain as a zod rule, so that each is written once. */
export function rule<Value, Result>(check: (value: Value) => Result) {
  return (value: Value, context: z.RefinementCtx): Result => {
    try {
      return check(value);
    } catch (error) {
      if (!(error instanceof TodoError)) throw error;
      context.addIssue({ code: "custom", message: error.message });
      return z.NEVER;
    }
  };
}

/**
 * The writable fields of a task. Limits are metadata, because zod would count UTF-16 units and the rules count code
 * points.
 */
const title = z.string().transform(rule(checkTitle)).meta({ minLength: 1, maxLength: LIMITS.title });
const description = z.string().transform(rule(checkDescription)).meta({ maxLength: LIMITS.description });
const DATE_FORMS = "a calendar day (2026-11-21) or a moment with its offset (2026-11-21T15:00:00Z)";
export const dueDate = z
  .string()
  .transform(rule((text: string) => parseDueDate(text)))
  .meta({ description: `When it is due: ${DATE_FORMS}` });
const scheduledDate = z
  .string()
  .transform(rule(checkScheduledDate))
  .meta({ description: `When one means to work on it: ${DATE_FORMS}` });
const waitUntil = z
  .string()
  .transform(rule(checkWaitUntil))
  .meta({ description: `Until when lists hide it: ${DATE_FORMS}` });
export const priority = z.enum(PRIORITIES);
export const project = z.string().transform(rule(checkProject)).meta({ minLength: 1, maxLength: LIMITS.project });
export const tags = z
  .array(z.string().meta({ minLength: 1, maxLength: LIMITS.tag }))
  .max(LIMITS.tags, `a task can have ${LIMITS.tags} tags`)
  .transform(rule(checkTags))
  .meta({ maxItems: LIMITS.tags });
const id = z.guid().toLowerCase();
const parent = id.meta({ description: "The id of the task that it is a part of" });
const rank = z
  .string()
  .transform(rule(checkRank))
  .meta({ maxLength: LIMITS.rank, description: "Its place in the order that people choose" });
const estimate = z
  .number()
  .transform(rule(checkEstimate))
  .meta({ override: { type: "integer", minimum: 1, maximum: LIMITS.estimate } });
const dependencies = z
  .array(id)
  .transform(rule(checkDependencies))
  .meta({ maxItems: LIMITS.dependencies, description: "The ids of the tasks that it waits for" });
const reminders = z.array(z.string()).transform(rule(checkReminders)).meta({
  maxItems: LIMITS.reminders,
  description: "Each a time before the due date (-PT30M, -P1D) or a moment (2026-11-21T15:00:00Z)",
});

/** Fields that every incoming shape has. null clears them. */
const details = {
  description: description.nullish(),
  due_date: dueDate.nullish(),
  scheduled_date: scheduledDate.nullish(),
  wait_until: waitUntil.nullish(),
  priority: priority.nullish(),
  project: project.nullish(),
  parent: parent.nullish(),
  rank: rank.nullish(),
  estimate_minutes: estimate.nullish(),
  recurrence: repetition.nullish(),
} satisfies Record<Exclude<keyof WireFields, "title"> | "recurrence", z.ZodType>;

/** What a task has any number of. */
const sets = { tags: tags.nullish(), depends_on: dependencies.nullish(), reminders: reminders.nullish() };

const moment = z.iso.datetime({ offset: true }).transform(rule(toUtc));
const occurrence = z.string().refine(isOccurrence, "it is not a local day or date and time");
const note = z.object({ id, at: z.string().optional(), text: z.string().transform(rule(checkNote)) });
const trackedMinutes = z.int().min(0);

/** An offset can push a moment out of the years 0 to 9999, and then it could not be read back. */
function toUtc(text: string): string {
  const utc = new Date(text).toISOString();
  if (/^\d{4}-/.test(utc)) return utc;
  throw new TodoError("invalid_input", "only the years 0000 to 9999 can be used");
}

/** A task in a file: the shape of `WireTask`, with only the title required. Unknown members are refused. */
export const importRecord = z
  .strictObject({
    id: id.optional(),
    handle: z.string().optional(),
    title,
    ...details,
    completed: z.boolean().optional(),
    completed_at: moment.nullish(),
    cancelled: z.boolean().optional(),
    ...sets,
    occurrence: occurrence.nullish(),
    series: id.nullish(),
    skipped: z.boolean().optional(),
    started_at: moment.nullish(),
    tracked_minutes: trackedMinutes.optional(),
    // Two devices can add more of them than one may, and what was exported can be imported.
    notes: z.array(note).optional(),
    created_at: moment.optional(),
    updated_at: moment.optional(),
    deleted_at: moment.nullish(),
  })
  .refine((record) => record.completed === undefined || record.completed_at == null || record.completed, {
    path: ["completed"],
    message: "completed is false, but completed_at says when",
  })
  .superRefine((record, context) => {
    const message = findRepetitionProblem(record);
    if (message !== undefined) context.addIssue({ code: "custom", path: ["recurrence"], message });
  });

export type ImportRecord = z.infer<typeof importRecord>;

/** A new task. If the client chooses the `id`, the request can be repeated. */
export const newTask = z
  .strictObject({
    id: id.optional(),
    title,
    ...details,
    ...sets,
  })
  .meta({ id: "NewTask", examples: [{ title: "Pay rent", due_date: "2030-12-01", priority: "high", tags: ["home"] }] });

const wireMoment = z.iso.datetime();
const wireNote = z.strictObject({ id: z.guid(), at: wireMoment, text: z.string() });
const wireDate = z.union([z.iso.date(), wireMoment]);

const asGiven = { description: "Can't be set. It may be sent back as it was given" };
const givenMoment = z.string().meta({ ...asGiven, format: "date-time" });

const ids = z.array(z.guid());

/** What is computed from other tasks, where a request asks for it. It may be sent back and says nothing then. */
export const computedMembers = {
  subtasks: z
    .strictObject({ completed: z.int().min(0), total: z.int().min(0) })
    .optional()
    .meta({
      description: "With include=subtasks: how many of its own subtasks are completed, and how many there are",
    }),
  blocked: z
    .boolean()
    .optional()
    .meta({ description: "With include=blocked: whether another task has to be done first" }),
  blocked_by: ids.optional().meta({ description: "With include=blocked: those tasks" }),
  blocks: ids.optional().meta({ description: "With include=blocked: the open tasks that wait for it" }),
};

/** Changes to a task: an absent field stays, null clears. Members that can't be set may be sent back as they are. */
export const taskChanges = z
  .strictObject({
    title: title.optional(),
    ...details,
    ...sets,
    completed: z.boolean().optional(),
    cancelled: z.boolean().optional().meta({ description: "Close it without its being done" }),
    started: z.boolean().optional().meta({
      description: "Whether somebody works on it now. To stop it adds the time since `started_at` to `tracked_minutes`",
    }),
    id: id.optional().meta(asGiven),
    handle: z.string().optional().meta(asGiven),
    completed_at: givenMoment.nullish(),
    occurrence: z.string().nullish().meta(asGiven),
    series: z.string().nullish().meta(asGiven),
    skipped: z.boolean().optional().meta(asGiven),
    started_at: givenMoment.nullish(),
    tracked_minutes: z.int().optional().meta(asGiven),
    notes: z.array(wireNote).optional().meta(asGiven),
    created_at: givenMoment.optional(),
    updated_at: givenMoment.optional(),
    deleted_at: givenMoment.nullish(),
    ...computedMembers,
  })
  .meta({ id: "TaskChanges", examples: [{ due_date: "2030-12-03", description: null }] });

/** Where a task goes. At most one of the places is given. */
export const taskMove = z
  .strictObject({
    parent: id.nullish().meta({ description: "The id of the task under which it comes; null: at the root" }),
    before: id.optional().meta({ description: "The id of the sibling before which it comes" }),
    after: id.optional().meta({ description: "The id of the sibling behind which it comes" }),
    first: z.literal(true).optional(),
    last: z.literal(true).optional(),
  })
  .refine((move) => Object.values(move).some((value) => value !== undefined), { message: "no place is given" })
  .refine(({ before, after, first, last }) => [before, after, first, last].filter(Boolean).length <= 1, {
    message: "it takes one of before, after, first and last",
  })
  .meta({ id: "TaskMove", examples: [{ parent: null }, { before: "019a9f3c-51c8-7000-8000-000000000000" }] });

/** A task as it leaves the process. */
export const wireTask = z
  .strictObject({
    id: z.guid(),
    handle: z.string().meta({ description: "Twelve letters that name the task for people" }),
    title: z.string(),
    description: z.string().nullable(),
    completed: z.boolean(),
    completed_at: wireMoment.nullable(),
    cancelled: z.boolean().meta({ description: "Whether it was closed without being done" }),
    due_date: wireDate.nullable(),
    scheduled_date: wireDate.nullable(),
    wait_until: wireDate.nullable(),
    priority: priority.nullable(),
    project: z.string().nullable(),
    tags: z.array(z.string()),
    parent: z.guid().nullable(),
    rank: z.string().nullable(),
    depends_on: z.array(z.guid()),
    recurrence: wireRecurrence.nullable(),
    occurrence: z
      .string()
      .nullable()
      .meta({ description: "Of a task that repeats: what its due date is for. Of a record: which occurrence it was" }),
    series: z.guid().nullable().meta({ description: "Of a record: the task that repeats" }),
    skipped: z.boolean().meta({ description: "Of a record: whether the occurrence was passed over" }),
    estimate_minutes: z.number().nullable(),
    started_at: wireMoment.nullable().meta({ description: "Since when it is worked on" }),
    tracked_minutes: z.int(),
    notes: z.array(wireNote),
    reminders: z.array(z.string()),
    created_at: wireMoment,
    updated_at: wireMoment,
    deleted_at: wireMoment.nullable(),
  })
  .meta({ id: "Task" }) satisfies z.ZodType<WireTask>;
