import { textAt } from "./expression.ts";
import type { Item } from "./pieces.ts";

/** Items that are read from the first to the last. `at` is the next one. */
export type Cursor = { readonly items: readonly Item[]; at: number };

/** The items from the next one on that are words of one argument, without a term or a sign between them. */
export function peekRun({ items, at }: Cursor, argument: number): readonly Item[] {
  const end = items.findIndex((item, index) => index >= at && (item.argument !== argument || !goesOn(item)));
  return items.slice(at, end === -1 ? items.length : end);
}

/** A number with a sign is no tag behind other words. */
function goesOn({ piece }: Item): boolean {
  if (piece.kind === "word" || piece.kind === "comparison") return true;
  return piece.kind === "keyed" && /^\+\d/.test(textAt(piece.place));
}

/** The words from the next one on that no other word of their arguments follows or, but for the first, goes before. */
export function peekLoneWords({ items, at }: Cursor): readonly Item[] {
  const rest = items.slice(at);
  const isOwn = (item: Item, index: number) =>
    item.piece.kind === "word" &&
    rest[index + 1]?.argument !== item.argument &&
    rest[index - 1]?.argument !== item.argument;
  const end = rest.findIndex((item, index) => !isOwn(item, index));
  return end === -1 ? rest : rest.slice(0, end);
}
