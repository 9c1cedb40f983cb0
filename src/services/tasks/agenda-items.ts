import type { AgendaItem, AgendaKind } from "../../domain/agenda/agenda.ts";
import { type Bound, type Condition, type DateField, PENDING } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Workspace } from "../workspace.ts";
import { listPages } from "./list-tasks.ts";
import { findComing } from "./series/find-coming.ts";
import type { Span } from "./series/list-occurrences.ts";

/** Tasks of one read. On a server others come in between. */
const PAGE_SIZE = 1000;

/** From which date on (included), before which one, and at most how many. Those that are due first come first. */
export type DateRange = { readonly from?: Bound; readonly before: Bound; readonly limit?: number };

/** What is asked for of each kind, if it is. */
export type ItemRanges = {
  readonly overdue?: DateRange;
  readonly due: DateRange;
  readonly planned: DateRange;
  readonly coming: Span & { readonly limit: number };
};

/** Open tasks that meet the filter, each with the date for which it is asked. One may come several times. */
export async function readItems(
  workspace: Workspace,
  filter: readonly Condition[],
  { overdue, due, planned, coming }: ItemRanges,
): Promise<AgendaItem[]> {
  const where = [PENDING, ...filter];
  const readDue = async (kind: AgendaKind, range: DateRange) =>
    (await readDated(workspace, where, "dueDate", range)).map((task) => itemOf(kind, task, task.dueDate));
  const readPlanned = async () =>
    (await readDated(workspace, where, "scheduledDate", planned)).map((task) =>
      itemOf("planned", task, task.scheduledDate),
    );
  const readComing = async () =>
    (await findComing(workspace, filter, coming, coming.limit)).map(({ task, dueDate, occurrence }) =>
      itemOf("to_come", task, dueDate, occurrence),
    );
  const items = await Promise.all([
    overdue ? readDue("overdue", overdue) : [],
    readDue("due", due),
    readPlanned(),
    readComing(),
  ]);
  return items.flat();
}

async function readDated(
  workspace: Workspace,
  where: readonly Condition[],
  date: DateField,
  { limit, ...range }: DateRange,
): Promise<Task[]> {
  const query = {
    where: [...where, { kind: "dated", date, ...range } as const],
    sort: "due_date",
    isSearch: true,
    ...(limit !== undefined && { limit }),
  } as const;
  return (await Array.fromAsync(listPages(workspace, query, PAGE_SIZE))).flat();
}

function itemOf(kind: AgendaKind, task: Task, date: string | null, occurrence: string | null = null): AgendaItem {
  return { kind, task, date: date ?? "", occurrence };
}
