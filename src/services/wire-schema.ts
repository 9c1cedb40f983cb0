import { z } from "zod";
import { parseDueDate } from "../domain/due-date.ts";
import { TodoError } from "../domain/errors.ts";
import { checkDescription, checkProject, checkTags, checkTitle, PRIORITIES } from "../domain/task.ts";

/** Runs a rule of the domain as a zod rule, so that each is written once. */
function rule<Value, Result>(check: (value: Value) => Result) {
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

const moment = z.iso.datetime({ offset: true }).transform(rule(toUtc));

/** An offset can push a moment out of the years 0 to 9999, and then it would not read back. */
function toUtc(text: string): string {
  const utc = new Date(text).toISOString();
  if (/^\d{4}-/.test(utc)) return utc;
  throw new TodoError("invalid_input", "only the years 0000 to 9999 can be used");
}

/** A task in a file: the shape of `WireTask`, of which only the title must be there. Unknown members are refused. */
export const importRecord = z
  .strictObject({
    id: z.guid().toLowerCase().optional(),
    handle: z.string().optional(),
    title: z.string().transform(rule(checkTitle)),
    description: z.string().transform(rule(checkDescription)).nullish(),
    completed: z.boolean().optional(),
    completed_at: moment.nullish(),
    due_date: z.string().transform(rule(parseDueDate)).nullish(),
    priority: z.enum(PRIORITIES).nullish(),
    project: z.string().transform(rule(checkProject)).nullish(),
    tags: z.array(z.string()).transform(rule(checkTags)).optional(),
    created_at: moment.optional(),
    updated_at: moment.optional(),
    deleted_at: moment.nullish(),
  })
  .refine((record) => record.completed === undefined || record.completed_at == null || record.completed, {
    path: ["completed"],
    message: "completed is false, but completed_at says when",
  });

export type ImportRecord = z.infer<typeof importRecord>;
