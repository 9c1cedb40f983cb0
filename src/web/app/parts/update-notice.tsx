import { applyUpdate, hasUpdate } from "../data/update.ts";

/** Says that a newer version waits. It comes only when the person wants it. */
export function UpdateNotice() {
  return (
    <div class="update" role="status">
      {hasUpdate() && (
        <p>
          A new version is ready.{" "}
          <button type="button" onClick={applyUpdate}>
            Reload
          </button>
        </p>
      )}
    </div>
  );
}
