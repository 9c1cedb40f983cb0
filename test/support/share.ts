/** Makes something when it is asked for first, for all who need the same and leave it as it is. */
export function share<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => (made ??= make());
}
