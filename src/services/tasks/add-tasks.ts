import { compareText } from "../../domain/task/text.ts";
import { type DateShifts, resolveShifts } from "../../domain/dates/due-shift.ts";
import { parseDueDate } from "../../domain/dates/due-date.ts";
import { hasCode, TodoError } from "../../domain/errors.ts";
import { checkDraft, draftFields, isCreation } from "../../domain/task/fields.ts";
import type { RecurrenceFields, Repetition } from "../../domain/recurrence/plan.ts";
import { type Fields, readValues } from "../../domain/task/registers.ts";
import { type Draft, type Task } from "../../domain/task/task.ts";
import type { Edit } from "../../ports/store.ts";
import { inUtc } from "../../ports/time-zone.ts";
import { timestamp, type Workspace } from "../workspace.ts";
import type { RepetitionEdit } from "./edit-tasks.ts";
import type { NewDraft } from "./tree/add-in-tree.ts";

/** A new task, which may repeat, and whose dates may be counted from its due date. */
export type NewTask = Draft & DateShifts & RepetitionEdit;

/** A task that is asked for, with the id that it gets. */
type Asked = { readonly id: string; readonly task: NewTask };

/** Adds tasks, all or none. Throws `invalid_input`. */
export async function addTasks(workspace: Workspace, tasks: readonly NewTask[]): Promise<Task[]> {
  const { store, user, system } = workspace;
  const edits = await prepareTasks(
    workspace,
    tasks.map((task) => ({ id: system.newId(), task })),
  );
  return store.commit(user, { action: "add", now: system.now(), edits });
}

/**
 * Adds a task. If the client chose the id, a repeated request adds no second task and answers the first as it is now.
 * Throws `invalid_input`, and `conflict` if another task has the id.
 */
export async function createTask(
  workspace: Workspace,
  { id, ...task }: NewTask & { readonly id?: string | undefined },
): Promise<{ readonly task: Task; readonly created: boolean }> {
  const { store, user, system } = workspace;
  const asked = { id: id ?? system.newId(), task };
  // A repeated request is not refused because the parent has changed since.
  const isRepeated = id !== undefined && isLinked(task) && (await store.get(user, [id])).length > 0;
  const [edit = { id: asked.id, fields: {} }] = await prepareTasks(
    workspace,
    [asked],
    isRepeated ? keepPlaces : undefined,
  );
  const expected = id === undefined ? undefined : new Map([[id, 0]]);
  const commit = { action: "add" as const, now: system.now(), edits: [edit], ...(expected && { expected }) };
  try {
    const [made] = await store.commit(user, commit);
    // A deleted account keeps a row. Writes that began earlier see it and do nothing.
    if (!made) throw new TodoError("unauthorized", "the account was deleted");
    return { task: made, created: true };
  } catch (error) {
    if (!hasCode(error, "conflict")) throw error;
    return { task: await findRepeated(workspace, asked), created: false };
  }
}

/** What is written for new tasks, after all checks. */
async function prepareTasks(
  workspace: Workspace,
  tasks: readonly Asked[],
  place: typeof placeDrafts = placeDrafts,
): Promise<Edit[]> {
  const createdAt = timestamp(workspace);
  const plans = new Map<string, RecurrenceFields>();
  const drafts: NewDraft[] = [];
  for (const { id, task } of tasks) {
    const { every, ...draft } = task;
    const plan = every == null ? undefined : await planDraft(workspace, every, draft);
    if (plan) plans.set(id, plan);
    drafts.push({ id, draft: resolveDraft(workspace, { ...draft, ...(plan && toDraft(plan)) }) });
  }
  const placed = await place(workspace, drafts);
  return placed.map(({ id, draft }) => ({ id, fields: { ...draftFields(draft, createdAt), ...plans.get(id) } }));
}

/** How a new task repeats. What few tasks need is loaded only for them. */
async function planDraft(
  { system }: Workspace,
  every: string | Repetition,
  { dueDate }: Draft,
): Promise<RecurrenceFields> {
  const { planRepetition } = await import("./series/plan-repetition.ts");
  return planRepetition(every, dueDate == null ? null : parseDueDate(dueDate), system);
}

function toDraft({ recurrence, due_date: dueDate }: RecurrenceFields): Partial<Draft> {
  return { recurrence, dueDate };
}

function resolveDraft({ system }: Workspace, draft: Draft & DateShifts): Draft {
  const { dueDate = null } = draft;
  return checkDraft({ title: draft.title, ...resolveShifts(draft, { dueDate }, system) });
}

/** Checks parents and dependencies. What most tasks do without loads only if it is needed. */
async function placeDrafts(workspace: Workspace, drafts: readonly NewDraft[]): Promise<readonly NewDraft[]> {
  if (!drafts.some(({ draft }) => isLinked(draft))) return drafts;
  const { addInTree } = await import("./tree/add-in-tree.ts");
  return addInTree(workspace, drafts);
}

async function keepPlaces(_: Workspace, drafts: readonly NewDraft[]): Promise<readonly NewDraft[]> {
  return drafts;
}

function isLinked({ parent, dependsOn = [] }: Draft): boolean {
  return parent != null || dependsOn.length > 0;
}

/** The task that the same request made before. Throws `conflict` if it is another one or is deleted. */
async function findRepeated(workspace: Workspace, asked: Asked): Promise<Task> {
  const { store, user, system } = workspace;
  const { id } = asked;
  const [task] = await store.get(user, [id]);
  if (!task) throw new TodoError("conflict", "the id was in use a moment ago");
  if (task.deletedAt !== null) throw new TodoError("conflict", "the task with this id is deleted");
  // What repeats from today on meant another day then.
  const then = inUtc({ ...system, now: () => Date.parse(task.createdAt) });
  const [{ fields } = { fields: {} }] = await prepareTasks({ ...workspace, system: then }, [asked], keepPlaces);
  // Only the first entry: a task may have many, and each may be large.
  const [first] = await store.history(user, { id, oldestFirst: true, limit: 1 });
  const made = first && isCreation(first) ? readValues(first.after) : draftFields(task, task.createdAt);
  // What it took from its parent may be another by now.
  const inherited = asked.task.parent != null && asked.task.project === undefined ? ["project"] : [];
  if (!isSame(made, fields, ["created_at", ...inherited])) throw new TodoError("conflict", "another task has this id");
  return task;
}

/** Compares the content of two requests for a new task, without what follows from their time. */
function isSame(one: Fields, other: Fields, without: readonly string[]): boolean {
  const content = (fields: Fields) =>
    JSON.stringify(
      Object.entries(fields)
        .filter(([field]) => !without.includes(field))
        .toSorted(([first], [second]) => compareText(first, second)),
    );
  return content(one) === content(other);
}
