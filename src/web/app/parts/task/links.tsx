import { useRef } from "preact/hooks";
import { compareByRank } from "../../../../domain/tree/order.ts";
import type { Task } from "../../../../domain/task/task.ts";
import { change } from "../../data/act.ts";
import { keptTasks, pool } from "../../data/pool.ts";
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
          <input
            type="checkbox"
            class="check"
            checked={each.completedAt !== null}
            aria-label={`${each.completedAt === null ? "Complete" : "Reopen"}: ${each.title}`}
            onChange={() =>
              void change("act", { ids: [each.id], action: each.completedAt === null ? "complete" : "reopen" })
            }
          />
          <TaskLink task={each} />
        </p>
      ))}
      <NewSubtask task={task} />
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

function NewSubtask({ task }: { readonly task: Task }) {
  const field = useRef<HTMLInputElement>(null);
  const add = async () => {
    const { current } = field;
    if (!current || current.value.trim() === "") return;
    if (await change("add", { text: `${current.value} parent:${task.id}` })) current.value = "";
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <input ref={field} aria-label="Add a subtask" placeholder="Add a subtask" dir="auto" />
    </form>
  );
}
