import { render } from "preact";
import { startArrivals } from "./data/arrival.ts";
import { startClock } from "./data/clock.ts";
import { startDrafts } from "./data/drafts.ts";
import { startKeys } from "./data/keys.ts";
import { startLayout } from "./data/layout.ts";
import { startPreferences } from "./data/preferences.ts";
import { startRoutes } from "./data/route.ts";
import { startTreeKeys } from "./data/tree-moves.ts";
import { keepFocus } from "./data/selection.ts";
import { startViews } from "./data/views.ts";
import { startSearch } from "./data/search.ts";
import { startUpdates } from "./data/update.ts";
import { scriptUrl } from "./scripts.ts";
import { App } from "./screens/app.tsx";
import { findObstacle, UnusableScreen } from "./screens/unusable.tsx";
import { watchAccounts } from "./session/leave.ts";
import { startSession } from "./session/session.ts";
import { startWaking } from "./session/wake.ts";

async function start(root: Element): Promise<void> {
  const reason = findObstacle();
  if (reason !== null) return render(<UnusableScreen reason={reason} />, root);
  startPreferences();
  // Safari has no Temporal yet.
  if (!("Temporal" in globalThis)) await import(String(scriptUrl("app/temporal.js")));
  startRoutes();
  startLayout();
  startDrafts();
  startClock();
  startSearch();
  startViews();
  keepFocus();
  startKeys();
  startArrivals();
  watchAccounts();
  startTreeKeys();
  startWaking();
  render(<App />, root);
  void startUpdates();
  await startSession();
}

const root = document.querySelector("#app");
if (root) void start(root);
