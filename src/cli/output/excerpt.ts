import type { Excerpt } from "../../domain/errors.ts";
import { escapeControls } from "../../domain/escape.ts";
import { cutText } from "./wrap.ts";

/** A text on one line, and a line with a mark under a place in it. Of a text that is wider, what stands around the place. */
export function markExcerpt({ text, at, length }: Excerpt, width: number): readonly [text: string, mark: string] {
  const before = escapeControls(text.slice(0, at));
  const marked = cutText(escapeControls(text.slice(at, at + length)), width);
  const room = width - Math.max(1, Bun.stringWidth(marked));
  const behind = cutText(escapeControls(text.slice(at + length)), Math.max(room >> 1, room - Bun.stringWidth(before)));
  const front = cutStart(before, room - Bun.stringWidth(behind));
  const mark = "^".repeat(Math.max(1, Bun.stringWidth(marked)));
  return [front + marked + behind, " ".repeat(Bun.stringWidth(front)) + mark];
}

/** The end of a text in at most `width` columns, with an ellipsis before it if it is cut. */
function cutStart(text: string, width: number): string {
  const whole = Bun.stringWidth(text);
  if (whole <= width) return text;
  for (let start = whole - width + 1; start < whole; start += 1) {
    const shortened = `…${Bun.sliceAnsi(text, start, whole)}`;
    if (Bun.stringWidth(shortened) <= width) return shortened;
  }
  return "";
}
