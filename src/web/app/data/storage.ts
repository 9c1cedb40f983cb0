import { signal } from "@preact/signals";
import { keepText } from "./kept-text.ts";

/** How the browser keeps what is here. null: it was not asked yet. */
export type Storage = { readonly isPersistent: boolean; readonly usedBytes: number; readonly freeBytes: number };

const ASKED_KEY = "todo.storage-asked";

export const storage = signal<Storage | null>(null);

/** Looks how much there is and whether the browser may remove it. */
export async function readStorage(): Promise<void> {
  const [isPersistent, { usage = 0, quota = 0 }] = await Promise.all([
    navigator.storage.persisted(),
    navigator.storage.estimate(),
  ]);
  storage.value = { isPersistent, usedBytes: usage, freeBytes: Math.max(0, quota - usage) };
}

/** Asks the browser to keep what is here. Some ask the person then. */
export async function persistStorage(): Promise<void> {
  await navigator.storage.persist();
  await readStorage();
}

/** The same, once for each browser, as soon as there is something to keep. */
export async function persistOnce(): Promise<void> {
  if (localStorage.getItem(ASKED_KEY) !== null) return;
  keepText(ASKED_KEY, "yes");
  await persistStorage();
}
