import { draft, startAdding } from "./drafts.ts";
import { goTo } from "./route.ts";
import { joinShared } from "./shared-text.ts";

/** Takes what was shared with the page, or an address that asks for a new task, and puts the cursor there. */
export function startArrivals(): void {
  if (location.pathname.endsWith("/share")) {
    draft.value = joinShared(new URLSearchParams(location.search));
    // It must not be shared again when the page is loaded anew.
    history.replaceState(null, "", new URL("./#/all", location.href));
    startAdding();
  }
  window.addEventListener("hashchange", readAddress);
  readAddress();
}

function readAddress(): void {
  if (location.hash !== "#/add") return;
  goTo({ kind: "list", list: "all" });
  startAdding();
}
