import { DAY_MS } from "../../domain/durations.ts";
import type { TokenHeader } from "./compact.ts";
import { type PublicKey, verifies } from "./public-keys.ts";
import { invalidToken, keysAway } from "./refusals.ts";

export type KeySet = {
  /**
   * The one key that fits the header. Throws `unauthorized` if there is none, `unavailable` if the keys are not known.
   */
  readonly find: (header: TokenHeader) => Promise<PublicKey>;
  /** Whether a key that was found before is still in the set. */
  readonly trusts: (key: PublicKey) => boolean;
};

/** After this the set is fetched again while the old one serves. A withdrawn key works that long. */
const MAX_AGE_MS = 10 * 60_000;
/**
 * The keys that were fetched last serve so long while the issuer can't be reached. A withdrawn key would otherwise be
 * good for as long as somebody keeps this server from asking.
 */
const MAX_UNCONFIRMED_MS = DAY_MS;
/** Between two fetches while there are keys, so that made-up `kid`s can't make this server flood the issuer's. */
const FETCH_INTERVAL_MS = 30_000;
/** Between two fetches while there are no keys and every token waits for them. */
const FIRST_FETCH_INTERVAL_MS = 5000;

/** A key set that is fetched when needed. `load` fetches it, `now` is in Unix milliseconds. */
export function createKeySet(load: () => Promise<readonly PublicKey[]>, now: () => number): KeySet {
  let keys: readonly PublicKey[] | null = null;
  let [loadedAt, triedAt] = [-Infinity, -Infinity];
  let failure: { readonly cause: unknown } | null = null;
  let running: Promise<void> | null = null;

  const attempt = async (): Promise<void> => {
    triedAt = now();
    try {
      keys = keepSame(await load(), keys ?? []);
      [loadedAt, failure] = [now(), null];
    } catch (cause) {
      failure = { cause };
    } finally {
      running = null;
    }
  };
  const refresh = (): Promise<void> => (running ??= attempt());
  // Absolute, because a clock that is set back would otherwise stop all fetches until it catches up.
  const since = (then: number): number => Math.abs(now() - then);
  const trusted = () => (since(loadedAt) < MAX_UNCONFIRMED_MS ? keys : null);
  const fetchIntervalMs = (): number => (trusted() ? FETCH_INTERVAL_MS : FIRST_FETCH_INTERVAL_MS);
  const refreshOld = (): void => {
    if (keys && since(loadedAt) >= MAX_AGE_MS && since(triedAt) >= FETCH_INTERVAL_MS) void refresh();
  };
  const fitting = ({ kid, alg }: TokenHeader): readonly PublicKey[] =>
    (trusted() ?? []).filter((key) => verifies(key, alg) && (kid === undefined || key.kid === kid));

  return {
    find: async (header) => {
      refreshOld();
      if (fitting(header).length === 0 && (running || since(triedAt) >= fetchIntervalMs())) await refresh();
      const [key, ...others] = fitting(header);
      if (key && others.length === 0) return key;
      const retryAfter = Math.max(1, Math.ceil((fetchIntervalMs() - since(triedAt)) / 1000));
      if (!key && failure) throw keysAway(retryAfter, failure.cause);
      throw invalidToken("kid");
    },
    trusts: (key) => {
      refreshOld();
      return trusted()?.includes(key) === true;
    },
  };
}

/** The new keys. A key that was there before stays the same object, so that its verified tokens stay verified. */
function keepSame(fresh: readonly PublicKey[], before: readonly PublicKey[]): PublicKey[] {
  return fresh.map((key) => before.find(({ source }) => source === key.source) ?? key);
}
