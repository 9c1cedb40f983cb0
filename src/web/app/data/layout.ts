import { signal } from "@preact/signals";

/** Whether there is room for the sidebar and rows of one line. */
export const layout = signal<"wide" | "narrow">("wide");

/** What stands beside a title on a phone, and a letter of it, in pixels. */
const BESIDE_TITLE = 110;
const LETTER = 7.5;

/** How many letters of a title a row has room for in one line. A longer one is cut, or gets a second line where rows are narrow. */
const lineLetters = signal(Number.POSITIVE_INFINITY);

/** Whether a title gets a second line. */
export function isBroken(title: string): boolean {
  return title.length > lineLetters.value;
}

/** Follows the width of the window. */
export function startLayout(): void {
  const wide = window.matchMedia("(min-width: 45rem)");
  const look = () => {
    layout.value = wide.matches ? "wide" : "narrow";
    lineLetters.value = wide.matches ? Number.POSITIVE_INFINITY : (window.innerWidth - BESIDE_TITLE) / LETTER;
  };
  window.addEventListener("resize", look);
  look();
}
