/** Signs that mean something outside quotes, and themselves behind a backslash. Any other backslash is a letter. */
const ESCAPED = /\\([()"!+|&<>=:])/g;
const ESCAPED_IN_QUOTES = /\\(["\\])/g;
/** Behind a quoted part only parentheses close before the next word. */
const CLOSING_QUOTE = /^"\)*(?:\s|$)/u;

/** Where the quoted part that begins at a quotation mark ends, or undefined if it does not end. */
export function findClosingQuote(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '"' && CLOSING_QUOTE.test(text.slice(at))) return at;
    if (/^\\["\\]/.test(text.slice(at, at + 2))) at += 1;
  }
  return undefined;
}

/** What a text outside quotes means. */
export function unescape(text: string): string {
  return text.replace(ESCAPED, "$1");
}

/** A text outside quotes without the signs that mean themselves. */
export function dropEscaped(text: string): string {
  return text.replace(ESCAPED, "");
}

/** What stands between two quotation marks means. */
export function unescapeQuoted(text: string): string {
  return text.replace(ESCAPED_IN_QUOTES, "$1");
}

/** The text in quotes, as it is read again. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
