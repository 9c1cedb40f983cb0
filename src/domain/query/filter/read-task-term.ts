import type { Condition } from "../query.ts";
import type { Term } from "./expression.ts";
import type { Found } from "./found.ts";

/** The keys whose value names a task. */
export type TaskKey = "parent" | "under" | "depends" | "blocks" | "series" | "id";

/** How a task is related to the one that a term names. */
export function readTaskTerm(key: TaskKey, { value }: Term, { tasks }: Found): Condition {
  const task = tasks.get(value);
  if (!task) throw new Error("a task that the filter names was not looked up");
  switch (key) {
    case "parent":
      return { kind: "child_of", parents: [task.id] };
    case "under":
      return { kind: "among", ids: task.below };
    case "depends":
      return { kind: "waits_for", id: task.id };
    case "blocks":
      return { kind: "among", ids: task.dependsOn };
    case "series":
      return { kind: "record_of", series: [task.id] };
    case "id":
      return { kind: "among", ids: [task.id] };
  }
}
