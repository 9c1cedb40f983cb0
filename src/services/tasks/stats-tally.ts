import { isDay } from "../../domain/dates/due-date.ts";
import { findDueRanges, groupOfDue } from "../../domain/dates/due-groups.ts";
import type { LocalTime } from "../../domain/dates/local-time.ts";
import type { Period } from "../../domain/dates/period.ts";
import { isHidden } from "../../domain/dates/waiting.ts";
import { toBound } from "../../domain/dates/bounds.ts";
import type { TaskActivity } from "../../ports/store.ts";

/** The parts of a period, one after another, and the ids of the tasks that are blocked now. */
export type StatsScope = { readonly parts: readonly Period[]; readonly blocked: ReadonlySet<string> };

/** What was counted so far. */
export type StatsTally = ReturnType<typeof createStatsTally>;

type Zone = Pick<LocalTime, "timeZone">;
type Open = Extract<TaskActivity, { kind: "open" }>;
type Closed = Extract<TaskActivity, { kind: "closed" }>;

/** The length of a moment up to its seconds. */
const TO_SECONDS = 19;

/** Counts tasks one by one. docs/stats.md says what each number is. */
export function createStatsTally({ parts, blocked }: StatsScope, system: LocalTime) {
  const rows = parts.map((part) => ({ part, done: 0, added: 0, skipped: 0, cancelled: 0 }));
  const begins = [...parts.map(({ from }) => from), parts.at(-1)?.to ?? ""].map((day) => beginOf(day, system));
  const projects = new Map<string | null, { done: number; open: number }>();
  const now = { open: 0, overdue: 0, waiting: 0, blocked: 0 };
  const punctuality = { with_due_date: 0, on_time: 0 };
  const ranges = findDueRanges(system);
  const isOnTime = createDueCheck(system);

  const rowOf = (moment: string) => rows[countReached(begins, moment) - 1];

  function countOpen({ id, dueDate, waitUntil }: Open): void {
    now.open += 1;
    if (waitUntil !== null && isHidden(waitUntil, system)) {
      now.waiting += 1;
      return;
    }
    if (groupOfDue(dueDate, ranges) === "overdue") now.overdue += 1;
    if (blocked.has(id)) now.blocked += 1;
  }

  /** Whether it was done in one of the parts. */
  function countClosed({ completedAt, outcome, dueDate }: Closed): boolean {
    const row = rowOf(completedAt);
    // A series has ended when it is closed. What was done of it are its records.
    if (!row || outcome === "ended") return false;
    row[outcome] += 1;
    if (outcome !== "done") return false;
    if (dueDate !== null) punctuality.with_due_date += 1;
    if (dueDate !== null && isOnTime(completedAt, dueDate)) punctuality.on_time += 1;
    return true;
  }

  return {
    add(task: TaskActivity): void {
      // Nobody added the record of an occurrence.
      const added = task.isRecord ? undefined : rowOf(task.createdAt);
      if (added) added.added += 1;
      const project = projects.get(task.project) ?? { done: 0, open: 0 };
      projects.set(task.project, project);
      if (task.kind === "open") {
        project.open += 1;
        countOpen(task);
      } else if (countClosed(task)) project.done += 1;
    },
    rows,
    projects,
    now,
    punctuality,
  };
}

/** The moment at which a day begins where the user is, with milliseconds, as completions have them. */
export function beginOf(day: string, system: Zone): string {
  return new Date(toBound(day, "start", system).moment).toISOString();
}

/** How many of the moments, which are in their order, have been reached at another one. */
function countReached(moments: readonly string[], moment: string): number {
  let [reached, open] = [0, moments.length];
  while (reached < open) {
    const middle = Math.floor((reached + open) / 2);
    if ((moments[middle] ?? "") <= moment) reached = middle + 1;
    else open = middle;
  }
  return reached;
}

/** Whether what was completed then was so by its due date. A day lasts until it ends where the user is, a moment for its second. */
function createDueCheck(system: Zone): (completedAt: string, dueDate: string) => boolean {
  const ends = new Map<string, string>();
  const endOf = (day: string) => new Date(toBound(day, "end", system).moment).toISOString();
  return (completedAt, dueDate) =>
    isDay(dueDate)
      ? completedAt < ends.getOrInsertComputed(dueDate, endOf)
      : completedAt.slice(0, TO_SECONDS) <= dueDate.slice(0, TO_SECONDS);
}
