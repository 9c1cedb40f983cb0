import { draft, startAdding } from "./drafts.ts";
import { goTo } from "./route.ts";

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

/** What another app shares, on one line. Some put the address into the text. */
export function joinShared(params: URLSearchParams): string {
  const [title = "", text = "", url = ""] = ["title", "text", "url"].map((name) => params.get(name)?.trim());
  const parts = [title, text === title ? "" : text, text.includes(url) ? "" : url];
  return parts
    .filter((part) => part !== "")
    .join(" ")
    .replace(/\s+/gu, " ");
}

function readAddress(): void {
  if (location.hash !== "#/add") return;
  goTo({ kind: "list", list: "all" });
  startAdding();
}
