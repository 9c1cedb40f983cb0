import type { ErrorCode, TodoError } from "../../../domain/errors.ts";
import { capitalize } from "../../../domain/task/text.ts";
import { applyUpdate, hasUpdate } from "../data/update.ts";

/** Why the page can't work in this browser, or null. */
export function findObstacle(): string | null {
  if (!window.isSecureContext)
    return "Open this page by https or on localhost: over plain http a browser keeps nothing safely.";
  if (!("locks" in navigator) || !("indexedDB" in window))
    return "This browser is too old for this page: it can't keep tasks.";
  if (!("WebAssembly" in window))
    return "This browser does not run WebAssembly, which the page needs. Lockdown Mode turns it off.";
  return null;
}

const ADVICE: Partial<Record<ErrorCode, string>> = {
  full_disk: "Free some space on this device, then try again. Nothing of what was kept is lost.",
  newer_store: "A newer version of this page has changed the database. Reload the page to get that version.",
  unavailable:
    "Another tab may hold the database, or the browser does not let this page keep anything. Close other tabs of this page and try again.",
  unreadable_store: "What the browser has kept can't be read. What was synced is still on the server.",
};

/** Says why the database can't be opened, and what helps. */
export function ClosedScreen({ failure }: { readonly failure: TodoError }) {
  return (
    <main class="door">
      <h1>Your tasks can't be opened</h1>
      <p class="notice">{capitalize(failure.message)}.</p>
      <p>{ADVICE[failure.code] ?? "Try again. If that does not help, close the browser and open it again."}</p>
      <p>
        <button type="button" class="primary" onClick={hasUpdate() ? applyUpdate : () => location.reload()}>
          {hasUpdate() ? "Reload in the new version" : "Try again"}
        </button>
      </p>
    </main>
  );
}

/** Says why the page can't work here. Nothing was stored. */
export function UnusableScreen({ reason }: { readonly reason: string }) {
  return (
    <main class="door">
      <h1>todo</h1>
      <p class="notice">{reason}</p>
    </main>
  );
}
