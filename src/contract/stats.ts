import { z } from "zod";

const count = z.int().min(0);
const day = z.iso.date();

const statsRow = z.strictObject({
  from: day,
  to: day.meta({ description: "The last day, which is included" }),
  done: count,
  added: count,
  skipped: count,
  cancelled: count,
});

const projectStats = z.strictObject({
  project: z.string().nullable(),
  done: count,
  open: count.meta({ description: "How many of its tasks are open now" }),
  tracked_minutes: count.nullable().meta({ description: "Of all devices. null unless the period is whole months" }),
});

/** What was done and added in a period, and what is open now. docs/stats.md says what each number counts. */
export const wireStats = z
  .strictObject({
    from: day,
    to: day.meta({ description: "The last day, which is included: that of the period, or today" }),
    rows: z.array(statsRow).meta({ description: "The period in days, weeks, months or years" }),
    projects: z.array(projectStats).meta({ description: "Those in which most was done first" }),
    open: count,
    overdue: count,
    waiting: count,
    blocked: count,
    with_due_date: count.meta({ description: "How many of those that were done had a due date" }),
    on_time: count.meta({ description: "How many of these were done by then" }),
  })
  .meta({ id: "Stats" });

export type WireStats = z.infer<typeof wireStats>;
export type WireStatsRow = z.infer<typeof statsRow>;
export type WireProjectStats = z.infer<typeof projectStats>;
