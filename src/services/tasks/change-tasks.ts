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

/** The result of a change: the changed tasks as they are now, what changed, and the tasks that needed no change. */
export type Outcome = {
  readonly changed: readonly Task[];
  readonly changes: Changes;
  readonly unchanged: readonly Task[];
  /** The tasks that changed along with those that were named, such as what is below them. */
  readonly alsoChanged?: readonly Task[];
};

/** Reads the tasks to change. It is called again if one of them was changed in between. */
export type FindTasks = () => Promise<readonly Task[]>;

/** Throws if a task is not in the state that the change requires, such as the one that the client last saw. */
export type Precondition = (task: Task) => void;

/** The action on a task and its new fields. No fields mean that nothing changes. */
export type Decision = { readonly action: Action; readonly fields: Fields };

/** A change to tasks. */
export type Change = {
  readonly decide: (task: Task) => Decision;
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
  return decideAgain(async () => applyChange(workspace, await find(), change));
}

/** Repeats the work while it conflicts with changes of others. */
export async function decideAgain<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
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
  const asked = tasks.map((task) => ({ task, id: task.id, ...decide(task) })).filter(hasFields);
  const decided = await countTime(workspace, asked);
  if (decided.length === 0) return { changed: [], changes: new Map(), unchanged: tasks };
  const changed = await store.commit(user, {
    action: nameCommit(decided),
    now: system.now(),
    edits: decided.map(({ id, fields }) => ({ id, fields })),
    // The time of a device is counted on from what it was.
    ...((requiresUnchanged || decided.some(stopsTime)) && {
      expected: new Map(tasks.map((task) => [task.id, task.revision])),
    }),
  });
  const decisions = new Map(decided.map((decision) => [decision.id, decision]));
  refuseDeletedMeanwhile(changed.filter(({ id }) => !("deleted_at" in (decisions.get(id)?.fields ?? {}))));
  const changes = new Map(decided.map(({ id, task, fields }) => [id, listChanges(taskFields(task), fields)]));
  return { changed, changes, unchanged: tasks.filter(({ id }) => !decisions.has(id)) };
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
