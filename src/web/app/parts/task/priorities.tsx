import { PRIORITIES, type Task } from "../../../../domain/task/task.ts";
import { change } from "../../data/act.ts";

/** The choice between the priorities and none. */
export function Priorities({ task }: { readonly task: Task }) {
  return (
    <fieldset class="choices">
      <legend>Priority</legend>
      {[...PRIORITIES, null].map((priority) => (
        <label key={priority ?? "none"}>
          <input
            type="radio"
            name="priority"
            checked={task.priority === priority}
            onChange={() => void change("patch", { ids: [task.id], patch: { priority } })}
          />
          <span class={priority ?? "none"}>{priority ?? "none"}</span>
        </label>
      ))}
    </fieldset>
  );
}
