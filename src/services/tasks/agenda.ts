import { type Agenda, type AgendaDay, arrangeAgenda } from "../../domain/agenda/agenda.ts";
import { boundOfNow, toBound } from "../../domain/dates/when.ts";
import { type Condition, PENDING } from "../../domain/query/query.ts";
import type { Workspace } from "../workspace.ts";
import { readItems } from "./agenda-items.ts";
import { countTasks } from "./list-tasks.ts";

/** Of what is overdue so much is shown, the oldest first. A list of it has all. */
const MAX_OVERDUE = 20;

/** The most days that an agenda has. */
export const MAX_AGENDA_DAYS = 90;

/** So many days from one on, which is not before today, with at most `limit` items. */
export type AgendaRequest = { readonly from: string; readonly days: number; readonly limit: number };

/** What is due, planned and to come on each day, of the open tasks that meet the filter. What is overdue is for today. */
export async function readAgenda(
  workspace: Workspace,
  filter: readonly Condition[],
  { from, days: count, limit }: AgendaRequest,
): Promise<Agenda> {
  const { system } = workspace;
  const first = Temporal.PlainDate.from(from);
  const days = Array.from({ length: count }, (_, ahead) => first.add({ days: ahead }).toString());
  const to = days.at(-1) ?? from;
  const isFromToday = from === system.today();
  const now = boundOfNow(system);
  const [start, before] = [toBound(from, "start", system), toBound(to, "end", system)];
  const most = limit + 1;
  const [items, overdue] = await Promise.all([
    readItems(workspace, filter, {
      ...(isFromToday && { overdue: { before: now, limit: MAX_OVERDUE } }),
      due: { from: isFromToday ? now : start, before, limit: most },
      planned: { ...(!isFromToday && { from: start }), before },
      coming: { from, to, limit: most },
    }),
    isFromToday ? countTasks(workspace, [PENDING, ...filter, { kind: "dated", date: "dueDate", before: now }]) : 0,
  ]);
  return { ...cutDays(arrangeAgenda(items, days, system), limit), overdue };
}

/** The first items. The days end where they do, if there are more. */
function cutDays(days: readonly AgendaDay[], limit: number): Pick<Agenda, "days" | "isCut"> {
  let left = limit;
  const kept: AgendaDay[] = [];
  for (const { day, items } of days) {
    kept.push({ day, items: items.slice(0, left) });
    if (items.length > left) return { days: kept, isCut: true };
    left -= items.length;
  }
  return { days: kept, isCut: false };
}
