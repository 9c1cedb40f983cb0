/// <reference lib="webworker" />
// Keeps the files of the page, so that it opens without a network. It never keeps an answer of the API.
declare const self: ServiceWorkerGlobalScope;
/** The paths of the files below the scope, and a name that changes with any of them. The build puts them in. */
declare const PRECACHED: readonly string[];
declare const VERSION: string;

const PREFIX = "todo-";
const CACHE = PREFIX + VERSION;
const scope = new URL(self.registration.scope);
/** Safari has no Temporal yet, so it needs one more file to start. */
const needed = "Temporal" in self ? PRECACHED : [...PRECACHED, "app/temporal.js"];
const kept = new Set(needed.map((path) => new URL(path, scope).pathname));

self.addEventListener("install", (event) => event.waitUntil(keepFiles()));
self.addEventListener("activate", (event) => event.waitUntil(dropOldFiles()));

// A new version waits until the person agrees: a page must not change under their hands.
self.addEventListener("message", ({ data }) => {
  if (data === "take over") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const path = findFile(event.request);
  if (path !== undefined) event.respondWith(answer(path, event.request));
});

async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  // Not from the browser's own cache, which may have files of two versions.
  await cache.addAll([...kept].map((path) => new Request(path, { cache: "reload" })));
}

async function dropOldFiles(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  );
}

/** The file that answers a request, if it is one of the page's. What is shared opens the page itself. */
function findFile({ method, url }: Request): string | undefined {
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== scope.origin) return undefined;
  if (pathname === `${scope.pathname}share`) return scope.pathname;
  return kept.has(pathname) ? pathname : undefined;
}

async function answer(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
