import { account, hasToken, renewToken, useReplica } from "./session.ts";
import { ALONE } from "./accounts.ts";
import { finishSignOuts } from "./sign-out.ts";

/** Syncs when the network is back, and when somebody comes back to the page. */
export function startWaking(): void {
  window.addEventListener("online", () => void wake());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void wake();
  });
}

/** Syncs now, with a new token if there is none. */
export async function wake(): Promise<void> {
  await finishSignOuts();
  if (account.value === null || account.value.account === ALONE.account) return;
  // With a new token the worker syncs by itself.
  if (hasToken()) await useReplica().ask("sync", null);
  else await renewToken();
}
