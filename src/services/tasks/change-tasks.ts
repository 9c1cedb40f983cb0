import type { Action } from "../../domain/task/action.ts";
import { hasCode, TodoError } from "../../domain/errors.ts";
import { type FieldChange, hasFields, listChanges, taskFields } from "../../domain/task/fields.ts";
import type { Fields } from "../../domain/task/registers.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Workspace } from "../workspace.ts";
import { countTime, stopsTime } from "./count-time.ts";

/** How often a change may decide again on fresh data. Of the changes that collide, one succeeds each time. */
const MAX_ATTEMPTS = 100;

/** What a change did to each task, by id. */
export type Changes = ReadonlyMap<string, readonly FieldChange[]>;

/** An occurrence that was done, skipped or detached. */
export type ClosedOccurrence = {
  readonly occurrence: string;
  /** When it was due by its rule. It may have been put off. */
  readonly dueDate: string;
  /** The due dates of what was passed over on the way to the next one. */
  readonly missed: readonly string[];
  readonly recordId: string;
  /** The record as it is now. Absent before it is written. */
  readonly record?: Task | undefined;
};

/** The result of a change: the changed tasks as they are now, what changed, and the tasks that needed no change. */
export type Outcome = {
  readonly changed: readonly Task[];
  readonly changes: Changes;
  readonly unchanged: readonly Task[];
  /** The tasks that changed along with those that were named, such as what is below them. */
  readonly alsoChanged?: readonly Task[];
  /** The occurrences of repeating tasks that the change was about, by the ids of these tasks. */
  readonly occurrences?: ReadonlyMap<string, ClosedOccurrence>;
};

/** Reads the tasks to change. It is called again if one of them was changed in between. */
export type FindTasks = () => Promise<readonly Task[]>;

/** Throws if a task is not in the state that the change requires, such as the one that the client last saw. */
export type Precondition = (task: Task) => void;

/** The edit of another task in the same commit, and that task as it was read, if there was one. */
export type OtherEdit = { readonly id: string; readonly fields: Fields; readonly task: Task | undefined };

/** The action on a task, its new fields, and what changes with it. If there is none of these, nothing changes. */
export type Decision = {
  readonly action: Action;
  readonly fields: Fields;
  /** They hold only for the tasks as they were read. */
  readonly others?: readonly OtherEdit[];
  readonly occurrence?: ClosedOccurrence;
};

/** A change to tasks. */
export type Change = {
  /** It may read more. `tasks` are all that change together. */
  readonly decide: (task: Task, tasks: readonly Task[]) => Decision | Promise<Decision>;
  readonly requires?: Precondition | undefined;
  /** True if the decision holds only for the tasks as they were read. `requires` implies it. */
  readonly requiresUnchanged?: boolean;
};

/**
 * The one way to change tasks: it reads them, decides, and writes in one unit of work. It decides again if one was
 * changed in between. Throws what `find` and `requires` throw, `conflict` if others are always faster, and `not_found`
 * if one was deleted meanwhile.
 */
export function changeTasks(workspace: Workspace, find: FindTasks, change: Change): Promise<Outcome> {
  return decideAgain(find, (tasks) => applyChange(workspace, tasks, change));
}

/** Reads and works again while the work conflicts with changes of others. What reading throws is final. */
export async function decideAgain<Read, Result>(
  read: () => Promise<Read>,
  work: (read: Read) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await read();
    try {
      return await work(found);
    } catch (error) {
      if (!hasCode(error, "conflict") || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

async function applyChange(
  workspace: Workspace,
  tasks: readonly Task[],
  { decide, requires, requiresUnchanged = requires !== undefined }: Change,
): Promise<Outcome> {
  const { store, user, system } = workspace;
  if (requires) tasks.forEach(requires);
  const all = await Promise.all(
    tasks.map(async (task) => ({ task, id: task.id, others: [], ...(await decide(task, tasks)) })),
  );
  const asked = all.filter((decision) => hasFields(decision) || decision.others.length > 0);
  const decided = await countTime(workspace, asked);
  if (decided.length === 0) return { changed: [], changes: new Map(), unchanged: tasks, ...listOccurrences(all) };
  const named = new Set(decided.filter(hasFields).map(({ id }) => id));
  // What is decided about a task itself goes before what another one would make of it.
  const others = decided.flatMap((decision) => decision.others.filter(({ id }) => !named.has(id)));
  // The time of a device is counted on from what it was.
  const isBound = requiresUnchanged || decided.some((each) => each.others.length > 0 || stopsTime(each));
  const committed = await store.commit(user, {
    action: nameCommit(decided),
    now: system.now(),
    edits: [...others, ...decided.filter(hasFields)].map(({ id, fields }) => ({ id, fields })),
    ...(isBound && { expected: readRevisions(tasks, others) }),
  });
  const decisions = new Map(decided.map((decision) => [decision.id, decision]));
  refuseDeletedMeanwhile(
    committed.filter(({ id }) => decisions.has(id) && !("deleted_at" in (decisions.get(id)?.fields ?? {}))),
  );
  const now = new Map(committed.map((task) => [task.id, task]));
  return {
    // A deleted account keeps a row, and writes that began earlier do nothing.
    changed: committed.length === 0 ? [] : decided.map(({ id, task }) => now.get(id) ?? task),
    changes: new Map(decided.map(({ id, task, fields }) => [id, listChanges(taskFields(task), fields)])),
    unchanged: tasks.filter(({ id }) => !decisions.has(id)),
    ...listOccurrences(all, now),
  };
}

function readRevisions(tasks: readonly Task[], others: readonly OtherEdit[]): ReadonlyMap<string, number> {
  return new Map([
    ...others.map(({ id, task }) => [id, task?.revision ?? 0] as const),
    ...tasks.map(({ id, revision }) => [id, revision] as const),
  ]);
}

function listOccurrences(
  decided: readonly (Decision & { readonly id: string })[],
  now: ReadonlyMap<string, Task> = new Map(),
): Pick<Outcome, "occurrences"> {
  const closed = decided.flatMap(({ id, occurrence: each }) =>
    each ? [[id, { ...each, record: now.get(each.recordId) ?? each.record }] as const] : [],
  );
  return closed.length === 0 ? {} : { occurrences: new Map(closed) };
}

/** A commit has one name in the log. A mix of actions is an edit. */
function nameCommit(decided: readonly Decision[]): Action {
  const [first = "edit", ...others] = new Set(decided.map(({ action }) => action));
  return others.length === 0 ? first : "edit";
}

/** The change is kept, and shows when the task is restored. */
function refuseDeletedMeanwhile(changed: readonly Task[]): void {
  const deleted = changed.find((task) => task.deletedAt !== null);
  if (deleted) throw new TodoError("not_found", `task ${deleted.handle} was deleted in the meantime`);
}
