import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Task } from "../../../../domain/task/task.ts";
import { formatDue, formatTime } from "../../../../domain/dates/format-date.ts";
import { localDayOf } from "../../../../domain/dates/due-groups.ts";
import { change } from "../../data/act.ts";
import { clock } from "../../data/clock.ts";
import { DayPicker } from "../day-picker.tsx";

type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  /** Of several lines, or of one that may be broken to be seen as a whole. */
  readonly kind?: "line" | "broken line" | "lines";
  readonly save: (text: string) => Promise<boolean>;
};

/** A text that is saved when the field is left. What somebody else writes meanwhile is shown unless one is typing. */
export function TextField({ label, value, kind = "line", save }: TextFieldProps) {
  const typed = useSignal<string | null>(null);
  const saving = useRef<string | null>(null);
  const keep = async () => {
    const { value: text } = typed;
    // Enter saves, and leaving the field does: `due:+1d` must not count twice.
    if (text === null || text === saving.current) return;
    saving.current = text;
    const isKept = text === value || (await save(text));
    saving.current = null;
    // Somebody may have typed on meanwhile.
    if (isKept && typed.value === text) typed.value = null;
  };
  const common = {
    value: typed.value ?? value,
    dir: "auto",
    onBlur: () => void keep(),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" || kind === "lines" || event.isComposing) return;
      event.preventDefault();
      void keep();
    },
  } as const;
  return (
    <label class="field">
      <span>{label}</span>
      {kind === "line" ? (
        <input {...common} onInput={({ currentTarget }) => (typed.value = currentTarget.value)} />
      ) : (
        <textarea
          rows={kind === "lines" ? 4 : 1}
          {...common}
          onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
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
export function WordField({ task, label, name, shown }: WordFieldProps) {
  return <TextField label={label} value={shown ?? ""} save={(text) => setWord(task, name, text)} />;
}

type DateFieldProps = Omit<WordFieldProps, "shown"> & { readonly date: string | null };

/** The same for a date, which can also be picked from a calendar. Another day leaves the time as it was. */
export function DateField({ task, label, name, date }: DateFieldProps) {
  const time = date === null ? "" : formatTime(date, clock);
  return (
    <div class="with-picker">
      <WordField task={task} label={label} name={name} shown={date && formatDue(date, clock)} />
      <DayPicker
        label={`${label}: pick a day`}
        day={date === null ? undefined : localDayOf(date, clock.timeZone())}
        pick={(day) => void setWord(task, name, `${day} ${time}`.trim())}
      >
        ▾
      </DayPicker>
    </div>
  );
}

function setWord({ id }: Task, name: string, text: string): Promise<boolean> {
  return change("edit", { ids: [id], words: `${name}:"${text.replaceAll('"', "")}"` });
}
