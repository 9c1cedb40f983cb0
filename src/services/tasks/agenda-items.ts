import type { AgendaItem, AgendaKind } from "../../domain/agenda/agenda.ts";
import { type Bound, type Condition, PENDING } from "../../domain/query/query.ts";
import type { Span } from "../../domain/recurrence/coming.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Workspace } from "../workspace.ts";
import { type AgendaLimit, takeWithin } from "./agenda-limit.ts";
import { listPages } from "./list-tasks.ts";
import { findComing } from "./series/find-coming.ts";

/**
 * Tasks of one read. Each read by the planned date looks at all open tasks, so there are few. An answer of a server has fewer tasks
 * than this, which is one read.
 */
const PAGE_SIZE = 5000;

/** From which date on (included), and before which one. */
export type DateRange = { readonly from?: Bound; readonly before: Bound };

/** What is asked for of each kind: dates, and the most that is read, of which the first ones come first. */
export type ItemRanges = {
  readonly overdue?: DateRange & { readonly limit: AgendaLimit };
  readonly due: DateRange;
  readonly planned: DateRange;
  readonly coming: Span;
  readonly limit: AgendaLimit;
};

/**
 * Open tasks that meet the filter, each with the date for which it is asked. One may come several times. If there are more than the
 * limit of one kind, there are more of it here, but for what is overdue.
 */
export async function readItems(
  workspace: Workspace,
  filter: readonly Condition[],
  { overdue, due, planned, coming, limit }: ItemRanges,
): Promise<AgendaItem[]> {
  const where = [PENDING, ...filter];
  const [late, next, plans, later] = await Promise.all([
    overdue ? readDated(workspace, where, { date: "dueDate", ...overdue }) : [],
    readDated(workspace, where, { date: "dueDate", ...due, limit }),
    readDated(workspace, where, { date: "scheduledDate", ...planned, limit }),
    findComing(workspace, filter, coming, limit),
  ]);
  return [
    ...takeWithin(late, overdue?.limit ?? limit).map(({ task }) => itemOf("overdue", task, task.dueDate)),
    ...next.map(({ task }) => itemOf("due", task, task.dueDate)),
    ...plans.map(({ task }) => itemOf("planned", task, task.scheduledDate)),
    ...later.map(({ task, dueDate, occurrence }) => itemOf("to_come", task, dueDate, occurrence)),
  ];
}

type DatedQuery = DateRange & { readonly date: "dueDate" | "scheduledDate"; readonly limit: AgendaLimit };

const ORDERS = { dueDate: "due_date", scheduledDate: "scheduled" } as const;

/** The first tasks that have a date in the range, up to the limit and a page more. */
async function readDated(
  workspace: Workspace,
  where: readonly Condition[],
  { date, limit, ...range }: DatedQuery,
): Promise<{ readonly task: Task }[]> {
  const inRange: Condition = { kind: "dated", date, ...range };
  const query = { where: [inRange, ...where], sort: ORDERS[date], isSearch: true, limit: limit.items + 1 };
  const read: { readonly task: Task }[] = [];
  for await (const page of listPages(workspace, query, PAGE_SIZE)) {
    read.push(...page.map((task) => ({ task })));
    if (takeWithin(read, limit).length < read.length) break;
  }
  return read;
}

function itemOf(kind: AgendaKind, task: Task, date: string | null, occurrence: string | null = null): AgendaItem {
  return { kind, task, date: date ?? "", occurrence };
}
