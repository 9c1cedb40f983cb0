import { signal } from "@preact/signals";
import { scriptUrl } from "../scripts.ts";

const HOUR_MS = 3_600_000;

/** The service worker of a newer version, which waits until the person agrees. */
const waiting = signal<ServiceWorker | null>(null);

/** Whether a newer version is ready. */
export function hasUpdate(): boolean {
  return waiting.value !== null;
}

/** Lets the page open without a network, and looks for newer versions of it: now, each hour, and when somebody comes back. */
export async function startUpdates(): Promise<void> {
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register(scriptUrl("sw.js"), { updateViaCache: "none" });
  const note = () => {
    // Without a controller it is the first version, which need not wait.
    waiting.value = serviceWorker.controller === null ? null : registration.waiting;
  };
  note();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", note));
  // It fails without a network.
  const look = () => void registration.update().catch(() => {});
  setInterval(look, HOUR_MS);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
}

/** Loads the page anew in its newer version. */
export function applyUpdate(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
  waiting.value?.postMessage("take over");
}
