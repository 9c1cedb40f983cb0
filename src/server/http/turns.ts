/** Resolves in a turn of the event loop that it gave to nobody else. */
export type WaitForTurn = () => Promise<void>;

/**
 * Gives turns of the event loop one after another. Long replies are made in such turns, so that however many there are, others
 * wait for one piece of one of them.
 */
export function createTurns(): WaitForTurn {
  let last = Promise.resolve();
  return () => (last = last.then(letOthersRun));
}

function letOthersRun(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
