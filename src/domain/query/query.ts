import type { Priority } from "../task/task.ts";

export const SORTS = ["due_date", "created", "title", "priority", "updated", "completed"] as const;
export type Sort = (typeof SORTS)[number];

export const STATUSES = ["pending", "completed", "cancelled", "deleted", "all"] as const;
export type Status = (typeof STATUSES)[number];

/** What stands between the levels of a project: `Work.Finance`, `Work/Tax`. */
export const LEVEL_SEPARATORS = [".", "/"] as const;

/** Code points of a search text. */
export const MAX_SEARCH_CHARACTERS = 500;

/** A point in time for both kinds of due date: days are compared with `day`, moments with `moment`. */
export type Bound = { readonly day: string; readonly moment: string };

/** The dates of a task beside the due date. */
export type OtherDate = "scheduledDate" | "waitUntil";

/**
 * One condition on a task. `tag` and `project` are exact, as programs ask. `tagged` and `in_project` go by what people
 * mean: without case, and a project with all below it (`Work.Finance` and `Work/Tax` are in `work`). `from` is included,
 * `before` is not. Completions are moments with milliseconds. What is cancelled is completed too.
 */
export type Condition =
  | { readonly kind: "status"; readonly status: Status }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "tagged"; readonly tag: string }
  | { readonly kind: "project"; readonly project: string | null }
  | { readonly kind: "in_project"; readonly project: string }
  | { readonly kind: "priority"; readonly priority: Priority | null }
  | { readonly kind: "no_due_date" }
  | { readonly kind: "due"; readonly from?: Bound; readonly before?: Bound }
  | { readonly kind: "completed"; readonly from?: string; readonly before?: string }
  | { readonly kind: "started" }
  /** Hidden from lists at this time. */
  | { readonly kind: "waiting"; readonly now: Bound }
  /** Has such a date at all, or one in a range. */
  | { readonly kind: "dated"; readonly date: OtherDate; readonly from?: Bound; readonly before?: Bound }
  | { readonly kind: "text"; readonly text: string }
  /** Names one of these as its parent. */
  | { readonly kind: "child_of"; readonly parents: readonly string[] }
  /** Names no parent, or one that is deleted or not there. */
  | { readonly kind: "root" }
  /** Completed, under a parent that is open. */
  | { readonly kind: "closed_subtask" }
  /** Waits for another task, or once did. */
  | { readonly kind: "linked" }
  /** A record of an occurrence of a repeating task, from one on if it is named. */
  | { readonly kind: "record_of"; readonly series: string; readonly from?: string }
  | { readonly kind: "either"; readonly conditions: readonly Condition[] }
  | { readonly kind: "not"; readonly condition: Condition };

/** What is open, which is what lists are about. */
export const PENDING: Condition = { kind: "status", status: "pending" };

/** All but the deleted ones. */
export const KEPT: Condition = { kind: "not", condition: { kind: "status", status: "deleted" } };

/** The condition that others turn round. */
export function innermost(condition: Condition): Condition {
  return condition.kind === "not" ? innermost(condition.condition) : condition;
}

/** The end of a page: the sort key and the id of its last task. */
export type Position = { readonly key: string | number; readonly id: string };

/** Which tasks, in which order. All conditions must hold. No `limit` means all of them, no `sort` means by id. */
export type TaskQuery = {
  readonly where: readonly Condition[];
  readonly sort?: Sort;
  readonly reverse?: boolean;
  readonly limit?: number;
  readonly after?: Position;
};

/** A reference to a task as typed: the beginning of its handle or of its UUID. */
export type RefPrefix = { readonly handle: string } | { readonly id: string };
