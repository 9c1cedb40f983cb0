import { TodoError } from "../errors.ts";
import type { Fields } from "./registers.ts";
import type { Task } from "./task.ts";
import { startFields } from "./time.ts";

/** Whether a task is to be closed, and whether it is without having been done. What is absent stays. */
export type Closing = { readonly completed?: boolean | undefined; readonly cancelled?: boolean | undefined };

/** The same, and whether somebody works on it. */
export type StateChange = Closing & { readonly started?: boolean | undefined };

/** Whether a task was closed without being done. An open task may have been so before. */
export function isCancelled({ completedAt, cancelled }: Pick<Task, "completedAt" | "cancelled">): boolean {
  return completedAt !== null && cancelled;
}

/**
 * The fields that close a task at a moment or reopen it. Empty if it is in that state already. An occurrence that was skipped is
 * then so no more. Throws `invalid_input` for a task that is to be cancelled and open.
 */
export function closingFields(task: Task, { completed, cancelled }: Closing, now: string): Fields {
  if (completed === undefined && cancelled === undefined) return {};
  if (completed === false && cancelled) {
    const message = "a cancelled task is completed, so it can't be open at the same time";
    throw new TodoError("invalid_input", message, { issues: [{ path: "cancelled", message }] });
  }
  const isClosed = task.completedAt !== null;
  const shouldClose = cancelled === true || (completed ?? isClosed);
  const shouldCancel = shouldClose && (cancelled ?? isCancelled(task));
  const [isOther, isOtherwise] = [shouldClose !== isClosed, shouldCancel !== task.cancelled];
  return {
    ...(isOther && { completed_at: shouldClose ? now : null }),
    ...(isOtherwise && { cancelled: shouldCancel }),
    ...((isOther || isOtherwise) && task.skipped && { skipped: false }),
  };
}

/** The fields that close or reopen a task at a moment and start or stop it. Throws as `closingFields` and `startFields` do. */
export function stateFields(task: Task, { started, ...closing }: StateChange, now: string): Fields {
  const fields = closingFields(task, closing, now);
  if (started === undefined) return fields;
  const completedAt = "completed_at" in fields ? fields["completed_at"] : task.completedAt;
  return { ...fields, ...startFields(task, started, { now, isClosed: completedAt !== null }) };
}
