import { isDay } from "../dates/due-date.ts";
import { localDayOf } from "../dates/due-groups.ts";
import type { LocalTime } from "../dates/local-time.ts";
import { keyOfOrder } from "../query/bands.ts";
import type { Task } from "../task/task.ts";
import { compareText } from "../task/text.ts";

/** How many days an agenda has, if nobody says how many, and at most. */
export const DEFAULT_AGENDA_DAYS = 7;
export const MAX_AGENDA_DAYS = 90;

/** Why a task stands under a day. What has no time stands there in this order. */
export const AGENDA_KINDS = ["overdue", "due", "planned", "to_come"] as const;
export type AgendaKind = (typeof AGENDA_KINDS)[number];

/** A task under a day. `date` is what puts it there: its due date, its scheduled date, or the due date of an occurrence to come. */
export type AgendaItem = {
  readonly kind: AgendaKind;
  readonly task: Task;
  readonly date: string;
  /** Which occurrence is to come. */
  readonly occurrence: string | null;
};

/** A day and what stands under it: first what is overdue, then what has a time, then all else. */
export type AgendaDay = { readonly day: string; readonly items: readonly AgendaItem[] };

/**
 * Open tasks by days. `overdue` is how many are overdue in all. If there is more than fits, `isCut` is true, and the days end with
 * the one where that is.
 */
export type Agenda = { readonly days: readonly AgendaDay[]; readonly overdue: number; readonly isCut: boolean };

/**
 * Puts items under days, which follow each other. What was due or planned before the first one is for today. A task that is due on
 * a day is not said to be planned for it, too.
 */
export function arrangeAgenda(items: readonly AgendaItem[], days: readonly string[], system: LocalTime): AgendaDay[] {
  const [first = ""] = days;
  const [today, zone] = [system.today(), system.timeZone()];
  const sortable = items.map((item) => {
    const day = localDayOf(item.date, zone);
    return { item, day: day < first ? today : day, key: `${keyOfPlace(item, day)} ${keyOfOrder(item.task)}` };
  });
  const byDay = Map.groupBy(sortable, ({ day }) => day);
  return days.map((day) => {
    const all = (byDay.get(day) ?? []).toSorted((one, other) => compareText(one.key, other.key));
    return { day, items: leaveOutPlans(all.map(({ item }) => item)) };
  });
}

function keyOfPlace({ kind, date }: AgendaItem, day: string): string {
  if (kind === "overdue") return `0 ${day} ${isDay(date) ? 1 : 0} ${date}`;
  return isDay(date) ? `2 ${AGENDA_KINDS.indexOf(kind)}` : `1 ${date}`;
}

function leaveOutPlans(items: readonly AgendaItem[]): AgendaItem[] {
  const due = new Set(items.flatMap(({ kind, task }) => (kind === "overdue" || kind === "due" ? task.id : [])));
  return items.filter(({ kind, task }) => kind !== "planned" || !due.has(task.id));
}
