import { textAt } from "./expression.ts";
import { behind, type Comparison, type Item, type Keyed, span } from "./pieces.ts";
import { readComparison } from "./read-piece.ts";

/** The items, with each sign of comparison and the key before it made one: `due < friday`. Any other such sign is a word. */
export function attachComparisons(items: readonly Item[]): Item[] {
  const attached: Item[] = [];
  for (const item of items) {
    const before = attached.at(-1);
    const keyed = item.piece.kind === "comparison" ? attach(before, item.piece) : undefined;
    if (keyed) attached.pop();
    attached.push(keyed ? { piece: keyed, argument: item.argument } : item);
  }
  return attached;
}

function attach(before: Item | undefined, { sign, isQuoted, place }: Comparison): Keyed | undefined {
  if (before?.piece.kind !== "word") return undefined;
  const compared = readComparison(textAt(before.piece.place), sign, place);
  return (
    compared && {
      kind: "keyed",
      ...compared,
      isQuoted,
      isSign: true,
      place: span(before.piece.place, place),
      valuePlace: behind(place, sign.length),
    }
  );
}
