import { z } from "zod";
import { MAX_FILTER_CHARACTERS } from "../domain/query/filter/limits.ts";
import { checkFilterText } from "../domain/query/saved-filters.ts";
import { rule, tags, taskChanges } from "./task-schema.ts";
import { timeZone } from "./time-zone.ts";

/** What one request changes at most. A server answers nobody else while it writes. */
export const MAX_BULK_TASKS = 1000;

/** Changes to all tasks: those that one task takes, without what only the server sets, and single tags. */
const bulkEdit = taskChanges
  .omit({
    id: true,
    handle: true,
    completed_at: true,
    occurrence: true,
    series: true,
    skipped: true,
    started_at: true,
    tracked_minutes: true,
    notes: true,
    created_at: true,
    updated_at: true,
    deleted_at: true,
    subtasks: true,
    blocked: true,
    blocked_by: true,
    blocks: true,
  })
  .extend({
    add_tags: tags.optional().meta({ description: "Tags that each of them gets beside its own" }),
    remove_tags: tags.optional().meta({ description: "Tags that are taken off each of them" }),
  })
  .refine((edit) => Object.values(edit).some((value) => value !== undefined), { message: "no change is given" })
  .meta({ id: "BulkEdit", examples: [{ due_date: "2030-12-03", add_tags: ["now"] }] });

/** A filter, and what becomes of all tasks that it finds. */
export const bulkRequest = z
  .strictObject({
    filter: z.string().transform(rule(checkFilterText)).meta({
      description:
        "Which tasks, in the language of `todo help filters`; without a status the pending ones that do not wait",
      minLength: 1,
      maxLength: MAX_FILTER_CHARACTERS,
    }),
    tz: timeZone,
    changes: bulkEdit.optional(),
    action: z.enum(["complete", "reopen", "cancel", "delete", "skip"]).optional().meta({
      description: "In the place of `changes`. With `reopen` a filter without a status is about completed tasks",
    }),
    subtasks: z
      .enum(["keep", "include"])
      .optional()
      .meta({ description: "What becomes of the tasks below those that are completed or deleted; they are kept" }),
    expect: z
      .int()
      .min(0)
      .optional()
      .meta({ description: "How many tasks the filter must find. If it finds another number, nothing is changed" }),
    dry_run: z.boolean().optional().meta({ description: "Answer what would be, and change nothing" }),
  })
  .refine(({ changes, action }) => (changes === undefined) !== (action === undefined), {
    path: ["action"],
    message: "it takes either changes or an action",
  })
  .refine(({ subtasks, action }) => subtasks === undefined || action === "complete" || action === "delete", {
    path: ["subtasks"],
    message: "it goes with complete and delete alone",
  })
  .meta({ id: "BulkRequest", examples: [{ filter: "+shop overdue", changes: { due_date: "2030-12-03" }, expect: 3 }] });

export type BulkRequest = z.infer<typeof bulkRequest>;

const ids = z.array(z.guid());

/** What became of them. */
export const bulkReply = z
  .strictObject({
    matched: z.int().min(0).meta({ description: "How many tasks the filter found" }),
    changed: ids.meta({ description: "Those that were changed, the soonest first" }),
    unchanged: ids.meta({ description: "Those that needed no change" }),
    also_changed: ids.meta({ description: "Other tasks that changed along with them, such as what is below" }),
    dry_run: z.boolean(),
  })
  .meta({ id: "BulkReply" });
