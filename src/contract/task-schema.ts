import { z } from "zod";
import { parseDueDate } from "../domain/dates/due-date.ts";
import { TodoError } from "../domain/errors.ts";
import { checkDescription, checkProject, checkTags, checkTitle, LIMITS, PRIORITIES } from "../domain/task/task.ts";
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
export const dueDate = z
  .string()
  .transform(rule(parseDueDate))
  .meta({ description: "A calendar day (2026-11-21) or a moment with its offset (2026-11-21T15:00:00Z)" });
export const priority = z.enum(PRIORITIES);
export const project = z.string().transform(rule(checkProject)).meta({ minLength: 1, maxLength: LIMITS.project });
const tags = z
  .array(z.string().meta({ minLength: 1, maxLength: LIMITS.tag }))
  .max(LIMITS.tags, `a task can have ${LIMITS.tags} tags`)
  .transform(rule(checkTags))
  .meta({ maxItems: LIMITS.tags });
const id = z.guid().toLowerCase();

/** Fields that every incoming shape has. null clears them. */
const details = {
  description: description.nullish(),
  due_date: dueDate.nullish(),
  priority: priority.nullish(),
  project: project.nullish(),
} satisfies Record<Exclude<keyof WireFields, "title">, z.ZodType>;

const moment = z.iso.datetime({ offset: true }).transform(rule(toUtc));

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
    tags: tags.optional(),
    created_at: moment.optional(),
    updated_at: moment.optional(),
    deleted_at: moment.nullish(),
  })
  .refine((record) => record.completed === undefined || record.completed_at == null || record.completed, {
    path: ["completed"],
    message: "completed is false, but completed_at says when",
  });

export type ImportRecord = z.infer<typeof importRecord>;

/** A new task. If the client chooses the `id`, the request can be repeated. */
export const newTask = z
  .strictObject({
    id: id.optional(),
    title,
    ...details,
    tags: tags.nullish(),
  })
  .meta({ id: "NewTask", examples: [{ title: "Pay rent", due_date: "2030-12-01", priority: "high", tags: ["home"] }] });

const asGiven = { description: "Can't be set. It may be sent back as it was given" };
const givenMoment = z.string().meta({ ...asGiven, format: "date-time" });

/** Changes to a task: an absent field stays, null clears. Members that can't be set may be sent back as they are. */
export const taskChanges = z
  .strictObject({
    title: title.optional(),
    ...details,
    tags: tags.nullish(),
    completed: z.boolean().optional(),
    id: id.optional().meta(asGiven),
    handle: z.string().optional().meta(asGiven),
    completed_at: givenMoment.nullish(),
    created_at: givenMoment.optional(),
    updated_at: givenMoment.optional(),
    deleted_at: givenMoment.nullish(),
  })
  .meta({ id: "TaskChanges", examples: [{ due_date: "2030-12-03", description: null }] });

/** Without `completed` the state is toggled. */
export const completion = z
  .strictObject({ completed: z.boolean().optional() })
  .meta({ id: "Completion", examples: [{ completed: true }] });

const wireMoment = z.iso.datetime();

/** A task as it leaves the process. */
export const wireTask = z
  .strictObject({
    id: z.guid(),
    handle: z.string().meta({ description: "Twelve letters that name the task for people" }),
    title: z.string(),
    description: z.string().nullable(),
    completed: z.boolean(),
    completed_at: wireMoment.nullable(),
    due_date: z.union([z.iso.date(), wireMoment]).nullable(),
    priority: priority.nullable(),
    project: z.string().nullable(),
    tags: z.array(z.string()),
    created_at: wireMoment,
    updated_at: wireMoment,
    deleted_at: wireMoment.nullable(),
  })
  .meta({ id: "Task" }) satisfies z.ZodType<WireTask>;
