/** The items in batches of so many, in their order. Of none there is one that is empty. */
export function divide<Item>(items: readonly Item[], maxItems: number): readonly (readonly Item[])[] {
  const count = Math.max(1, Math.ceil(items.length / maxItems));
  return Array.from({ length: count }, (_, at) => items.slice(at * maxItems, (at + 1) * maxItems));
}
