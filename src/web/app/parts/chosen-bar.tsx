import { act, closeTargets, editTargets } from "../data/keys.ts";
import { chooseNone, chosenHere } from "../data/selection.ts";

/** What can be done with the chosen tasks together. */
export function ChosenBar() {
  const count = chosenHere.value.length;
  if (count === 0) return null;
  return (
    <div class="chosen-bar" role="toolbar" aria-label="Chosen tasks">
      <span aria-live="polite">{count} chosen</span>
      <button type="button" onClick={closeTargets}>
        Complete
      </button>
      <button type="button" onClick={() => editTargets("")}>
        Edit…
      </button>
      <button type="button" class="danger" onClick={() => act("delete")}>
        Delete
      </button>
      <button type="button" class="link" onClick={chooseNone}>
        None
      </button>
    </div>
  );
}
