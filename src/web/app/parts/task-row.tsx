import { useLayoutEffect, useRef } from "preact/hooks";
import { findDueState } from "../../../domain/dates/due-groups.ts";
import { formatDueBriefly } from "../../../domain/dates/format-date.ts";
import type { Priority, Task } from "../../../domain/task/task.ts";
import { clock } from "../data/clock.ts";
import { isBroken } from "../data/layout.ts";
import { subtaskCounts } from "../data/pool.ts";
import { showTask } from "../data/route.ts";
import type { TaskLine } from "../data/rows.ts";
import { CompleteBox } from "./complete-box.tsx";
import { Fold } from "./fold.tsx";
import { dragProps } from "./drag-props.ts";
import { dropTarget } from "../data/tree-moves.ts";
import {
  answerFocusRequest,
  chooseUpTo,
  toggleChosen,
  chosen,
  focusedRow,
  focusRequest,
  tabStop,
} from "../data/selection.ts";

type TaskRowProps = {
  readonly line: TaskLine;
  readonly count: number;
  readonly style: { readonly top: string; readonly height: string };
};

/** A task in a list: a box to complete it, its title, and its facts in columns. */
export function TaskRow({ line, count, style }: TaskRowProps) {
  const { key: row, task, place, branch, comes } = line;
  const open = useRef<HTMLButtonElement>(null);
  const isComing = comes !== undefined;
  const isFocused = focusedRow.value === row;
  const request = focusRequest.value;
  useLayoutEffect(() => {
    if (isFocused && answerFocusRequest()) open.current?.focus();
  }, [isFocused, request]);
  const isDone = task.completedAt !== null;
  const target = dropTarget.value?.id === task.id ? dropTarget.value.side : undefined;
  const classes = [
    "row",
    isComing && "coming",
    target && `drop-${target}`,
    isDone && "done",
    isBroken(task.title) && "broken",
    !isComing && chosen.value.has(task.id) && "chosen",
    isFocused && "focused",
  ];
  return (
    <div
      class={classes.filter(Boolean).join(" ")}
      role="listitem"
      style={branch ? { ...style, "--depth": branch.depth - 1 } : style}
      aria-posinset={place}
      aria-setsize={count}
      {...(branch && dragProps(task.id))}
    >
      {branch && <Fold branch={branch} />}
      <PriorityMark priority={task.priority} />
      <CompleteBox task={task} isHidden={isComing} />
      <button
        ref={open}
        type="button"
        class="open"
        tabIndex={tabStop.value === row ? 0 : -1}
        onFocus={() => {
          if (!isComing) focusedRow.value = row;
        }}
        onClick={(event) => {
          if (isComing) showTask(task.id);
          else if (event.shiftKey) chooseUpTo(row);
          else if (event.ctrlKey || event.metaKey) toggleChosen(task.id);
          else showTask(task.id);
        }}
      >
        <span class="title" dir="auto">
          {task.title}
        </span>
        <TaskFacts task={task} due={comes ?? task.dueDate} />
      </button>
    </div>
  );
}

const MARKS = { high: "!!!", medium: "!!", low: "!" } as const;

/** How urgent a task is, in a column of its own. */
function PriorityMark({ priority }: { readonly priority: Priority | null }) {
  if (priority === null) return <span class="mark-of" />;
  return (
    <span class={`mark-of ${priority}`} role="img" aria-label={`${priority} priority`}>
      {MARKS[priority]}
    </span>
  );
}

function TaskFacts({ task, due }: { readonly task: Task; readonly due: string | null }) {
  const { project, tags, recurrence, notes } = task;
  const subtasks = subtaskCounts.value.get(task.id);
  const state = due === null ? "" : findDueState(due, clock);
  return (
    <span class="facts">
      {tags.map((tag) => (
        <span key={tag} class="fact tag">
          +{tag}
        </span>
      ))}
      {subtasks && (
        <span class="fact" aria-label={`${subtasks.done} of ${subtasks.all} subtasks are done`}>
          {subtasks.done}/{subtasks.all}
        </span>
      )}
      {notes.length > 0 && <span class="fact notes">{notes.length === 1 ? "1 note" : `${notes.length} notes`}</span>}
      <span class="fact project">{project}</span>
      <span class={`fact due ${state}`}>
        {recurrence !== null && <span aria-label="repeats">↻ </span>}
        {due === null ? "" : formatDueBriefly(due, clock)}
      </span>
    </span>
  );
}
