import { signal } from "@preact/signals";

const wide = window.matchMedia("(min-width: 45rem)");

/** Whether there is room for the sidebar and rows of one line. */
export const layout = signal<"wide" | "narrow">(wide.matches ? "wide" : "narrow");

wide.addEventListener("change", ({ matches }) => (layout.value = matches ? "wide" : "narrow"));
