import { effect, signal } from "@preact/signals";
import { keepText } from "./kept-text.ts";

/** How the page looks: as the system says, or one of these always. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const THEME_KEY = "todo.theme";
const KEYS_KEY = "todo.keys";

export const theme = signal<Theme>("system");
/** Whether a single letter is a command outside of fields (WCAG 2.1.4). */
export const hasSingleKeys = signal(true);

/** Brings back the preferences of this browser and keeps them, and gives the page its colours. */
export function startPreferences(): void {
  theme.value = THEMES.find((each) => each === localStorage.getItem(THEME_KEY)) ?? "system";
  hasSingleKeys.value = localStorage.getItem(KEYS_KEY) !== "off";
  effect(() => {
    const { value } = theme;
    keepText(THEME_KEY, value === "system" ? null : value);
    if (value === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = value;
  });
  effect(() => keepText(KEYS_KEY, hasSingleKeys.value ? null : "off"));
}
