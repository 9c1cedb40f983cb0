import { chooseBound, withMillis } from "../dates/bounds.ts";
import { isHiddenAt } from "../dates/waiting.ts";
import type { Task } from "../task/task.ts";
import { foldName, foldText } from "../task/text.ts";
import {
  type Bound,
  type Condition,
  type DateField,
  LEVEL_SEPARATORS,
  type Part,
  type Status,
  type TextField,
} from "./query.ts";

/** Whether a task meets conditions. */
export type Matcher = (task: Task) => boolean;

/** All tasks by their ids: those above and below a task are looked for there. */
export type TaskPool = ReadonlyMap<string, Task>;

/** Those of the tasks that meet all conditions, as a store with no others finds them. */
export function matchTasks(tasks: readonly Task[], where: readonly Condition[]): Task[] {
  return tasks.filter(createMatcher(new Map(tasks.map((task) => [task.id, task])), where));
}

/**
 * A predicate for all conditions together. It says the same of a task as the SQL of src/db/tasks/conditions.ts. What it asks of other
 * tasks is as the pool was when it was made.
 */
export function createMatcher(pool: TaskPool, where: readonly Condition[]): Matcher {
  const matchers = where.map((condition) => create(condition, pool));
  return (task) => matchers.every((matches) => matches(task));
}

function create(condition: Condition, pool: TaskPool): Matcher {
  switch (condition.kind) {
    case "status":
      return (task) => hasStatus(task, condition.status);
    case "tag":
      return ({ tags }) => tags.includes(condition.tag);
    case "tagged":
      return createTagMatcher(condition.tag);
    case "project":
      return ({ project }) => project === condition.project;
    case "in_project":
      return createProjectMatcher(condition.project);
    case "priority":
      return ({ priority }) => priority === condition.priority;
    case "estimate": {
      const { from = 0, to = Infinity } = condition;
      return ({ estimateMinutes: minutes }) => minutes !== null && minutes >= from && minutes <= to;
    }
    case "dated":
      return createDateMatcher(condition);
    case "text":
      return createTextMatcher(condition.text, condition.fields);
    case "has":
      return createPartMatcher(condition.part, pool);
    case "waiting":
      return ({ waitUntil }) => waitUntil !== null && isHiddenAt(waitUntil, condition.now);
    case "waits_for":
      return ({ dependsOn }) => dependsOn.includes(condition.id);
    case "among": {
      const ids = new Set(condition.ids);
      return ({ id }) => ids.has(id);
    }
    case "child_of": {
      const parents = new Set(condition.parents);
      return ({ parent }) => parent !== null && parents.has(parent);
    }
    case "root":
      return (task) => !isKept(findParent(task, pool));
    case "closed_subtask":
      return (task) => task.completedAt !== null && isOpen(findParent(task, pool));
    case "record_of": {
      const { from = "" } = condition;
      const wanted = new Set(condition.series);
      return ({ series, occurrence }) =>
        series !== null && wanted.has(series) && occurrence !== null && occurrence >= from;
    }
    case "and":
      return createMatcher(pool, condition.conditions);
    case "or": {
      const matchers = condition.conditions.map((each) => create(each, pool));
      return (task) => matchers.some((matches) => matches(task));
    }
    case "not": {
      const matches = create(condition.condition, pool);
      return (task) => !matches(task);
    }
  }
}

function hasStatus(task: Task, status: Status): boolean {
  switch (status) {
    case "pending":
      return isOpen(task);
    case "completed":
      return isKept(task) && !isOpen(task);
    case "cancelled":
      return isKept(task) && !isOpen(task) && task.cancelled;
    case "deleted":
      return !isKept(task);
    case "all":
      return true;
  }
}

function createTagMatcher(tag: string): Matcher {
  const wanted = foldName(tag.normalize("NFC"));
  return ({ tags }) => tags.some((name) => foldName(name) === wanted);
}

function createProjectMatcher(project: string): Matcher {
  const wanted = foldName(project.normalize("NFC"));
  const levels = LEVEL_SEPARATORS.map((separator) => wanted + separator);
  return (task) => {
    if (task.project === null) return false;
    const name = foldName(task.project);
    return name === wanted || levels.some((level) => name.startsWith(level));
  };
}

function createDateMatcher({ date, from, before }: Extract<Condition, { kind: "dated" }>): Matcher {
  const boundOf = hasMillis(date) ? (_: string, { moment }: Bound) => withMillis(moment) : chooseBound;
  return (task) => {
    const found = task[date];
    if (found === null) return false;
    const isEarly = from !== undefined && found < boundOf(found, from);
    const isLate = before !== undefined && found >= boundOf(found, before);
    return !isEarly && !isLate;
  };
}

function hasMillis(date: DateField): boolean {
  return date === "completedAt" || date === "createdAt" || date === "updatedAt";
}

function createTextMatcher(text: string, fields: readonly TextField[]): Matcher {
  const wanted = foldText(text);
  return (task) => fields.some((field) => textsOf(task, field).some((found) => foldText(found).includes(wanted)));
}

function textsOf(task: Task, field: TextField): readonly string[] {
  if (field === "note") return task.notes.map((note) => note.text);
  const text = task[field];
  return text === null ? [] : [text];
}

function createPartMatcher(part: Part, pool: TaskPool): Matcher {
  switch (part) {
    case "tags":
      return ({ tags }) => tags.length > 0;
    case "notes":
      return ({ notes }) => notes.length > 0;
    case "reminders":
      return ({ reminders }) => reminders.length > 0;
    case "subtasks": {
      const parents = new Set([...pool.values()].filter(isKept).map(({ parent }) => parent));
      return ({ id }) => parents.has(id);
    }
    case "record":
      return ({ series }) => series !== null;
    case "description":
    case "parent":
    case "recurrence":
    case "startedAt":
      return (task) => task[part] !== null;
  }
}

function findParent({ parent }: Task, pool: TaskPool): Task | undefined {
  return parent === null ? undefined : pool.get(parent);
}

function isKept(task: Task | undefined): task is Task {
  return task !== undefined && task.deletedAt === null;
}

function isOpen(task: Task | undefined): boolean {
  return isKept(task) && task.completedAt === null;
}
