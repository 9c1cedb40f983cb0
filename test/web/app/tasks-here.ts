import type { Task } from "../../../src/domain/task/task.ts";
import { emptyPool, pool, takeTasks } from "../../../src/web/app/data/pool.ts";
import { type Route, route } from "../../../src/web/app/data/route.ts";
import { chooseNone, focusedRow } from "../../../src/web/app/data/selection.ts";
import { agendaDays } from "../../../src/web/app/data/views.ts";
import { TASK } from "../../support/tasks/task.ts";

/** Shows a place of the page with these tasks and no others. */
export function showPlace(place: Route, tasks: readonly Task[] = []): void {
  emptyPool();
  takeTasks(tasks, true);
  agendaDays.value = [];
  route.value = place;
  focusedRow.value = null;
  chooseNone();
}

/** A task whose id and title are the same. */
export function taskOf(title: string, more: Partial<Task> = {}): Task {
  return { ...TASK, id: title, title, ...more };
}

/** The task of the page with an id. Throws if there is none. */
export function taskHere(id: string): Task {
  const task = pool.get(id);
  if (!task) throw new Error(`there is no ${id}`);
  return task;
}
