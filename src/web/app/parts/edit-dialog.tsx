import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { change } from "../data/act.ts";
import { closeDialog } from "../data/dialogs.ts";
import { chooseNone, targets } from "../data/selection.ts";
import { Dialog } from "./dialog.tsx";
import { SaveButtons } from "./save-buttons.tsx";
import { useSuggestions } from "./suggestions.tsx";

/** Changes the chosen tasks by the words of `todo edit`. */
export function EditDialog({ words }: { readonly words: string }) {
  const field = useRef<HTMLInputElement>(null);
  const text = useSignal(words);
  const { value: ids } = targets;
  const suggestions = useSuggestions({ id: "edit", text: text.value, setText: (next) => (text.value = next) });
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(words.length, words.length);
  }, []);
  const isSaving = useRef(false);
  const save = async () => {
    // Words such as `due:+1d` must not count twice.
    if (isSaving.current) return;
    isSaving.current = true;
    const isSaved = await change("edit", { ids, words: text.value });
    isSaving.current = false;
    if (!isSaved) return;
    chooseNone();
    closeDialog();
  };
  return (
    <Dialog title="Edit" isBare isLight onClose={closeDialog}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <label class="field completed">
          <span>{ids.length === 1 ? "Change the task" : `Change ${ids.length} tasks`}</span>
          <input
            ref={field}
            value={text.value}
            placeholder="due:friday +home project:House"
            onInput={({ currentTarget }) => (text.value = currentTarget.value)}
            {...suggestions.field}
            onKeyDown={(event) => {
              if (suggestions.takesKey(event)) event.preventDefault();
            }}
          />
          {suggestions.list}
        </label>
        <SaveButtons onCancel={closeDialog} />
      </form>
    </Dialog>
  );
}
