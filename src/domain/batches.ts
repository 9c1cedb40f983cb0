/** The items in batches of so many, in their order. Of none there is one that is empty. */
export function divide<Item>(items: readonly Item[], maxItems: number): readonly (readonly Item[])[] {
  const count = Math.max(1, Math.ceil(items.length / maxItems));
  return Array.from({ length: count }, (_, at) => items.slice(at * maxItems, (at + 1) * maxItems));
}

/** The first items, as many as fit together. The first of all is among them, whatever its size. */
export function takeWhileFits<Item>(items: readonly Item[], sizeOf: (item: Item) => number, maxSize: number): Item[] {
  const taken: Item[] = [];
  let size = 0;
  for (const item of items) {
    size += sizeOf(item);
    if (size > maxSize && taken.length > 0) break;
    taken.push(item);
  }
  return taken;
}
