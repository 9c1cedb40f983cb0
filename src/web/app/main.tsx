import { render } from "preact";
import { startClock } from "./data/clock.ts";
import { startKeys } from "./data/keys.ts";
import { startSearch } from "./data/search.ts";
import { scriptUrl } from "./scripts.ts";
import { App } from "./screens/app.tsx";
import { findObstacle, UnusableScreen } from "./screens/unusable.tsx";
import { startSession } from "./session/session.ts";

async function start(root: Element): Promise<void> {
  const reason = findObstacle();
  if (reason !== null) return render(<UnusableScreen reason={reason} />, root);
  // Safari has no Temporal yet.
  if (!("Temporal" in globalThis)) await import(scriptUrl("app/temporal.js").href);
  startClock();
  startSearch();
  startKeys();
  render(<App />, root);
  void navigator.serviceWorker.register(scriptUrl("sw.js"), { updateViaCache: "none" });
  await startSession();
}

const root = document.querySelector("#app");
if (root) void start(root);
