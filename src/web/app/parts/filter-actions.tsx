import { useRef } from "preact/hooks";
import { attempt } from "../data/act.ts";
import { filtersRevision } from "../data/revisions.ts";
import { goTo, route } from "../data/route.ts";
import { searched, searchText } from "../data/search.ts";
import { useReplica } from "../session/session.ts";

/** Saves what the search asks for under a name, or removes the saved filter that is shown. */
export function FilterActions() {
  const { value: here } = route;
  if (searched.value !== null) return <SaveFilter text={searchText.value.trim()} />;
  if (here.kind !== "filter") return null;
  const remove = async () => {
    await useReplica().ask("removeFilter", { name: here.name });
    filtersRevision.value += 1;
    goTo({ kind: "list", list: "all" });
  };
  return (
    <button type="button" class="link" onClick={() => void attempt(remove)}>
      Remove this filter
    </button>
  );
}

function SaveFilter({ text }: { readonly text: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const save = async () => {
    const name = field.current?.value.trim() ?? "";
    await useReplica().ask("saveFilter", { name, text });
    filtersRevision.value += 1;
    searchText.value = "";
    goTo({ kind: "filter", name });
  };
  return (
    <>
      <button type="button" class="link" onClick={() => dialog.current?.showModal()}>
        Save this filter
      </button>
      <dialog ref={dialog} aria-labelledby="save-filter">
        <form method="dialog" onSubmit={() => void attempt(save)}>
          <h2 id="save-filter">Save this filter</h2>
          <p class="quiet">{text}</p>
          <label class="field">
            <span>Name</span>
            <input ref={field} required autocomplete="off" />
          </label>
          <p class="buttons">
            <button type="submit" class="primary">
              Save
            </button>
            <button type="button" onClick={() => dialog.current?.close()}>
              Cancel
            </button>
          </p>
        </form>
      </dialog>
    </>
  );
}
