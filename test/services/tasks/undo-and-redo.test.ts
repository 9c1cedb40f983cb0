import { afterAll, expect, test } from "bun:test";
import fc from "fast-check";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { hasCode } from "../../../src/domain/errors.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { addTasks } from "../../../src/services/tasks/add-tasks.ts";
import type { Outcome } from "../../../src/services/tasks/change-tasks.ts";
import { cancelTasks, completeTasks, toggleTasks } from "../../../src/services/tasks/complete-tasks.ts";
import { deleteTasks, restoreTasks } from "../../../src/services/tasks/delete-tasks.ts";
import { editTasks, type TaskEdit } from "../../../src/services/tasks/edit-tasks.ts";
import { redoLastUndo, undoLastChange } from "../../../src/services/tasks/history.ts";
import { addNote, removeNote } from "../../../src/services/tasks/note-tasks.ts";
import { startTasks, stopTasks } from "../../../src/services/tasks/start-tasks.ts";
import { moveTasks } from "../../../src/services/tasks/tree/move-tasks.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { newId, OPENING } from "../../support/stores/test-user.ts";

const { store } = openSqlite(":memory:");
afterAll(() => store.close());

type Step = { readonly kind: "undo" | "redo" } | { readonly kind: "change"; readonly change: Change };
/** A change of the task at a place, or of a new one. */
type Change = (workspace: Workspace, tasks: readonly Task[]) => Promise<unknown[]>;

/** What a change changed: nothing where it is refused, such as a move that would make a ring. */
const changed = async (outcome: Promise<Outcome>) => {
  try {
    const { changed: named, alsoChanged = [] } = await outcome;
    return [...named, ...alsoChanged];
  } catch (error) {
    if (hasCode(error, "invalid_input")) return [];
    throw error;
  }
};
const choose = (tasks: readonly Task[], place: number) => async () => {
  const task = tasks[place % Math.max(tasks.length, 1)];
  return task ? [task] : [];
};
const live = (tasks: readonly Task[]) => tasks.filter(({ deletedAt }) => deletedAt === null);

const isOpen = ({ completedAt }: Task) => completedAt === null;

const NOTES = ["one", "two"].map((text) => ({ id: newId(), text }));

const anyPlace = fc.nat({ max: 3 });
const anyEdit = fc.oneof(
  fc.record({ title: fc.constantFrom("a", "b", "c") }),
  fc.record({ dueDate: fc.constantFrom("2026-12-01", null), priority: fc.constantFrom("high", "low", null) }),
  fc.record({ addTags: fc.subarray(["x", "y"]), removeTags: fc.subarray(["y", "z"]) }),
);
/** A change of one task with regard to another. */
const anyTreeChange: fc.Arbitrary<Change> = fc
  .tuple(anyPlace, anyPlace, fc.nat({ max: 6 }))
  .map(([place, otherPlace, kind]): Change => (workspace, tasks) => {
    const find = choose(live(tasks), place);
    const other = live(tasks)[otherPlace % Math.max(live(tasks).length, 1)]?.id ?? null;
    const id = other ?? newId();
    const changes: Record<number, () => Promise<Outcome>> = {
      0: () => editTasks(workspace, find, { parent: other }),
      1: () => editTasks(workspace, find, { addDependsOn: [id] }),
      2: () => editTasks(workspace, find, { project: `in ${otherPlace}` }),
      3: () => moveTasks(workspace, find, { place: { kind: "first" } }),
      4: () => moveTasks(workspace, find, { place: { kind: "after", id } }),
      5: () => completeTasks(workspace, find, undefined, { subtasks: "include" }),
      6: () => deleteTasks(workspace, find, undefined, "include"),
    };
    return changed(changes[kind]?.() ?? Promise.reject(new Error("there is no such change")));
  });
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  { arbitrary: anyTreeChange, weight: 4 },
  fc.constantFrom("a", "b").map((title) => (workspace: Workspace) => addTasks(workspace, [{ title, tags: ["z"] }])),
  fc.tuple(anyPlace, anyEdit).map(
    ([place, edit]: [number, TaskEdit]): Change =>
      (workspace, tasks) =>
        changed(editTasks(workspace, choose(live(tasks), place), edit)),
  ),
  anyPlace.map(
    (place): Change =>
      (workspace, tasks) =>
        changed(toggleTasks(workspace, choose(live(tasks), place))),
  ),
  anyPlace.map(
    (place): Change =>
      (workspace, tasks) =>
        changed(cancelTasks(workspace, choose(live(tasks), place))),
  ),
  fc.tuple(anyPlace, fc.boolean()).map(
    ([place, started]): Change =>
      (workspace, tasks) =>
        changed((started ? startTasks : stopTasks)(workspace, choose(live(tasks).filter(isOpen), place))),
  ),
  fc.tuple(anyPlace, fc.constantFrom(...NOTES), fc.boolean()).map(
    ([place, note, isAdded]): Change =>
      (workspace, tasks) =>
        changed(
          isAdded
            ? addNote(workspace, choose(live(tasks), place), note)
            : removeNote(workspace, choose(live(tasks), place), note.id),
        ),
  ),
  anyPlace.map(
    (place): Change =>
      (workspace, tasks) =>
        changed(deleteTasks(workspace, choose(live(tasks), place))),
  ),
  anyPlace.map(
    (place): Change =>
      (workspace, tasks) =>
        changed(restoreTasks(workspace, choose(tasks, place))),
  ),
);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("change" as const), change: anyChange }),
  fc.constant({ kind: "undo" as const }),
  fc.constant({ kind: "redo" as const }),
);

/** What a user sees of all tasks that are not deleted. */
function describeAll(tasks: readonly Task[]): string {
  return JSON.stringify(
    live(tasks).map((task) => [
      [task.id, task.title, task.dueDate, task.priority, task.project, task.tags],
      [task.completedAt, task.cancelled, task.startedAt, task.time, task.notes],
      [task.parent, task.rank, task.dependsOn],
    ]),
  );
}

test("changes, undos and redos in any order do what two stacks of states would", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => {
      let now = OPENING;
      const system = { ...SYSTEM, newId, now: () => (now += 600) };
      const workspace: Workspace = { store, user: crypto.randomUUID(), system };
      const readTasks = async () => (await store.find(workspace.user, { where: [] })).tasks;
      const undos: string[] = [];
      const redos: string[] = [];
      for (const step of steps) {
        const before = await readTasks();
        const state = describeAll(before);
        if (step.kind === "change") {
          if ((await step.change(workspace, before)).length === 0) continue;
          undos.push(state);
          redos.length = 0;
          continue;
        }
        const [from, to] = step.kind === "undo" ? [undos, redos] : [redos, undos];
        const expected = from.pop();
        const did = await (step.kind === "undo" ? undoLastChange : redoLastUndo)(workspace);
        expect(did === null).toBe(expected === undefined);
        if (expected !== undefined) to.push(state);
        expect(describeAll(await readTasks())).toBe(expected ?? state);
      }
    }),
    { numRuns: 300, seed: 20_261_120 },
  );
});
