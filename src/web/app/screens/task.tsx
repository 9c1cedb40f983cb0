import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { describeDue, formatDue, formatMoment } from "../../../domain/dates/format-date.ts";
import type { Task } from "../../../domain/task/task.ts";
import { change } from "../data/act.ts";
import { clock } from "../data/clock.ts";
import { pool, poolRevision } from "../data/pool.ts";
import { hrefOf, openTask, showTask } from "../data/route.ts";
import { focusRequest } from "../data/selection.ts";
import { useReplica } from "../session/session.ts";

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
      <TextField label="Title" value={task.title} save={(title) => change("patch", { ids: [id], patch: { title } })} />
      <div class="pairs">
        <WordField task={task} label="Due" name="due" shown={task.dueDate && formatDue(task.dueDate, clock)} />
        <WordField
          task={task}
          label="Planned for"
          name="scheduled"
          shown={task.scheduledDate && formatDue(task.scheduledDate, clock)}
        />
        <WordField
          task={task}
          label="Hidden until"
          name="wait"
          shown={task.waitUntil && formatDue(task.waitUntil, clock)}
        />
        <WordField task={task} label="Project" name="project" shown={task.project} />
        <WordField
          task={task}
          label="Takes"
          name="estimate"
          shown={task.estimateMinutes === null ? null : `${task.estimateMinutes}min`}
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
        isLong
        save={(text) => change("patch", { ids: [id], patch: { description: text === "" ? null : text } })}
      />
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
          <button type="button" onClick={() => void change("act", { ids: [id], action: "skip" })}>
            Skip this time
          </button>
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
      <p class="quiet">
        Made {formatMoment(task.createdAt, clock)}, changed {formatMoment(task.updatedAt, clock)}.{" "}
        <a href={hrefOf({ kind: "screen", screen: "log", id })}>History</a>
      </p>
    </>
  );
}

type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly isLong?: boolean;
  readonly save: (text: string) => Promise<boolean>;
};

/** A text that is saved when the field is left. What somebody else writes meanwhile is shown unless one is typing. */
function TextField({ label, value, isLong = false, save }: TextFieldProps) {
  const typed = useSignal<string | null>(null);
  const keep = async () => {
    const { value: text } = typed;
    if (text === null) return;
    if (text === value || (await save(text))) typed.value = null;
  };
  const common = {
    value: typed.value ?? value,
    dir: "auto",
    onBlur: () => void keep(),
  } as const;
  return (
    <label class="field">
      <span>{label}</span>
      {isLong ? (
        <textarea rows={4} {...common} onInput={({ currentTarget }) => (typed.value = currentTarget.value)} />
      ) : (
        <input
          {...common}
          onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
          onKeyDown={({ key }) => {
            if (key === "Enter") void keep();
          }}
        />
      )}
    </label>
  );
}

type WordFieldProps = {
  readonly task: Task;
  readonly label: string;
  /** The key of the words of `todo edit`. */
  readonly name: string;
  readonly shown: string | null;
};

/** A field that is typed in words, as on the command line, and shown as they were understood. */
function WordField({ task, label, name, shown }: WordFieldProps) {
  const save = (text: string) => change("edit", { ids: [task.id], words: `${name}:"${text.replaceAll('"', "")}"` });
  return <TextField label={label} value={shown ?? ""} save={save} />;
}

const PRIORITIES = ["high", "medium", "low"] as const;

function Priorities({ task }: { readonly task: Task }) {
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

/** How a task repeats, and what comes next. */
function Repetition({ task }: { readonly task: Task }) {
  const coming = useSignal<readonly string[]>([]);
  const { id, recurrence, revision } = task;
  useEffect(() => {
    if (recurrence === null) return;
    void useReplica()
      .ask("coming", { id, count: 3 })
      .then((dates) => (coming.value = dates));
  }, [id, recurrence, revision]);
  return (
    <>
      <TextField
        label="Repeats"
        value={recurrence === null ? "" : "yes"}
        save={(text) => change("patch", { ids: [id], patch: { every: text.trim() === "" ? null : text } })}
      />
      {recurrence !== null && coming.value.length > 0 && (
        <p class="quiet">Then {coming.value.map((date) => describeDue(date, clock)).join(", ")}</p>
      )}
    </>
  );
}

function Notes({ task }: { readonly task: Task }) {
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
