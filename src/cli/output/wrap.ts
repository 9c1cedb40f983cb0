/** The text on lines of at most `width` columns, broken at spaces. A word that is wider alone is broken anywhere. */
export function wrapText(text: string, width: number): string[] {
  if (Bun.stringWidth(text) <= width) return [text];
  return Bun.wrapAnsi(text, Math.max(1, width), { hard: true, trim: true }).split("\n");
}

/**
 * The text in at most `width` columns, with an ellipsis if it is cut. Bun's own cut is a column or two too wide if the
 * ellipsis follows half of a wide or combined character.
 */
export function cutText(text: string, width: number): string {
  if (Bun.stringWidth(text) <= width) return text;
  for (let room = width; room > 0; room -= 1) {
    const shortened = Bun.sliceAnsi(text, 0, room, { ellipsis: "…" });
    if (Bun.stringWidth(shortened) <= width) return shortened;
  }
  return "";
}
