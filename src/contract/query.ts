import { z } from "zod";
import { TodoError } from "../domain/errors.ts";
import { MAX_FILTER_CHARACTERS } from "../domain/query/filter/limits.ts";
import { MAX_SEARCH_CHARACTERS, SORTS } from "../domain/query/query.ts";
import { checkTag, LIMITS } from "../domain/task/task.ts";
import { cleanText } from "../domain/task/text.ts";
import { include } from "./include.ts";
import { dueDate, priority, project, rule } from "./task-schema.ts";
import { timeZone } from "./time-zone.ts";

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;
/** Fits a title of 500 characters in Base64, each taking six characters of JSON or four bytes. */
const MAX_CURSOR_CHARACTERS = 8000;

function parseLimit(text: string): number {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new TodoError("invalid_input", `it is not a whole number from 1 to ${MAX_LIMIT}`);
}

/** The parameter that limits a list. */
export function pageLimit(description: string) {
  return z
    .string()
    .transform(rule(parseLimit))
    .default(DEFAULT_LIMIT)
    .meta({ description, override: { type: "integer", minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT } });
}

/** The parameters of a list of tasks, each as the text in the address. */
export const listQuery = z.strictObject({
  status: z
    .enum(["all", "pending", "completed"])
    .optional()
    .meta({ description: "Which tasks: `all` without it, but with `filter` those that the filter means" }),
  filter: z.string().optional().meta({
    description:
      "A filter in the language of `todo help filters`, such as `(+home or +work) due<=friday`. If it says nothing of the status, it finds pending tasks that don't wait",
    maxLength: MAX_FILTER_CHARACTERS,
  }),
  tz: timeZone,
  sort: z.enum(SORTS).default("created").meta({ description: "What the tasks are ordered by" }),
  order: z.enum(["asc", "desc"]).default("asc").meta({ description: "Forwards or backwards" }),
  q: z
    .string()
    .transform(rule((text: string) => cleanText("q", text, MAX_SEARCH_CHARACTERS)))
    .optional()
    .meta({
      description: "Text that the title or the description contains, without case",
      maxLength: MAX_SEARCH_CHARACTERS,
    }),
  tag: z
    .array(z.string().transform(rule(checkTag)).meta({ minLength: 1, maxLength: LIMITS.tag }))
    .max(LIMITS.tags)
    .optional()
    .meta({ description: "Tags that the task has, all of them" }),
  project: project.optional().meta({ description: "The project that the task is in" }),
  priority: priority.optional().meta({ description: "The priority that the task has" }),
  due_before: dueDate.optional().meta({
    description:
      "A day (2026-12-01) or a moment (2026-12-01T17:00:00Z) before which the task is due; days begin in the zone of tz",
  }),
  due_after: dueDate
    .optional()
    .meta({ description: "A day or a moment after which the task is due; days end in the zone of tz" }),
  include,
  limit: pageLimit("How many tasks at most"),
  cursor: z
    .string()
    .max(MAX_CURSOR_CHARACTERS)
    .optional()
    .meta({ description: "Where the next page begins, from the Link header" }),
});

/** The parameters of a deletion. */
export const deletionQuery = z.strictObject({
  subtasks: z.enum(["keep", "delete"]).default("keep").meta({ description: "What becomes of the tasks below it" }),
});

export type ListQuery = z.infer<typeof listQuery>;
