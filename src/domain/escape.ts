/**
 * Control characters (C0, DEL, C1), line separators and the characters that change the direction of text: in a terminal they
 * move the cursor, recolour, or make a line read as another (https://www.unicode.org/reports/tr36, "Bidirectional Text Spoofing").
 */
const HOSTILE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Those that `JSON.stringify` leaves as they are. */
const HOSTILE_IN_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u001b": "\\e" };

/** The text on one line, without anything that a terminal would obey. */
export function escapeControls(text: string): string {
  return text.replace(HOSTILE, (character) => NAMED[character] ?? escapeCodePoint(character));
}

/** The same for text of several lines. */
export function escapeLines(text: string): string {
  return text.split("\n").map(escapeControls).join("\n");
}

/** The value as JSON on one line, without anything that a terminal would obey. It parses to the same value. */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(HOSTILE_IN_JSON, escapeUnit);
}

function escapeCodePoint(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `\\u{${point.toString(16)}}`;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
