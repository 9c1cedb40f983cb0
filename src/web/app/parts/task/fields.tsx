import { useSignal } from "@preact/signals";
import type { Task } from "../../../../domain/task/task.ts";
import { change } from "../../data/act.ts";

type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly isLong?: boolean;
  readonly save: (text: string) => Promise<boolean>;
};

/** A text that is saved when the field is left. What somebody else writes meanwhile is shown unless one is typing. */
export function TextField({ label, value, isLong = false, save }: TextFieldProps) {
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
export function WordField({ task, label, name, shown }: WordFieldProps) {
  const save = (text: string) => change("edit", { ids: [task.id], words: `${name}:"${text.replaceAll('"', "")}"` });
  return <TextField label={label} value={shown ?? ""} save={save} />;
}
