import { type Agenda, type AgendaDay, arrangeAgenda } from "../../domain/agenda/agenda.ts";
import { boundOfNow, toBound } from "../../domain/dates/bounds.ts";
import { type Condition, PENDING } from "../../domain/query/query.ts";
import type { Workspace } from "../workspace.ts";
import { readItems } from "./agenda-items.ts";
import { type AgendaLimit, takeWithin } from "./agenda-limit.ts";
import { countTasks } from "./list-tasks.ts";

/** Of what is overdue so much is shown, the oldest first. A list of it has all. */
const MAX_OVERDUE = 20;

const LAST_YEAR = 9999;

/** So many days from one on, which is not before today. */
export type AgendaRequest = { readonly from: string; readonly days: number; readonly limit: AgendaLimit };

/** What is due, planned and to come on each day, of the open tasks that meet the filter. What is overdue is for today. */
export async function readAgenda(
  workspace: Workspace,
  filter: readonly Condition[],
  { from, days: count, limit }: AgendaRequest,
): Promise<Agenda> {
  const { system } = workspace;
  const days = listDays(from, count);
  const to = days.at(-1) ?? from;
  const isFromToday = from === system.today();
  const now = boundOfNow(system);
  const [start, before] = [toBound(from, "start", system), toBound(to, "end", system)];
  const [items, overdue] = await Promise.all([
    readItems(workspace, filter, {
      ...(isFromToday && { overdue: { before: now, limit: { ...limit, items: MAX_OVERDUE } } }),
      due: { from: isFromToday ? now : start, before },
      planned: { ...(!isFromToday && { from: start }), before },
      coming: { from, to },
      limit,
    }),
    isFromToday ? countTasks(workspace, [PENDING, ...filter, { kind: "dated", date: "dueDate", before: now }]) : 0,
  ]);
  return { ...cutDays(arrangeAgenda(items, days, system), limit), overdue };
}

/** Days one after another. The calendar of due dates ends with the year 9999. */
export function listDays(from: string, count: number): string[] {
  const first = Temporal.PlainDate.from(from);
  const days = Array.from({ length: count }, (_, ahead) => first.add({ days: ahead }));
  return days.filter(({ year }) => year <= LAST_YEAR).map(String);
}

/** The days with the first items, as many as fit. They end where these do, if there are more. */
function cutDays(days: readonly AgendaDay[], limit: AgendaLimit): Pick<Agenda, "days" | "isCut"> {
  const all = days.flatMap(({ items }) => items);
  let left = takeWithin(all, limit).length;
  if (left === all.length) return { days, isCut: false };
  const kept: AgendaDay[] = [];
  for (const { day, items } of days) {
    kept.push({ day, items: items.slice(0, left) });
    if (items.length >= left) break;
    left -= items.length;
  }
  return { days: kept, isCut: true };
}
