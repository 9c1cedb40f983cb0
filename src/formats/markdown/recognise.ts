/** Whether a text has at least one item with a box. */
export function looksLikeMarkdown(text: string): boolean {
  return /^\s*(?:>\s*)*(?:[-*+]|\d+[.)]) \[.\] \S/mu.test(text);
}
