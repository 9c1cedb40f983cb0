import { computed } from "@preact/signals";
import { findDueRanges, groupOfDue, localDayOf } from "../../../domain/dates/due-groups.ts";
import { formatDayName } from "../../../domain/dates/format-date.ts";
import type { TreeItem } from "../../../domain/tree/tree.ts";
import type { Task } from "../../../domain/task/task.ts";
import { clock } from "./clock.ts";
import { searched } from "./search.ts";
import { treeItems } from "./tree.ts";
import { listedTasks } from "./lists.ts";
import { type Reason, SOON_DAYS } from "../../../domain/query/bands.ts";
import { pool } from "./pool.ts";
import { agendaDays, nextTasks } from "./views.ts";
import { isAt } from "./route.ts";

/** A row of the list: a heading, or a task with its place among all tasks of the list, from 1. */
export type Row =
  { readonly kind: "heading"; readonly key: string; readonly text: string; readonly count: number } | TaskLine;

/** A row of a task. Its key is that of no other row, also where a task has several. */
export type TaskLine = {
  readonly kind: "task";
  readonly key: string;
  readonly task: Task;
  readonly place: number;
  /** Its place in the tree, if that is shown. */
  readonly branch?: TreeItem<Task>;
  /** When it comes again, where this is not when it is due now. */
  readonly comes?: string;
};

const GROUP_TEXTS = {
  overdue: "Overdue",
  today: "Today",
  this_week: "This week",
  later: "Later",
  no_date: "No date",
} as const;

const REASON_TEXTS: Readonly<Record<Reason, string>> = {
  started: "Worked on now",
  overdue: "Overdue",
  due_today: "Due today",
  planned: "Planned by today",
  due_soon: `Due within ${SOON_DAYS} days`,
  high_priority: "High priority",
  none: "Then",
};

/** The rows of this place, under headings. */
export const rows = computed<readonly Row[]>(() => {
  if (searched.value === null) {
    if (isAt("tree")) return treeItems.value.map((branch, at) => ({ ...toLine(branch.task, at + 1), branch }));
    if (isAt("next")) return listNext();
    if (isAt("upcoming")) return listAgenda();
  }
  const nameOf = chooseGroups();
  return groupLines(listedTasks.value.map((task) => ({ task, heading: nameOf(task) })));
});

type Line = { readonly task: Task; readonly heading: string; readonly key?: string; readonly comes?: string };

/** The worker may know of a task that the page was not told of yet. */
function listNext(): readonly Row[] {
  return groupLines(
    nextTasks.value.flatMap(({ id, reason }) => {
      const task = pool.get(id);
      return task ? [{ task, heading: REASON_TEXTS[reason] }] : [];
    }),
  );
}

function listAgenda(): readonly Row[] {
  return groupLines(
    agendaDays.value.flatMap(({ day, items }) =>
      items.map(({ task, kind, date }) => ({
        task: pool.get(task.id) ?? task,
        heading: formatDayName(day, clock),
        // A task can be planned for one day and due on another.
        key: `${task.id} ${kind}`,
        ...(kind === "to_come" && { key: `${task.id} ${date}`, comes: date }),
      })),
    ),
  );
}

function groupLines(lines: readonly Line[]): readonly Row[] {
  const list: Row[] = [];
  let place = 0;
  for (const [text, under] of Map.groupBy(lines, ({ heading }) => heading)) {
    if (text !== "") list.push({ kind: "heading", key: `# ${text}`, text, count: under.length });
    for (const { task, heading: _, ...more } of under) {
      place += 1;
      list.push({ ...toLine(task, place), ...more });
    }
  }
  return list;
}

function toLine(task: Task, place: number): TaskLine {
  return { kind: "task", key: task.id, task, place };
}

/** The heading under which a task stands here. Empty for none. */
function chooseGroups(): (task: Task) => string {
  if (isAt("done")) return ({ completedAt }) => dayName(completedAt ?? "");
  if (isAt("deleted", "no-date")) return () => "";
  const ranges = findDueRanges(clock);
  const tomorrow = Temporal.PlainDate.from(clock.today()).add({ days: 1 }).toString();
  return ({ dueDate }) => {
    const group = groupOfDue(dueDate, ranges);
    const isTomorrow = group === "this_week" || group === "later" ? dayOf(dueDate) === tomorrow : false;
    return isTomorrow ? "Tomorrow" : GROUP_TEXTS[group];
  };
}

function dayOf(date: string | null): string {
  return date === null ? "" : localDayOf(date, clock.timeZone());
}

function dayName(date: string): string {
  return date === "" ? "" : formatDayName(dayOf(date), clock);
}
