import type { WebLocks } from "../../../src/web/worker/locks.ts";

/** The Web Locks of one browser, which the runtime of the tests does not have. */
export function createWebLocks(): WebLocks {
  const holders = new Map<string, { readonly lose: () => void }>();
  const queues = new Map<string, (() => void)[]>();
  const giveNext = (name: string) => {
    holders.delete(name);
    queues.get(name)?.shift()?.();
  };
  return {
    request: (name, { signal, steal = false }, work) =>
      new Promise((resolve, reject) => {
        const begin = () => {
          const holder = { lose: () => reject(new DOMException("the lock was stolen", "AbortError")) };
          holders.set(name, holder);
          const end = () => {
            if (holders.get(name) === holder) giveNext(name);
          };
          void work().then(resolve, reject).finally(end);
        };
        if (steal) holders.get(name)?.lose();
        if (steal || !holders.has(name)) return begin();
        const queue = queues.get(name) ?? [];
        queues.set(name, [...queue, begin]);
        signal?.addEventListener("abort", () => {
          queues.set(
            name,
            (queues.get(name) ?? []).filter((each) => each !== begin),
          );
          reject(signal.reason);
        });
      }),
  };
}
