import {
  type Agenda,
  type AgendaDay,
  type AgendaItem,
  type AgendaKind,
  arrangeAgenda,
} from "../../domain/agenda/agenda.ts";
import { boundOfNow, toBound } from "../../domain/dates/when.ts";
import { type Bound, type Condition, PENDING } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Workspace } from "../workspace.ts";
import { countTasks, listPages } from "./list-tasks.ts";
import { findComing } from "./series/find-coming.ts";

/** Tasks of one read. On a server others come in between. */
const PAGE_SIZE = 1000;

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
  const days = listDays(from, count);
  const to = days.at(-1) ?? from;
  const isFromToday = from === system.today();
  const now = boundOfNow(system);
  const [start, end] = [toBound(from, "start", system), toBound(to, "end", system)];
  const where = [PENDING, ...filter];
  const read = (date: "dueDate" | "scheduledDate", range: Range, most?: number) =>
    readDated(workspace, [...where, { kind: "dated", date, ...range }], most);
  const [overdue, left, due, planned, coming] = await Promise.all([
    isFromToday ? read("dueDate", { before: now }, MAX_OVERDUE) : [],
    isFromToday ? countTasks(workspace, [...where, { kind: "dated", date: "dueDate", before: now }]) : 0,
    read("dueDate", { from: isFromToday ? now : start, before: end }, limit + 1),
    read("scheduledDate", { ...(!isFromToday && { from: start }), before: end }),
    findComing(workspace, filter, { from, to }, limit + 1),
  ]);
  const items: AgendaItem[] = [
    ...overdue.map((task) => itemOf("overdue", task, task.dueDate)),
    ...due.map((task) => itemOf("due", task, task.dueDate)),
    ...planned.map((task) => itemOf("planned", task, task.scheduledDate)),
    ...coming.map(({ task, dueDate, occurrence }) => itemOf("to_come", task, dueDate, occurrence)),
  ];
  return { ...cutDays(arrangeAgenda(items, days, system), limit), overdue: left };
}

type Range = { readonly from?: Bound; readonly before: Bound };

/** So many days, one after another. */
function listDays(from: string, count: number): string[] {
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: count }, (_, days) => first.add({ days }).toString());
}

async function readDated(workspace: Workspace, where: readonly Condition[], limit?: number): Promise<Task[]> {
  const query = { where, sort: "due_date", isSearch: true, ...(limit !== undefined && { limit }) } as const;
  return (await Array.fromAsync(listPages(workspace, query, PAGE_SIZE))).flat();
}

function itemOf(kind: AgendaKind, task: Task, date: string | null, occurrence: string | null = null): AgendaItem {
  return { kind, task, date: date ?? "", occurrence };
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
