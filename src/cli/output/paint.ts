import type { Sink } from "../platform/io.ts";

/**
 * Backgrounds are black or white, and each terminal has its own sixteen colours. In all common ones bright red alone can
 * be read on both, so all else is told by weight.
 */
export const CODES = { bold: 1, dim: 2, strike: 9, brightRed: 91 } as const;

export type Style = keyof typeof CODES;

/** Styles a text, or leaves it plain if colours are not wanted. */
export type Paint = (style: Style, text: string) => string;

export function createPaint(coloured: boolean): Paint {
  return (style, text) => (coloured && text !== "" ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
}

/** When to use colours. `auto` is what the environment and the terminal say. */
export const COLOUR_CHOICES = ["always", "never", "auto"] as const;

export type ColourChoice = (typeof COLOUR_CHOICES)[number];

/**
 * Whether a text for this sink is coloured. The flag goes before the variables that are common, and a variable that
 * refuses before one that forces (https://no-color.org, https://force-color.org, https://bixense.com/clicolors).
 */
export function wantsColour(
  sink: Sink,
  env: Readonly<Record<string, string | undefined>>,
  choice: ColourChoice,
): boolean {
  if (choice !== "auto") return choice === "always";
  if (env["NO_COLOR"]) return false;
  if (isOn(env["FORCE_COLOR"]) || isOn(env["CLICOLOR_FORCE"])) return true;
  return env["CLICOLOR"] !== "0" && env["TERM"] !== "dumb" && sink.isTerminal();
}

/** Many programs take 0 and false for no. */
function isOn(value = ""): boolean {
  return !["", "0", "false"].includes(value);
}
