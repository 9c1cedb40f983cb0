import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { keptTasks } from "../../data/pool.ts";
import { saveDatabase } from "../../data/save-file.ts";
import { showDone } from "../../data/toast.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { useReplica } from "../../session/session.ts";

/** The tasks as a file, to keep elsewhere or to come from elsewhere. */
export function DatabaseSettings({ isAlone }: { readonly isAlone: boolean }) {
  const picker = useRef<HTMLInputElement>(null);
  const chosen = useSignal<File | null>(null);
  return (
    <section aria-labelledby="database-title">
      <h2 id="database-title">Database</h2>
      <p>The tasks are a todo.db in this browser, which the command line opens, too.</p>
      <p class="buttons">
        <button type="button" onClick={() => void saveDatabase()}>
          Save my database
        </button>
        {isAlone && (
          <button type="button" onClick={() => picker.current?.click()}>
            Open a file
          </button>
        )}
      </p>
      {!isAlone && <p class="quiet">A file is opened without an account: what an account has comes from its server.</p>}
      <input
        ref={picker}
        type="file"
        hidden
        accept=".db,.sqlite,application/vnd.sqlite3"
        onChange={({ currentTarget }) => {
          chosen.value = currentTarget.files?.[0] ?? null;
          currentTarget.value = "";
        }}
      />
      {chosen.value && <OpenDialog file={chosen.value} onClose={() => (chosen.value = null)} />}
    </section>
  );
}

function OpenDialog({ file, onClose }: { readonly file: File; readonly onClose: () => void }) {
  const count = keptTasks.value.length;
  const open = async () => {
    try {
      await useReplica().ask("replaceFile", { bytes: new Uint8Array(await file.arrayBuffer()) });
      showDone({ words: `Opened ${file.name}`, ids: [] }, { canUndo: false });
    } finally {
      onClose();
    }
  };
  return (
    <ConfirmDialog title={`Open ${file.name}?`} action="Replace all" run={open} canSave={count > 0} onClose={onClose}>
      <p>
        It takes the place of {count === 1 ? "the 1 task" : `all ${count.toLocaleString("en")} tasks`} in this browser,
        with their log. That can't be undone.
      </p>
    </ConfirmDialog>
  );
}
