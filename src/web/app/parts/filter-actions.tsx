import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { attempt } from "../data/act.ts";
import { goTo, route } from "../data/route.ts";
import { searched, searchText } from "../data/search.ts";
import { useReplica } from "../session/session.ts";
import { Dialog } from "./dialog.tsx";
import { SaveButtons } from "./save-buttons.tsx";

/** Saves what the search asks for under a name, or removes the saved filter that is shown. */
export function FilterActions() {
  const isSaving = useSignal(false);
  const { value: here } = route;
  if (searched.value !== null) {
    return (
      <>
        <button type="button" class="link" onClick={() => (isSaving.value = true)}>
          Save this filter
        </button>
        {isSaving.value && <SaveDialog text={searchText.value.trim()} onClose={() => (isSaving.value = false)} />}
      </>
    );
  }
  if (here.kind !== "filter") return null;
  const remove = async () => {
    await useReplica().ask("removeFilter", { name: here.name });
    goTo({ kind: "list", list: "all" });
  };
  return (
    <button type="button" class="link" onClick={() => void attempt(remove)}>
      Remove this filter
    </button>
  );
}

function SaveDialog({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const save = async () => {
    const name = field.current?.value.trim() ?? "";
    await useReplica().ask("saveFilter", { name, text });
    onClose();
    searchText.value = "";
    goTo({ kind: "filter", name });
  };
  return (
    <Dialog title="Save this filter" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(save);
        }}
      >
        <p class="quiet">{text}</p>
        <label class="field">
          <span>Name</span>
          <input ref={field} required autocomplete="off" />
        </label>
        <SaveButtons onCancel={onClose} />
      </form>
    </Dialog>
  );
}
