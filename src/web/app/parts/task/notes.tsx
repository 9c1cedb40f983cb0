import type { Task } from "../../../../domain/task/task.ts";
import { change } from "../../data/act.ts";
import { AddField } from "./add-field.tsx";

/** The notes to a task, and a field for one more. */
export function Notes({ task }: { readonly task: Task }) {
  return (
    <section class="notes" aria-label="Notes">
      <ul>
        {task.notes.map(({ id, text }) => (
          <li key={id}>
            <span dir="auto">{text}</span>
            <button
              type="button"
              class="icon"
              aria-label={`Remove the note: ${text}`}
              onClick={() => void change("removeNote", { id: task.id, note: id })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <AddField label="Add a note" add={(text) => change("note", { id: task.id, text })} />
    </section>
  );
}
