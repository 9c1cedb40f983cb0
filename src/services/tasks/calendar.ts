import { type AgendaKind, arrangeAgenda } from "../../domain/agenda/agenda.ts";
import { laterOf } from "../../domain/recurrence/occurrence.ts";
import { boundOfNow, toBound } from "../../domain/dates/bounds.ts";
import { type Condition, PENDING } from "../../domain/query/query.ts";
import type { Workspace } from "../workspace.ts";
import { listDays } from "./agenda.ts";
import { readItems } from "./agenda-items.ts";
import { countTasks } from "./list-tasks.ts";

/** More of one kind is not counted: nobody has so much, and it would take long. */
const LIMIT = { items: 50_000, characters: Number.POSITIVE_INFINITY };

/** How many open tasks stand under a day, by why they do. */
export type DayCounts = Readonly<Record<AgendaKind, number>>;
export type CalendarDay = { readonly day: string; readonly counts: DayCounts };

/** Each day of some months, and how many tasks are overdue since an earlier one. */
export type Calendar = { readonly days: readonly CalendarDay[]; readonly overdueBefore: number };

/** The open tasks that meet the filter, counted by the days of months. `month` is the first day of the first one. */
export async function readCalendar(
  workspace: Workspace,
  filter: readonly Condition[],
  { month, months }: { readonly month: string; readonly months: number },
): Promise<Calendar> {
  const { system } = workspace;
  const first = Temporal.PlainDate.from(month);
  const days = listDays(month, first.until(first.add({ months }), { largestUnit: "days" }).days);
  const [from, to] = [month, days.at(-1) ?? month];
  const today = system.today();
  const now = boundOfNow(system);
  const [start, end] = [toBound(from, "start", system), toBound(to, "end", system)];
  const [items, overdueBefore] = await Promise.all([
    readItems(workspace, filter, {
      overdue: { from: start, before: to < today ? end : now, limit: LIMIT },
      due: { from: from > today ? start : now, before: end },
      planned: { from: start, before: end },
      coming: { from: laterOf(from, today), to },
      limit: LIMIT,
    }),
    countTasks(workspace, [PENDING, ...filter, { kind: "dated", date: "dueDate", before: from > today ? now : start }]),
  ]);
  const arranged = arrangeAgenda(items, days, system);
  return { days: arranged.map(({ day, items: all }) => ({ day, counts: countKinds(all) })), overdueBefore };
}

function countKinds(items: readonly { readonly kind: AgendaKind }[]): DayCounts {
  const counts = { overdue: 0, due: 0, planned: 0, to_come: 0 } satisfies Record<AgendaKind, number>;
  for (const { kind } of items) counts[kind] += 1;
  return counts;
}
