const HEAD_LINES = 50;
/** A line that begins as only those of todo.txt do. */
const SIGN = /^(?:\([A-Z]\) |x \d{4}-\d\d-\d\d |\d{4}-\d\d-\d\d \S)/;

/** Whether a text is most probably todo.txt: no JSON, and some lines begin with a priority or a date. */
export function looksLikeTodoTxt(text: string): boolean {
  if (/^\s*[[{]/.test(text)) return false;
  return text.split("\n", HEAD_LINES).some((line) => SIGN.test(line));
}
