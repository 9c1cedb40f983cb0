import type { TodoError } from "../../../domain/errors.ts";
import { describeError } from "../data/describe-error.ts";
import { saveDatabase } from "../data/save-file.ts";
import { applyUpdate, hasUpdate } from "../data/update.ts";
import { Toast } from "../parts/toast.tsx";

/** Why the page can't work in this browser, or null. */
export function findObstacle(): string | null {
  if (!window.isSecureContext)
    return "Open this page by https or on localhost: over plain http a browser keeps nothing safely.";
  if (!("locks" in navigator) || !("indexedDB" in window))
    return "This browser is too old for this page: it can't keep tasks.";
  if (!("WebAssembly" in window))
    return "This browser does not run WebAssembly, which the page needs. Lockdown Mode turns it off.";
  if (!canReadTexts())
    return "This browser keeps nothing for this page. Allow it to keep data of sites, which some call cookies.";
  return null;
}

/** A browser that blocks the data of sites throws at the first look. */
function canReadTexts(): boolean {
  try {
    return localStorage.length >= 0;
  } catch {
    return false;
  }
}

/** Says why the database can't be opened, and what helps. */
export function ClosedScreen({ failure }: { readonly failure: TodoError }) {
  return (
    <main class="door">
      <h1>Your tasks can't be opened</h1>
      <p class="notice">{describeError(failure)}</p>
      <p class="buttons">
        <button type="button" class="primary" onClick={hasUpdate() ? applyUpdate : () => location.reload()}>
          {hasUpdate() ? "Reload in the new version" : "Try again"}
        </button>
        <button type="button" onClick={() => void saveDatabase()}>
          Save my database
        </button>
      </p>
      <Toast />
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
