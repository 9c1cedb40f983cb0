import type { Task } from "../../../../src/domain/task/task.ts";
import type { Store } from "../../../../src/ports/store.ts";
import { addTasks, type NewTask } from "../../../../src/services/tasks/add-tasks.ts";
import type { Outcome } from "../../../../src/services/tasks/change-tasks.ts";
import { cancelTasks, completeTasks, reopenTasks } from "../../../../src/services/tasks/complete-tasks.ts";
import { deleteTasks, restoreTasks } from "../../../../src/services/tasks/delete-tasks.ts";
import { editTasks, type TaskEdit } from "../../../../src/services/tasks/edit-tasks.ts";
import { undoLastChange } from "../../../../src/services/tasks/history.ts";
import { closeOccurrences } from "../../../../src/services/tasks/series/close-occurrences.ts";
import type { Completion } from "../../../../src/services/tasks/series/complete-series.ts";
import type { Workspace } from "../../../../src/services/workspace.ts";
import { newId, only } from "../../../support/stores/test-user.ts";

const NOON_MS = 12 * 3_600_000;

/** A user in Berlin whose day can be set, with a task that repeats. */
export function createSeriesUser(store: Store) {
  const clock = { now: Date.parse("2026-11-16T09:00:00Z"), zone: "Europe/Berlin" };
  const local = () => Temporal.Instant.fromEpochMilliseconds(clock.now).toZonedDateTimeISO(clock.zone);
  const system = {
    newId,
    now: () => (clock.now += 1000),
    today: () => local().toPlainDate().toString(),
    timeZone: () => clock.zone,
  };
  const user = `user-${crypto.randomUUID()}`;
  const workspace: Workspace = { store, user, system };
  const all = async (): Promise<readonly Task[]> => (await store.find(user, { where: [] })).tasks;
  const get = async (title: string): Promise<Task> =>
    only((await all()).filter((task) => task.title === title && task.series === null));
  const find = (titles: readonly string[]) => () => Promise.all(titles.map(get));
  return {
    store,
    workspace,
    clock,
    all,
    get,
    find,
    /** Noon of a day. */
    setDay: (day: string) => {
      clock.now = Date.parse(`${day}T00:00:00Z`) + NOON_MS;
    },
    add: async (title: string, task: Partial<NewTask>): Promise<Task> =>
      only(await addTasks(workspace, [{ ...task, title }])),
    edit: (title: string, edit: TaskEdit) => editTasks(workspace, find([title]), edit),
    complete: (title: string, completion?: Parameters<typeof completeTasks>[3]) =>
      completeTasks(workspace, find([title]), undefined, completion),
    cancel: (title: string, completion?: Completion) => cancelTasks(workspace, find([title]), undefined, completion),
    skip: (title: string, occurrence?: string) =>
      closeOccurrences(workspace, find([title]), { action: "skip", occurrence }),
    detach: (title: string, occurrence?: string) =>
      closeOccurrences(workspace, find([title]), { action: "detach", occurrence }),
    reopen: (task: Task): Promise<Outcome> =>
      reopenTasks(workspace, async () => [only(await store.get(user, [task.id]))]),
    finish: (task: Task): Promise<Outcome> => completeTasks(workspace, async () => [task]),
    remove: (task: Task) => deleteTasks(workspace, async () => [task]),
    restore: (task: Task) => restoreTasks(workspace, async () => [task]),
    undo: () => undoLastChange(workspace),
    /** The records as `16 done`, `17 skipped`, in the order of their occurrences. */
    records: async (): Promise<readonly string[]> => {
      const records = (await all()).filter(({ series, deletedAt }) => series !== null && deletedAt === null);
      return records.map(describeRecord).toSorted();
    },
    record: async (occurrence: string): Promise<Task> =>
      only((await all()).filter((task) => task.series !== null && task.occurrence === occurrence)),
  };
}

function describeRecord({ occurrence, completedAt, skipped, cancelled }: Task): string {
  const state = completedAt === null ? "open" : cancelled ? "cancelled" : skipped ? "skipped" : "done";
  return `${occurrence} ${state}`;
}

export type SeriesUser = ReturnType<typeof createSeriesUser>;
