import { localDayOf } from "../../../domain/dates/due-groups.ts";
import { type Condition, PENDING } from "../../../domain/query/query.ts";
import { listComing, type Span } from "../../../domain/recurrence/coming.ts";
import { dueDateOf, localTimeOf } from "../../../domain/recurrence/next.ts";
import { dayOfOccurrence, occurrenceOf } from "../../../domain/recurrence/occurrence.ts";
import { readSeries, type Series } from "../../../domain/recurrence/series.ts";
import type { Task } from "../../../domain/task/task.ts";
import { compareText } from "../../../domain/task/text.ts";
import { timestamp, type Workspace } from "../../workspace.ts";
import { type AgendaLimit, takeWithin } from "../agenda-limit.ts";
import { listPages } from "../list-tasks.ts";

/** An occurrence that follows the current one of a task, and the user's day on which it is due. */
export type ComingOccurrence = {
  readonly task: Task;
  readonly occurrence: string;
  readonly dueDate: string;
  readonly day: string;
};

/** Tasks that repeat are read so many at a time, so that on a server others come in between. */
const PAGE_SIZE = 100;

/** So many days may lie between the dates of two time zones at one moment: from UTC-12 to UTC+14 it is more than a day. */
const MAX_ZONE_DAYS = 2;

const IS_REPEATING: Condition = { kind: "has", part: "recurrence" };

/**
 * The occurrences to come, due in a span of the user's days, of all open tasks that meet the conditions. If there are more than the
 * limit, there is one more of the first by day.
 */
export async function findComing(
  workspace: Workspace,
  where: readonly Condition[],
  span: Span,
  limit: AgendaLimit,
): Promise<ComingOccurrence[]> {
  const query = { where: [PENDING, IS_REPEATING, ...where], isSearch: true };
  let coming: ComingOccurrence[] = [];
  let { to } = span;
  for await (const tasks of listPages(workspace, query, PAGE_SIZE)) {
    const isTaken = await findTaken(workspace, tasks, span.from);
    const found = tasks.flatMap((task) =>
      listOfTask(workspace, task, { from: span.from, to }, limit.items + 1, isTaken),
    );
    const all = [...coming, ...found].toSorted((one, other) => compareText(one.day, other.day));
    coming = all.slice(0, takeWithin(all, limit).length + 1);
    // What is later than so many others is not asked for.
    if (coming.length < all.length) to = coming.at(-1)?.day ?? to;
  }
  return coming;
}

type IsTaken = (task: Task, occurrence: string) => boolean;

/** Which occurrences of these tasks were done or skipped, of those from about a day on. Of earlier ones there may be many. */
async function findTaken(workspace: Workspace, tasks: readonly Task[], day: string): Promise<IsTaken> {
  const series = tasks.map(({ id }) => id);
  const where: Condition[] = [{ kind: "record_of", series, from: addDays(day, -MAX_ZONE_DAYS) }];
  const taken = new Set<string>();
  for await (const records of listPages(workspace, { where, isSearch: true })) {
    for (const record of records) {
      if (record.deletedAt === null) taken.add(`${record.series} ${record.occurrence}`);
    }
  }
  return ({ id }, occurrence) => taken.has(`${id} ${occurrence}`);
}

function listOfTask(
  workspace: Workspace,
  task: Task,
  { from, to }: Span,
  limit: number,
  isTaken: IsTaken,
): ComingOccurrence[] {
  const after = occurrenceOf(task);
  if (task.recurrence === null || after === null) return [];
  // A rule takes long to read, and what follows so much later is in the span in no time zone.
  if (addDays(dayOfOccurrence(after), -MAX_ZONE_DAYS) > to) return [];
  const series = readSeries(task.recurrence);
  if (series === null) return [];
  const { system } = workspace;
  const today = series.zone === null ? system.today() : localTimeOf(series, timestamp(workspace));
  const position = { after, today, isTaken: (occurrence: string) => isTaken(task, occurrence) };
  return listComing(series, position, widen(series, { from, to }), limit + MAX_ZONE_DAYS)
    .map((occurrence) => {
      const dueDate = dueDateOf(series, occurrence);
      return { task, occurrence, dueDate, day: localDayOf(dueDate, system.timeZone()) };
    })
    .filter(({ day }) => day >= from && day <= to);
}

/** The days of another zone of which parts are in the span. */
function widen({ zone }: Series, { from, to }: Span): Span {
  if (zone === null) return { from, to };
  return { from: addDays(from, -MAX_ZONE_DAYS), to: addDays(to, MAX_ZONE_DAYS) };
}

function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
