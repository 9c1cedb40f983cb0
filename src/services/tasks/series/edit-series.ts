import { resolveShifts } from "../../../domain/dates/due-shift.ts";
import { TodoError } from "../../../domain/errors.ts";
import { moveDates } from "../../../domain/recurrence/moved-dates.ts";
import { occurrenceOf } from "../../../domain/recurrence/occurrence.ts";
import { type RecurrenceFields, type Repetition, writeRepetition } from "../../../domain/recurrence/plan.ts";
import { stateFields } from "../../../domain/task/closing.ts";
import { patchFields } from "../../../domain/task/fields.ts";
import type { Fields } from "../../../domain/task/registers.ts";
import type { Task } from "../../../domain/task/task.ts";
import { timestamp, type Workspace } from "../../workspace.ts";
import type { Decision } from "../change-tasks.ts";
import { nameEdit, type TaskEdit } from "../edit-tasks.ts";
import { checkRepetition } from "./check-repetition.ts";
import { decideOccurrence } from "./close-occurrence.ts";
import { takeBackLast } from "./complete-series.ts";
import { planRepetition } from "./plan-repetition.ts";

/**
 * Decides about an edit of a task that repeats or is to. Another due date is that of the current occurrence alone, and a
 * completion is that of an occurrence. Throws `invalid_input` for a repetition that can't be, and without a due date.
 */
export async function decideSeriesEdit(
  workspace: Workspace,
  task: Task,
  { completed, cancelled, started, every, ...edit }: TaskEdit,
): Promise<Decision> {
  const plan = every == null ? null : await planEdit(workspace, task, edit, every);
  const planned = plan === null ? edit : { ...edit, dueDate: plan.due_date, dueShift: undefined };
  const patched = patchFields(task, resolveShifts(planned, task, workspace.system));
  const repetition = every === null ? endRepetition(task) : (plan ?? putOff(task, patched));
  const fields = { ...(plan && moveAlong(workspace, task, edit, plan)), ...patched, ...repetition };
  const repeats = plan !== null || (every !== null && task.recurrence !== null);
  if ((completed ?? cancelled) && repeats && task.completedAt === null) {
    return decideOccurrence(workspace, task, { action: cancelled === true ? "cancel" : "complete" }, fields);
  }
  const all: Fields = { ...fields, ...stateFields(task, { completed, cancelled, started }, timestamp(workspace)) };
  const others = all["completed_at"] === null ? await takeBackLast(workspace, task) : [];
  return { action: nameEdit(all), fields: all, others };
}

/** The fields of another repetition. null if it is the present one. */
async function planEdit(
  workspace: Workspace,
  task: Task,
  { dueDate, dueShift }: TaskEdit,
  every: string | Repetition,
): Promise<RecurrenceFields | null> {
  if (task.recurrence !== null && writeRepetition(every) === task.recurrence) return null;
  await checkRepetition(workspace, task);
  const { dueDate: due = task.dueDate } = resolveShifts(
    { ...(dueDate !== undefined && { dueDate }), dueShift },
    task,
    workspace.system,
  );
  const plan = planRepetition(every, due, workspace.system);
  return plan.recurrence === task.recurrence && occurrenceOf(task) !== null ? null : plan;
}

/** Dates that the edit does not give keep their distance to the due date, as they do when the series goes on. */
function moveAlong(
  { system }: Workspace,
  task: Task,
  { waitUntil: newWait, waitShift, scheduledDate: newScheduled, scheduledShift }: TaskEdit,
  plan: RecurrenceFields,
): Fields {
  const occurrence = occurrenceOf(task);
  if (occurrence === null) return {};
  const dates = {
    wait_until: newWait === undefined && waitShift === undefined ? task.waitUntil : null,
    scheduled_date: newScheduled === undefined && scheduledShift === undefined ? task.scheduledDate : null,
  };
  return moveDates(dates, occurrence, plan.occurrence, system);
}

function endRepetition({ recurrence, occurrence }: Task): Fields {
  return {
    ...(recurrence !== null && { recurrence: null }),
    ...(recurrence !== null && occurrence !== null && { occurrence: null }),
  };
}

/** A put-off says anew which occurrence it is about, so that it loses as a whole to what came later. */
function putOff(task: Task, patched: Fields): Fields {
  if (patched["due_date"] === undefined || task.occurrence === null) return {};
  if (patched["due_date"] !== null) return { occurrence: task.occurrence };
  throw new TodoError("invalid_input", `task ${task.handle} repeats, so it needs a due date`, {
    hints: [`To end the repetition too: todo edit ${task.handle} every:none due:none`],
    issues: [{ path: "due_date", message: "a task that repeats needs one" }],
  });
}
