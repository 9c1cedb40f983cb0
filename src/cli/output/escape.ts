/**
 * Control characters (C0, DEL, C1), line separators and the characters that change the direction of text: in a terminal they
 * move the cursor, recolour, or make a line read as another (https://www.unicode.org/reports/tr36, "Bidirectional Text Spoofing").
 */
const HOSTILE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u001b": "\\e" };

/** The text on one line, without anything that a terminal would obey. */
export function escapeControls(text: string): string {
  return text.replace(HOSTILE, (character) => NAMED[character] ?? escapeCodePoint(character));
}

/** The same for text of several lines. */
export function escapeLines(text: string): string {
  return text.split("\n").map(escapeControls).join("\n");
}

function escapeCodePoint(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `\\u{${point.toString(16)}}`;
}
