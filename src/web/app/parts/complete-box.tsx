import type { Task } from "../../../domain/task/task.ts";
import { change } from "../data/act.ts";

/** The box that completes a task, or reopens it. */
export function CompleteBox({ task, isHidden = false }: { readonly task: Task; readonly isHidden?: boolean }) {
  const { id, title, completedAt, priority } = task;
  const isDone = completedAt !== null;
  return (
    <input
      type="checkbox"
      hidden={isHidden}
      class={`check ${priority ?? ""}`}
      checked={isDone}
      aria-label={`${isDone ? "Reopen" : "Complete"}: ${title}`}
      onChange={() => void change("act", { ids: [id], action: isDone ? "reopen" : "complete" })}
    />
  );
}
