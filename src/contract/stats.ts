import { z } from "zod";
import { MAX_FILTER_CHARACTERS } from "../domain/query/filter/limits.ts";
import { timeZone } from "./time-zone.ts";

/** The longest text that a period can be. */
const MAX_PERIOD_CHARACTERS = 100;

/** The parameters of statistics, each as the text in the address. */
export const statsQuery = z.strictObject({
  period: z.string().default("this month").meta({
    description:
      "Such as `today`, `last week`, `2026`, `2026-11`, `last 30 days` or `2026-11-01..2026-11-15`, of at most 20 years. Weeks begin on Monday",
    maxLength: MAX_PERIOD_CHARACTERS,
  }),
  filter: z.string().default("").meta({
    description:
      "A filter in the language of `todo help filters`, such as `project:Work`, whatever the state of the tasks",
    maxLength: MAX_FILTER_CHARACTERS,
  }),
  tz: timeZone,
});

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
