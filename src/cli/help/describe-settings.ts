import { CONFIG_KEYS, SETTINGS } from "../config/keys.ts";
import type { Section } from "./sections.ts";

/** All settings, a line each. */
export function describeSettings(): Section {
  return {
    heading: "Settings, and the variables that go before them",
    rows: CONFIG_KEYS.map((key) => [key, `${SETTINGS[key].description} (${SETTINGS[key].variable})`]),
  };
}
