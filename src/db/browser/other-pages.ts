/** What pages of one browser tell each other about a database that they share. */
export type OtherPages = {
  /** The last version that one of them has told of. */
  readonly newest: () => number;
  readonly tell: (version: number) => void;
  readonly subscribe: (onCommit: () => void) => () => void;
  readonly close: () => void;
};

export function listenToOtherPages(name: string): OtherPages {
  const channel = new BroadcastChannel(name);
  const listeners = new Set<() => void>();
  let newest = 0;
  channel.addEventListener("message", ({ data }: { readonly data: number }) => {
    newest = Math.max(newest, data);
    for (const listener of listeners) listener();
  });
  return {
    newest: () => newest,
    tell: (version) => channel.postMessage(version),
    subscribe: (onCommit) => {
      listeners.add(onCommit);
      return () => void listeners.delete(onCommit);
    },
    close: () => channel.close(),
  };
}
