import { undo } from "../data/act.ts";
import { hideToast, toast } from "../data/toast.ts";

/** Says what was just done, and offers to undo it. */
export function Toast() {
  const { value: shown } = toast;
  return (
    <div class="toast-place" role="status" aria-live="polite">
      {shown && (
        <div class={shown.isFailure ? "toast failure" : "toast"}>
          <span>{shown.words}</span>
          {shown.canUndo && (
            <button type="button" onClick={() => void undo()}>
              Undo
            </button>
          )}
          <button type="button" class="icon" aria-label="Dismiss" onClick={hideToast}>
            ×
          </button>
        </div>
      )}
    </div>
  );
}
