import { signal } from "@preact/signals";

/** Whether there is room for the sidebar and rows of one line. */
export const layout = signal<"wide" | "narrow">("wide");

/** Follows the width of the window. */
export function startLayout(): void {
  const wide = window.matchMedia("(min-width: 45rem)");
  const look = () => (layout.value = wide.matches ? "wide" : "narrow");
  wide.addEventListener("change", look);
  look();
}
