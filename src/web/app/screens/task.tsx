import { countTrackedMinutes } from "../../../domain/task/time.ts";
import { formatDuration } from "../../../domain/dates/duration.ts";
import { formatReminder } from "../../../domain/dates/reminder-words.ts";
import { formatMoment } from "../../../domain/dates/format-date.ts";
import type { Task } from "../../../domain/task/task.ts";
import { change } from "../data/act.ts";
import { clock } from "../data/clock.ts";
import { pool, poolRevision } from "../data/pool.ts";
import { hrefOf, openTask, showTask } from "../data/route.ts";
import { focusRequest } from "../data/selection.ts";
import { DateField, TextField, WordField } from "../parts/task/fields.tsx";
import { Links } from "../parts/task/links.tsx";
import { Notes } from "../parts/task/notes.tsx";
import { Priorities } from "../parts/task/priorities.tsx";
import { Repetition } from "../parts/task/repetition.tsx";

/** The task that is open: all that it has, to be read and changed. */
export function TaskPanel() {
  void poolRevision.value;
  const task = openTask.value === null ? undefined : pool.get(openTask.value);
  if (!task) return null;
  const close = () => {
    showTask(null);
    focusRequest.value += 1;
  };
  return (
    <aside
      class="panel"
      aria-label={`Task: ${task.title}`}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <header>
        <code title="Its handle on the command line">{task.handle.slice(0, 4)}</code>
        <button type="button" class="icon" aria-label="Close" onClick={close}>
          ×
        </button>
      </header>
      <TaskForm key={task.id} task={task} />
    </aside>
  );
}

function TaskForm({ task }: { readonly task: Task }) {
  const { id } = task;
  const isClosed = task.completedAt !== null;
  return (
    <>
      <TextField
        label="Title"
        kind="broken line"
        value={task.title}
        save={(title) => change("patch", { ids: [id], patch: { title } })}
      />
      <div class="pairs">
        <DateField task={task} label="Due" name="due" date={task.dueDate} />
        <DateField task={task} label="Planned for" name="scheduled" date={task.scheduledDate} />
        <DateField task={task} label="Hidden until" name="wait" date={task.waitUntil} />
        <WordField task={task} label="Project" name="project" shown={task.project} />
        <WordField
          task={task}
          label="Takes"
          name="estimate"
          shown={task.estimateMinutes === null ? null : formatDuration(task.estimateMinutes)}
        />
        <Repetition task={task} />
      </div>
      <Priorities task={task} />
      <TextField
        label="Tags"
        value={task.tags.join(" ")}
        save={(text) =>
          change("patch", {
            ids: [id],
            patch: {
              tags: text
                .split(/[\s,]+/u)
                .map((tag) => tag.replace(/^\+/, ""))
                .filter((tag) => tag !== ""),
            },
          })
        }
      />
      <TextField
        label="Description"
        value={task.description ?? ""}
        kind="lines"
        save={(text) => change("patch", { ids: [id], patch: { description: text === "" ? null : text } })}
      />
      <Links task={task} />
      <Notes task={task} />
      <footer>
        <button
          type="button"
          class="primary"
          onClick={() => void change("act", { ids: [id], action: isClosed ? "reopen" : "complete" })}
        >
          {isClosed ? "Reopen" : "Complete"}
        </button>
        {task.recurrence !== null && !isClosed && (
          <>
            <button type="button" onClick={() => void change("act", { ids: [id], action: "skip" })}>
              Skip this time
            </button>
            <button type="button" onClick={() => void change("edit", { ids: [id], words: "due:tomorrow" })}>
              Put off to tomorrow
            </button>
          </>
        )}
        {!isClosed && (
          <button
            type="button"
            onClick={() => void change("act", { ids: [id], action: task.startedAt === null ? "start" : "stop" })}
          >
            {task.startedAt === null ? "Start" : "Stop"}
          </button>
        )}
        {task.deletedAt === null ? (
          <button type="button" class="danger" onClick={() => void change("act", { ids: [id], action: "delete" })}>
            Delete
          </button>
        ) : (
          <button type="button" onClick={() => void change("act", { ids: [id], action: "restore" })}>
            Restore
          </button>
        )}
      </footer>
      <Facts task={task} />
      <p class="quiet">
        Made {formatMoment(task.createdAt, clock)}, changed {formatMoment(task.updatedAt, clock)}.{" "}
        <a href={hrefOf({ kind: "screen", screen: "log", id })}>History</a>
      </p>
    </>
  );
}

/** What is known of a task and not changed here. */
function Facts({ task }: { readonly task: Task }) {
  const minutes = countTrackedMinutes(task);
  const facts = [
    task.startedAt !== null && `Worked on since ${formatMoment(task.startedAt, clock)}.`,
    minutes > 0 && `${formatDuration(minutes)} of work so far.`,
    task.reminders.length > 0 &&
      `Reminders: ${task.reminders.map((each) => formatReminder(each) ?? formatMoment(each, clock)).join(", ")}.`,
  ].filter((fact) => fact !== false);
  return facts.length === 0 ? null : <p class="quiet">{facts.join(" ")}</p>;
}
