import { LRUCache } from "lru-cache";

const MAX_KEYS = 50_000;

/** Answers the value that was loaded for a key, at once if it is fresh. */
export type Memory<Value> = {
  readonly get: (key: string) => Value | Promise<Value>;
  readonly forget: (key: string) => void;
  readonly forgetAll: () => void;
};

type Entry<Value> = { readonly loadedAt: number; readonly pending: Promise<Value>; value?: Value };

/** Keeps what `load` answers for `maxAgeMs`. Who asks while it is loaded gets the same answer, and no failure is kept. */
export function createMemory<Value>(
  load: (key: string) => Promise<Value>,
  { maxAgeMs, now }: { readonly maxAgeMs: number; readonly now: () => number },
): Memory<Value> {
  const entries = new LRUCache<string, Entry<Value>>({ max: MAX_KEYS });
  const settle = async (key: string, entry: Entry<Value>) => {
    try {
      entry.value = await entry.pending;
    } catch {
      if (entries.peek(key) === entry) entries.delete(key);
    }
  };
  return {
    get: (key) => {
      const known = entries.get(key);
      if (known && Math.abs(now() - known.loadedAt) < maxAgeMs) return known.value ?? known.pending;
      const entry: Entry<Value> = { loadedAt: now(), pending: load(key) };
      entries.set(key, entry);
      void settle(key, entry);
      return entry.pending;
    },
    forget: (key) => void entries.delete(key),
    forgetAll: () => entries.clear(),
  };
}
