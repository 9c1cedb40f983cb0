import { computed } from "@preact/signals";
import { findDueRanges, groupOfDue, localDayOf } from "../../../domain/dates/due-groups.ts";
import { formatDayName } from "../../../domain/dates/format-date.ts";
import type { TreeItem } from "../../../domain/tree/tree.ts";
import type { Task } from "../../../domain/task/task.ts";
import { clock } from "./clock.ts";
import { searched } from "./search.ts";
import { treeItems } from "./tree.ts";
import { listedTasks } from "./lists.ts";
import { isTree, route } from "./route.ts";

/** A row of the list: a heading, or a task with its place among all tasks of the list, from 1. */
export type Row =
  | { readonly kind: "heading"; readonly key: string; readonly text: string; readonly count: number }
  | {
      readonly kind: "task";
      readonly key: string;
      readonly task: Task;
      readonly place: number;
      readonly branch?: TreeItem<Task>;
    };

const GROUP_TEXTS = {
  overdue: "Overdue",
  today: "Today",
  this_week: "This week",
  later: "Later",
  no_date: "No date",
} as const;

/** The rows of this place, under headings. */
export const rows = computed<readonly Row[]>(() => {
  if (isTree() && searched.value === null) {
    return treeItems.value.map((branch, at) => ({
      kind: "task",
      key: branch.task.id,
      task: branch.task,
      place: at + 1,
      branch,
    }));
  }
  const nameOf = chooseGroups();
  const list: Row[] = [];
  let place = 0;
  for (const [text, tasks] of Map.groupBy(listedTasks.value, nameOf)) {
    if (text !== "") list.push({ kind: "heading", key: `# ${text}`, text, count: tasks.length });
    for (const task of tasks) list.push({ kind: "task", key: task.id, task, place: (place += 1) });
  }
  return list;
});

/** The heading under which a task stands here. Empty for none. */
function chooseGroups(): (task: Task) => string {
  const { value: here } = route;
  if (here.kind === "list" && here.list === "done") return ({ completedAt }) => dayName(completedAt ?? "");
  if (here.kind === "list" && (here.list === "deleted" || here.list === "no-date")) return () => "";
  if (here.kind === "list" && here.list === "upcoming") {
    return ({ dueDate, scheduledDate }) => dayName(dueDate ?? scheduledDate ?? "");
  }
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
