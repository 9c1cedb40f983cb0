import type { Task } from "../../../domain/task/task.ts";
import type { TreeItem } from "../../../domain/tree/tree.ts";
import { fold, folded } from "../data/tree.ts";

/** Shows and hides the subtasks of a task, and says how many of them are done. */
export function Fold({ branch }: { readonly branch: TreeItem<Task> }) {
  const { task, subtasks } = branch;
  if (subtasks.length === 0) return <span class="fold" />;
  const isFolded = folded.value.has(task.id);
  return (
    <button
      type="button"
      class="icon fold"
      tabIndex={-1}
      aria-expanded={!isFolded}
      aria-label={`Subtasks of ${task.title}`}
      onClick={() => fold(task.id, !isFolded)}
    >
      {isFolded ? "▸" : "▾"}
    </button>
  );
}
