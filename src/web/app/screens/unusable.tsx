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

/** Says why the page can't work here. Nothing was stored. */
export function UnusableScreen({ reason }: { readonly reason: string }) {
  return (
    <main class="door">
      <h1>todo</h1>
      <p class="notice">{reason}</p>
    </main>
  );
}
