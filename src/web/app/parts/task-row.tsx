import { useEffect, useRef } from "preact/hooks";
import { findDueState } from "../../../domain/dates/due-groups.ts";
import { formatDueBriefly } from "../../../domain/dates/format-date.ts";
import type { Task } from "../../../domain/task/task.ts";
import { change } from "../data/act.ts";
import { clock } from "../data/clock.ts";
import { showTask } from "../data/route.ts";
import { chosen, focused, focusRequest } from "../data/selection.ts";

type TaskRowProps = {
  readonly task: Task;
  readonly place: number;
  readonly count: number;
  readonly style: { readonly top: string; readonly height: string };
};

/** A task in a list: a box to complete it, its title, and its facts in columns. */
export function TaskRow({ task, place, count, style }: TaskRowProps) {
  const open = useRef<HTMLButtonElement>(null);
  const isFocused = focused.value === task.id;
  const request = focusRequest.value;
  useEffect(() => {
    if (isFocused && request > 0) open.current?.focus();
  }, [isFocused, request]);
  const isDone = task.completedAt !== null;
  const classes = ["row", isDone && "done", chosen.value.has(task.id) && "chosen", isFocused && "focused"];
  return (
    <div
      class={classes.filter(Boolean).join(" ")}
      role="listitem"
      style={style}
      aria-posinset={place}
      aria-setsize={count}
    >
      <input
        type="checkbox"
        class={`check ${task.priority ?? ""}`}
        checked={isDone}
        aria-label={`${isDone ? "Reopen" : "Complete"}: ${task.title}`}
        onChange={() => void change("act", { ids: [task.id], action: isDone ? "reopen" : "complete" })}
      />
      <button
        ref={open}
        type="button"
        class="open"
        tabIndex={isFocused || (focused.value === null && place === 1) ? 0 : -1}
        onFocus={() => (focused.value = task.id)}
        onClick={() => showTask(task.id)}
      >
        <span class="title" dir="auto">
          {task.title}
        </span>
        <TaskFacts task={task} />
      </button>
    </div>
  );
}

function TaskFacts({ task }: { readonly task: Task }) {
  const { dueDate, project, tags, recurrence, notes, priority } = task;
  const state = dueDate === null ? "" : findDueState(dueDate, clock);
  return (
    <span class="facts">
      {priority && <span class={`fact priority ${priority}`}>{priority}</span>}
      {tags.map((tag) => (
        <span key={tag} class="fact tag">
          +{tag}
        </span>
      ))}
      {notes.length > 0 && <span class="fact notes">{notes.length === 1 ? "1 note" : `${notes.length} notes`}</span>}
      <span class="fact project">{project}</span>
      <span class={`fact due ${state}`}>
        {recurrence !== null && <span aria-label="repeats">↻ </span>}
        {dueDate === null ? "" : formatDueBriefly(dueDate, clock)}
      </span>
    </span>
  );
}
