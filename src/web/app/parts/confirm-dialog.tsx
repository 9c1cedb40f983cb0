import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { attempt } from "../data/act.ts";
import { saveDatabase } from "../data/save-file.ts";
import { Dialog } from "./dialog.tsx";

type ConfirmDialogProps = {
  readonly title: string;
  /** What can't be taken back, on its button. */
  readonly action: string;
  readonly run: () => Promise<void>;
  /** Whether there is something here that is worth to be saved before. */
  readonly canSave: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
};

/** Says what is lost before anything is removed, and offers to save it. */
export function ConfirmDialog({ title, action, run, canSave, onClose, children }: ConfirmDialogProps) {
  const isBusy = useSignal(false);
  const go = async () => {
    isBusy.value = true;
    await attempt(run);
    isBusy.value = false;
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <p class="buttons">
        <button type="button" class="danger" disabled={isBusy.value} onClick={() => void go()}>
          {action}
        </button>
        {canSave && (
          <button type="button" onClick={() => void saveDatabase()}>
            Save them as a file first
          </button>
        )}
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </p>
    </Dialog>
  );
}
