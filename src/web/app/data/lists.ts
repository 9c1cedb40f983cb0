import { computed, type ReadonlySignal } from "@preact/signals";
import { sortKeyOfDue } from "../../../domain/dates/due-date.ts";
import { findDueRanges, groupOfDue, localDayOf } from "../../../domain/dates/due-groups.ts";
import { isHidden } from "../../../domain/dates/waiting.ts";
import { createMatcher } from "../../../domain/query/match.ts";
import { compareText } from "../../../domain/task/text.ts";
import type { Task } from "../../../domain/task/task.ts";
import { clock } from "./clock.ts";
import { keptTasks, openTasks, pool, poolRevision } from "./pool.ts";
import { isAt, type ListName, route } from "./route.ts";
import { filtered, searched } from "./search.ts";

/** Open tasks that are not hidden until later. */
export const shownTasks = computed(() =>
  openTasks.value.filter(({ waitUntil }) => waitUntil === null || !isHidden(waitUntil, clock)),
);

const ranges = computed(() => findDueRanges(clock));

/** Whether a task is for today: due, overdue, or planned for now. */
function isForToday({ dueDate, scheduledDate }: Task): boolean {
  const group = groupOfDue(dueDate, ranges.value);
  if (group === "overdue" || group === "today") return true;
  return scheduledDate !== null && localDayOf(scheduledDate, clock.timeZone()) <= clock.today();
}

/** The tasks of each list. */
const SELECTIONS: Readonly<Record<ListName, ReadonlySignal<readonly Task[]>>> = {
  all: shownTasks,
  today: computed(() => shownTasks.value.filter(isForToday)),
  upcoming: computed(() =>
    shownTasks.value.filter(({ dueDate, scheduledDate }) => (dueDate ?? scheduledDate) !== null),
  ),
  next: shownTasks,
  tree: shownTasks,
  "no-date": computed(() => shownTasks.value.filter(({ dueDate }) => dueDate === null)),
  waiting: computed(() => openTasks.value.filter(({ waitUntil }) => waitUntil !== null && isHidden(waitUntil, clock))),
  done: computed(() => keptTasks.value.filter(({ completedAt }) => completedAt !== null)),
  deleted: computed(() => {
    void poolRevision.value;
    return [...pool.values()].filter(({ deletedAt }) => deletedAt !== null);
  }),
};

/** The lists of which the sidebar says how many tasks they have. */
const COUNTED: ReadonlySet<ListName> = new Set(["all", "today", "upcoming", "no-date", "waiting"]);

/** How many tasks a list has, if that is counted. */
export function countList(list: ListName): number | undefined {
  return COUNTED.has(list) ? SELECTIONS[list].value.length : undefined;
}

/** The names of all projects and tags of open tasks, with how many have them, by name. */
export const projects = computed(() => countNames(({ project }) => (project === null ? [] : [project])));
export const tags = computed(() => countNames((task) => task.tags));

function countNames(namesOf: (task: Task) => readonly string[]): readonly (readonly [string, number])[] {
  const numbers = new Map<string, number>();
  for (const task of shownTasks.value) {
    for (const name of namesOf(task)) numbers.set(name, (numbers.get(name) ?? 0) + 1);
  }
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return [...numbers].toSorted(([one], [other]) => compare(one, other));
}

/** The tasks of this place that the search finds, in the order of the list. */
export const listedTasks = computed<readonly Task[]>(() => {
  void poolRevision.value;
  const found = searched.value;
  if (found) return sortForList(matching(found, [...pool.values()]));
  return sortForList(selectTasks());
});

function selectTasks(): readonly Task[] {
  const { value: here } = route;
  switch (here.kind) {
    case "list":
      return SELECTIONS[here.list].value;
    case "project":
      return matching([{ kind: "in_project", project: here.name }], shownTasks.value);
    case "tag":
      return matching([{ kind: "tagged", tag: here.name }], shownTasks.value);
    case "filter":
      return filtered.value ? matching(filtered.value, [...pool.values()]) : [];
    case "screen":
      return [];
  }
}

function matching(where: Parameters<typeof createMatcher>[1], tasks: readonly Task[]): readonly Task[] {
  return tasks.filter(createMatcher(pool, where));
}

/** What is closed stands by when that was, the latest first; what is open by its due date, as `todo list` has it. */
function sortForList(tasks: readonly Task[]): readonly Task[] {
  if (isAt("done")) return sortBy(tasks, ({ completedAt }) => completedAt ?? "").toReversed();
  if (isAt("deleted")) return sortBy(tasks, ({ deletedAt }) => deletedAt ?? "").toReversed();
  return sortBy(tasks, ({ dueDate }) => sortKeyOfDue(dueDate));
}

function sortBy(tasks: readonly Task[], keyOf: (task: Task) => string): readonly Task[] {
  const keyed = tasks.map((task) => ({ task, key: keyOf(task) }));
  keyed.sort((one, other) => compareText(one.key, other.key) || compareText(one.task.id, other.task.id));
  return keyed.map(({ task }) => task);
}
