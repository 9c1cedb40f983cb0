import { closingFields } from "../../domain/task/closing.ts";
import type { Note, Task } from "../../domain/task/task.ts";
import { timestamp, type Workspace } from "../workspace.ts";
import type { Completion, SeriesClosing } from "./series/complete-series.ts";
import { changeTasks, type Decision, type FindTasks, type Outcome, type Precondition } from "./change-tasks.ts";

/** What happens to what is below the tasks that are completed or deleted: nothing, or the same. */
export type Subtasks = "keep" | "include";

/** What else happens when tasks are completed: with what is below them, and a note to each that is named. */
export type CompleteOptions = Completion & {
  readonly subtasks?: Subtasks;
  readonly note?: Note | undefined;
  /** True if what was cancelled or skipped stays so. Whoever names such a task says that it was done. */
  readonly keepsClosed?: boolean | undefined;
};

/** Completes tasks, and with them the open ones below if they are included. Throws as `changeTasks` does. */
export async function completeTasks(
  workspace: Workspace,
  find: FindTasks,
  requires?: Precondition,
  { subtasks = "keep", note, keepsClosed = false, ...completion }: CompleteOptions = {},
): Promise<Outcome> {
  let named: readonly Task[] = [];
  const findNamed = async () => (named = await find());
  const decide = async (task: Task, tasks: readonly Task[]) => {
    const decision: Decision =
      keepsClosed && task.completedAt !== null
        ? { action: "complete", fields: {} }
        : await decideCompletion(workspace, task, { tasks, completion });
    if (note === undefined || !named.includes(task)) return decision;
    const { addNoteTo } = await import("./note-completion.ts");
    return addNoteTo(decision, task, note);
  };
  if (subtasks === "keep") return changeTasks(workspace, findNamed, { decide, requires });
  const { changeTrees } = await import("./tree/change-trees.ts");
  return changeTrees(workspace, findNamed, { decide, requires }, (task) => task.completedAt === null);
}

/** Closes tasks without their being done, also those that were. Throws as `changeTasks` does. */
export function cancelTasks(
  workspace: Workspace,
  find: FindTasks,
  requires?: Precondition,
  completion: Completion = {},
): Promise<Outcome> {
  const decide = (task: Task) =>
    isPlain(task, completion)
      ? { action: "cancel" as const, fields: closingFields(task, { cancelled: true }, timestamp(workspace)) }
      : decideSeries(workspace, task, { action: "cancel", ...completion });
  return changeTasks(workspace, find, { decide, requires });
}

/** Takes completions and cancellations back. Throws as `changeTasks` does. */
export function reopenTasks(workspace: Workspace, find: FindTasks, requires?: Precondition): Promise<Outcome> {
  return changeTasks(workspace, find, { decide: (task) => decideReopening(workspace, task), requires });
}

/** Completes open tasks, and reopens completed ones. Throws as `changeTasks` does. */
export function toggleTasks(workspace: Workspace, find: FindTasks, requires?: Precondition): Promise<Outcome> {
  const decide = (task: Task, tasks: readonly Task[]) =>
    task.completedAt === null
      ? decideCompletion(workspace, task, { tasks, completion: {} })
      : decideReopening(workspace, task);
  return changeTasks(workspace, find, { decide, requires, requiresUnchanged: true });
}

async function decideCompletion(
  workspace: Workspace,
  task: Task,
  { tasks, completion }: { readonly tasks: readonly Task[]; readonly completion: Completion },
): Promise<Decision> {
  if (!isPlain(task, completion)) return decideSeries(workspace, task, { action: "complete", ...completion });
  const closing = closingFields(task, { completed: true, cancelled: false }, timestamp(workspace));
  // What was skipped was not done. Whoever completes it says that it was.
  const fields = task.skipped ? { ...closing, skipped: false } : closing;
  if (task.parent === null || !("completed_at" in fields)) return { action: "complete", fields };
  const { markPart } = await import("./series/complete-series.ts");
  return { action: "complete", fields: await markPart(workspace, task, tasks, fields) };
}

function isPlain({ recurrence }: Task, { occurrence }: Completion): boolean {
  return recurrence === null && occurrence === undefined;
}

/** What few tasks need is loaded only for them. */
async function decideSeries(workspace: Workspace, task: Task, request: SeriesClosing): Promise<Decision> {
  const { closeSeries } = await import("./series/complete-series.ts");
  return closeSeries(workspace, task, request);
}

async function decideReopening(workspace: Workspace, task: Task): Promise<Decision> {
  const fields = closingFields(task, { completed: false }, timestamp(workspace));
  const action = "reopen";
  if (!("completed_at" in fields)) return { action, fields };
  if (task.recurrence === null) return { action, fields };
  const { takeBackLast } = await import("./series/complete-series.ts");
  return { action, fields, others: await takeBackLast(workspace, task) };
}
