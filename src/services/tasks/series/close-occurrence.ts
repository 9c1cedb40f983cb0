import { TodoError, withHint } from "../../../domain/errors.ts";
import {
  cancelOccurrence,
  completeOccurrence,
  detachOccurrence,
  findOccurrence,
  requireSeries,
  skipOccurrence,
} from "../../../domain/recurrence/complete.ts";
import { dueDateOf, isFarAhead, localTimeOf, missedBetween } from "../../../domain/recurrence/next.ts";
import { isOccurrence, occurrenceOf } from "../../../domain/recurrence/occurrence.ts";
import { recordIdOf } from "../../../domain/recurrence/record-id.ts";
import type { Series } from "../../../domain/recurrence/series.ts";
import { taskFields } from "../../../domain/task/fields.ts";
import type { Fields } from "../../../domain/task/registers.ts";
import type { Task } from "../../../domain/task/task.ts";
import { timestamp, type Workspace } from "../../workspace.ts";
import type { Decision, OtherEdit } from "../change-tasks.ts";
import { findRecords, findTickedChildren } from "./find-records.ts";

/** What becomes of an occurrence. */
export type OccurrenceAction = "complete" | "cancel" | "skip" | "detach";

/** `occurrence` is the one that is meant. Without it, it is the current one. */
export type OccurrenceRequest = { readonly action: OccurrenceAction; readonly occurrence?: string | undefined };

/** No list of what was missed needs to be longer. */
const MAX_MISSED = 1000;

const CLOSE = {
  complete: completeOccurrence,
  cancel: cancelOccurrence,
  skip: skipOccurrence,
  detach: detachOccurrence,
} as const satisfies Record<OccurrenceAction, unknown>;

/** True for an open task whose completion is that of one occurrence. */
export function isOpenSeries({ recurrence, completedAt }: Task): boolean {
  return recurrence !== null && completedAt === null;
}

/** True if a request is about one occurrence. The last one can be named again when it has ended the series. */
export async function concernsOccurrence(
  workspace: Workspace,
  task: Task,
  { occurrence }: Pick<OccurrenceRequest, "occurrence">,
): Promise<boolean> {
  if (isOpenSeries(task)) return true;
  return task.recurrence !== null && occurrence !== undefined && (await hasRecord(workspace, task, occurrence));
}

/**
 * Decides about one occurrence of a task that repeats: it gets a record, and the task goes on to the next one. `patch` are other
 * fields that change with it. Throws `invalid_input` for a rule of another version, for an occurrence that there is not, and
 * for the current one if it is more than one period ahead and not named.
 */
export async function decideOccurrence(
  workspace: Workspace,
  task: Task,
  { action, occurrence: asked }: OccurrenceRequest,
  patch: Fields = {},
): Promise<Decision> {
  const fields = { ...taskFields(task), ...patch };
  const series = requireReadable(task, fields);
  const current = requireOccurrence(task, fields);
  const occurrence = asked === undefined ? current : await findNamed(workspace, task, fields, asked);
  if (asked === undefined && action === "complete") refuseFarAhead(workspace, task, series, current);
  const id = recordIdOf(task.id, occurrence);
  const records = await findRecords(workspace, task.id, occurrence < current ? occurrence : current);
  const record = records.find((each) => each.id === id);
  const isCurrent = occurrence === current;
  const named = { occurrence, dueDate: dueDateOf(series, occurrence), recordId: id };
  if (record && record.deletedAt === null && !(isCurrent && isOpenSeries(task))) {
    const others = closeRecord(workspace, record, action);
    return { action, fields: patch, others, occurrence: { ...named, missed: [], record } };
  }
  const children = isCurrent ? await findTickedChildren(workspace, task.id) : [];
  const taken = new Set(records.filter(({ deletedAt }) => deletedAt === null).map((each) => each.occurrence));
  const isTaken = (each: string) => taken.has(each);
  const commit = CLOSE[action]({
    series: { id: task.id, fields },
    occurrence,
    at: timestamp(workspace),
    system: workspace.system,
    isTaken,
    record: record && taskFields(record),
    children: children.map((child) => ({ id: child.id, fields: taskFields(child) })),
  });
  const read = new Map([...records, ...children].map((each) => [each.id, each]));
  const span = { after: occurrence, next: commit.next, limit: MAX_MISSED };
  const missed = isCurrent ? missedBetween(series, span, isTaken) : [];
  return {
    action,
    // Who works on it works on the current one.
    fields: { ...patch, ...commit.series, ...(isCurrent && task.startedAt !== null && { started_at: null }) },
    others: [commit.record, ...commit.children].map((edit) => ({ ...edit, task: read.get(edit.id) })),
    occurrence: { ...named, missed: missed.map((each) => dueDateOf(series, each)) },
  };
}

/** The occurrence that is meant. One with a record is one, even if it was counted from a completion or by an earlier rule. */
async function findNamed(workspace: Workspace, task: Task, fields: Fields, asked: string): Promise<string> {
  try {
    return findOccurrence(fields, asked);
  } catch (error) {
    if (await hasRecord(workspace, task, asked)) return asked;
    throw error;
  }
}

async function hasRecord({ store, user }: Workspace, { id }: Task, occurrence: string): Promise<boolean> {
  const [record] = await store.get(user, [recordIdOf(id, occurrence)]);
  return record?.deletedAt === null && record.series === id && record.occurrence === occurrence;
}

/** Closes what has a record already: one that became a task of its own, or that was closed in another way. */
function closeRecord(workspace: Workspace, record: Task, action: OccurrenceAction): OtherEdit[] {
  const isClosed = record.completedAt !== null;
  // What was done can't be passed over any more, nor become a task of its own.
  if (action === "detach" || (action === "skip" && isClosed)) return [];
  const after = { skipped: action === "skip", cancelled: action === "cancel" };
  if (isClosed && record.skipped === after.skipped && record.cancelled === after.cancelled) return [];
  const fields = { ...(!isClosed && { completed_at: timestamp(workspace) }), ...after };
  return [{ id: record.id, fields, task: record }];
}

function requireReadable({ handle }: Task, fields: Fields): Series {
  try {
    return requireSeries(fields);
  } catch (error) {
    throw error instanceof TodoError ? withHint(error, `To end it for good: todo done ${handle} --forever`) : error;
  }
}

/** A broken writer may have left it out. Then nobody knows which one it would be. */
function requireOccurrence(task: Task, { occurrence: first }: Fields): string {
  const { handle } = task;
  const occurrence = occurrenceOf(task);
  if (occurrence !== null) return occurrence;
  // It begins to repeat with this edit.
  if (typeof first === "string" && isOccurrence(first)) return first;
  throw new TodoError("invalid_input", `task ${handle} repeats, but does not say which occurrence is due`, {
    hints: ["Say anew how it repeats, such as: todo edit REF every:week"],
    issues: [{ path: "recurrence", message: "say anew how the task repeats" }],
  });
}

/** One period ahead is what people do early. What is further ahead was more likely completed twice by mistake. */
function refuseFarAhead({ system }: Workspace, { handle }: Task, series: Series, occurrence: string): void {
  const now = new Date(system.now()).toISOString();
  const today = series.zone === null ? system.today() : localTimeOf(series, now);
  if (!isFarAhead(series, occurrence, today)) return;
  throw new TodoError("invalid_input", `the next occurrence of task ${handle} is more than one period ahead`, {
    hints: [`If you mean it: todo done ${handle} --occurrence ${occurrence}`],
    issues: [{ path: "occurrence", message: `to complete the one of ${occurrence}, name it` }],
  });
}
