import { applyUpdate, hasUpdate } from "../data/update.ts";

/** Says that a newer version waits. It comes only when the person wants it. */
export function UpdateNotice() {
  return (
    <div class="banner" role="status">
      {hasUpdate() && (
        <p>
          <span>A new version is ready.</span>
          <button type="button" onClick={applyUpdate}>
            Reload
          </button>
        </p>
      )}
    </div>
  );
}
