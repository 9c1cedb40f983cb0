import { openBrowserDatabase, readKeptFile } from "../../db/browser/database.ts";
import { createLocks } from "./locks.ts";
import { createNewId } from "./new-id.ts";
import type { Call } from "../protocol.ts";
import { createWorker } from "./worker.ts";

// The worker of a page: it has the database of one account.

const answer = createWorker({
  openDatabase: (name) => openBrowserDatabase(name, { indexedDB }),
  readKeptFile: (name) => readKeptFile(name, indexedDB),
  system: {
    now: Date.now,
    today: () => Temporal.Now.plainDateISO().toString(),
    timeZone: () => Temporal.Now.timeZoneId(),
    newId: createNewId(Date.now),
  },
  post: (message) => self.postMessage(message),
  // This file is app/worker.js below the base of the page.
  server: new URL("..", import.meta.url).href.replace(/\/$/, ""),
  fetch: (url, init) => fetch(url, init),
  withLock: createLocks(navigator.locks),
});

const isReady = provideTemporal();

self.addEventListener("message", ({ data }: MessageEvent<Call>) => {
  void isReady.then(() => answer(data)).then((message) => self.postMessage(message));
});

/** Safari has no Temporal yet. */
async function provideTemporal(): Promise<void> {
  if ("Temporal" in globalThis) return;
  await import(new URL("temporal.js", import.meta.url).href);
}
