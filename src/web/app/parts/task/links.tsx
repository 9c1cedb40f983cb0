import { compareByRank } from "../../../../domain/tree/order.ts";
import type { Task } from "../../../../domain/task/task.ts";
import { change } from "../../data/act.ts";
import { keptTasks, pool } from "../../data/pool.ts";
import { CompleteBox } from "../complete-box.tsx";
import { AddField } from "./add-field.tsx";
import { showTask } from "../../data/route.ts";

/** What a task is a part of, what it waits for, and its subtasks. */
export function Links({ task }: { readonly task: Task }) {
  const parent = task.parent === null ? undefined : pool.get(task.parent);
  const waits = task.dependsOn.flatMap((id) => pool.get(id) ?? []);
  const subtasks = keptTasks.value.filter((each) => each.parent === task.id).toSorted(compareByRank);
  return (
    <section class="links" aria-label="Subtasks and links">
      {parent && (
        <p>
          Part of <TaskLink task={parent} />
        </p>
      )}
      {waits.length > 0 && (
        <p>
          Waits for{" "}
          {waits.map((each) => (
            <TaskLink key={each.id} task={each} />
          ))}
        </p>
      )}
      {subtasks.map((each) => (
        <p key={each.id}>
          <CompleteBox task={each} />
          <TaskLink task={each} />
        </p>
      ))}
      <AddField label="Add a subtask" add={(text) => change("add", { text: `${text} parent:${task.id}` })} />
    </section>
  );
}

function TaskLink({ task }: { readonly task: Task }) {
  return (
    <button type="button" class={task.completedAt === null ? "link" : "link done"} onClick={() => showTask(task.id)}>
      {task.title}
    </button>
  );
}
