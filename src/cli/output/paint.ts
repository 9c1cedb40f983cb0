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

/** Colours are for terminals that support them and users who did not refuse them (https://no-color.org). */
export function wantsColour(sink: Sink, env: Readonly<Record<string, string | undefined>>, flag: boolean): boolean {
  if (!flag || env["NO_COLOR"] || env["TERM"] === "dumb") return false;
  return sink.isTerminal();
}
