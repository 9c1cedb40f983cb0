import type { Store } from "../../ports/store.ts";

/** Resolves in a turn of the event loop that was given to nobody else. */
export type WaitForTurn = (user: string) => Promise<void>;

/**
 * Gives turns of the event loop, the next one to the user who has waited longest since their last. What makes a reply of some
 * size begins in one. However much one user asks for at once, others wait for one piece of it.
 */
export function createUserTurns(): WaitForTurn {
  /** What waits, by user. The user who is first has the next turn. */
  const lines = new Map<string, (() => void)[]>();

  const giveTurn = () => {
    for (const [user, [begin, ...rest]] of lines) {
      lines.delete(user);
      if (rest.length > 0) lines.set(user, rest);
      begin?.();
      break;
    }
    if (lines.size > 0) setImmediate(giveTurn);
  };

  return (user) =>
    new Promise((resolve) => {
      if (lines.size === 0) setImmediate(giveTurn);
      lines.set(user, [...(lines.get(user) ?? []), resolve]);
    });
}

/** The same store, each read of which begins in a turn, so that others come in between where a request reads a thousand times. */
export function readInTurns(store: Store, waitForTurn: () => Promise<void>): Store {
  return {
    ...store,
    find: async (...query) => {
      await waitForTurn();
      return store.find(...query);
    },
    get: async (...ids) => {
      await waitForTurn();
      return store.get(...ids);
    },
    findActivity: async (...query) => {
      await waitForTurn();
      return store.findActivity(...query);
    },
  };
}
