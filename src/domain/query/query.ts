import type { Priority } from "../task/task.ts";

export const SORTS = ["due_date", "created", "title", "priority", "rank", "updated", "completed"] as const;
export type Sort = (typeof SORTS)[number];

/**
 * The order of what to do next, which is no choice of people: by priority, then by due date, then by rank. Low is what can
 * wait, so it comes behind what nobody has judged.
 */
export const PRIORITY_LEVELS = { high: 1, medium: 2, none: 3, low: 4 } as const satisfies Record<
  Priority | "none",
  number
>;

export const STATUSES = ["pending", "completed", "cancelled", "deleted", "all"] as const;
export type Status = (typeof STATUSES)[number];

/** What stands between the levels of a project: `Work.Finance`, `Work/Tax`. */
export const LEVEL_SEPARATORS = [".", "/"] as const;

/** Code points of a search text. */
export const MAX_SEARCH_CHARACTERS = 500;

/** A point in time for both kinds of due date: days are compared with `day`, moments with `moment`. */
export type Bound = { readonly day: string; readonly moment: string };

/** The dates of a task that can be asked for. The last three are moments with milliseconds. */
export type DateField = "dueDate" | "scheduledDate" | "waitUntil" | "completedAt" | "createdAt" | "updatedAt";

/** Where a text is looked for. */
export type TextField = "title" | "description" | "note" | "project";

/** What a task has or lacks: a field, several of a kind, or a place among others. `record` is one of an occurrence. */
export type Part =
  "tags" | "description" | "notes" | "reminders" | "subtasks" | "parent" | "recurrence" | "record" | "startedAt";

/**
 * One condition on a task. `tag` and `project` are exact, as programs ask. `tagged` and `in_project` go by what people
 * mean: without case, and a project with all below it (`Work.Finance` and `Work/Tax` are in `work`). `from` is included,
 * `before` is not. What is cancelled is completed too. None depends on a clock: one that is about now says when that is.
 */
export type Condition =
  | { readonly kind: "status"; readonly status: Status }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "tagged"; readonly tag: string }
  | { readonly kind: "project"; readonly project: string | null }
  | { readonly kind: "in_project"; readonly project: string }
  | { readonly kind: "priority"; readonly priority: Priority | null }
  /** Has an estimate at all, or one of so many minutes, both included. */
  | { readonly kind: "estimate"; readonly from?: number; readonly to?: number }
  /** Has such a date at all, or one in a range. */
  | { readonly kind: "dated"; readonly date: DateField; readonly from?: Bound; readonly before?: Bound }
  /** Contains the text in one of the fields, without case and accents. */
  | { readonly kind: "text"; readonly text: string; readonly fields: readonly TextField[] }
  | { readonly kind: "has"; readonly part: Part }
  /** Hidden from lists at this time. */
  | { readonly kind: "waiting"; readonly now: Bound }
  /** Names this task as one that has to be done before. */
  | { readonly kind: "waits_for"; readonly id: string }
  /** Is one of these. */
  | { readonly kind: "among"; readonly ids: readonly string[] }
  /** Names one of these as its parent. */
  | { readonly kind: "child_of"; readonly parents: readonly string[] }
  /** Names no parent, or one that is deleted or not there. */
  | { readonly kind: "root" }
  /** Completed, under a parent that is open. */
  | { readonly kind: "closed_subtask" }
  /** A record of an occurrence of one of these repeating tasks, from one on if it is named. */
  | { readonly kind: "record_of"; readonly series: readonly string[]; readonly from?: string }
  | { readonly kind: "and" | "or"; readonly conditions: readonly Condition[] }
  | { readonly kind: "not"; readonly condition: Condition };

/** Where words without a key are looked for. */
export const SEARCHED: readonly TextField[] = ["title", "description"];

/** What has no due date. */
export const UNDATED: Condition = { kind: "not", condition: { kind: "dated", date: "dueDate" } };

/** What is open, which is what lists are about. */
export const PENDING: Condition = { kind: "status", status: "pending" };

/** All but the deleted ones. */
export const KEPT: Condition = { kind: "not", condition: { kind: "status", status: "deleted" } };

/** The conditions that are joined or turned round by others, without these. */
export function listConditions(where: readonly Condition[]): Condition[] {
  return where.flatMap((condition) => {
    if (condition.kind === "not") return listConditions([condition.condition]);
    return condition.kind === "and" || condition.kind === "or" ? listConditions(condition.conditions) : [condition];
  });
}

/** The status that no open task has, if all that meet the conditions have it. */
export function findClosedStatus(where: readonly Condition[]): Status | undefined {
  for (const condition of where) {
    const closed = condition.kind === "and" ? findClosedStatus(condition.conditions) : statusOf(condition);
    if (closed !== undefined && closed !== "pending" && closed !== "all") return closed;
  }
  return undefined;
}

function statusOf(condition: Condition): Status | undefined {
  return condition.kind === "status" ? condition.status : undefined;
}

/** The end of a page: the sort key and the id of its last task. */
export type Position = { readonly key: string | number; readonly id: string };

/** Orders that views have and nobody names: what to do next, and by the date for which it is planned. */
export type OwnSort = "next" | "scheduled";

/** Which tasks, in which order. All conditions must hold. No `limit` means all of them, no `sort` means by id. */
export type TaskQuery = {
  readonly where: readonly Condition[];
  readonly sort?: Sort | OwnSort;
  readonly reverse?: boolean;
  readonly limit?: number;
  readonly after?: Position;
  /** True for what a user looks for over HTTP. It leaves room for others, which what a write has to know must not. */
  readonly isSearch?: boolean;
};

/** A reference to a task as typed: the beginning of its handle or of its UUID. */
export type RefPrefix = { readonly handle: string } | { readonly id: string };
