import { useRef } from "preact/hooks";
import type { Task } from "../../../../domain/task/task.ts";
import { change } from "../../data/act.ts";

/** The notes to a task, and a field for one more. */
export function Notes({ task }: { readonly task: Task }) {
  const field = useRef<HTMLInputElement>(null);
  const add = async () => {
    const { current } = field;
    if (!current || current.value.trim() === "") return;
    if (await change("note", { id: task.id, text: current.value })) current.value = "";
  };
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
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <input ref={field} aria-label="Add a note" placeholder="Add a note" dir="auto" />
      </form>
    </section>
  );
}
