/** Does work one run after another. Whoever asks while a run is under way shares the one that begins after it. Failures are dropped. */
export function coalesce(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= last = last.then(() => {
      next = undefined;
      return work().catch(() => {});
    });
    return next;
  };
}
