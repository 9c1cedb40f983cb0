import type { SyncStore } from "../../ports/sync.ts";
import { type Bell, untilRing } from "./bell.ts";
import { exchange } from "./exchange.ts";
import { type Exchanged, type ExchangeRequest } from "../../contract/sync.ts";

/** How long a request may be held, and for whom. */
export type Patience = {
  /** Milliseconds, at most. */
  readonly ms: number;
  /** With which the wait is given up. */
  readonly signal: AbortSignal;
  /** Throws where who waits may not be answered any more. */
  readonly admitAgain: () => Promise<void>;
};

/**
 * An exchange that waits where there is nothing to say, until something changes. Then it is made once more. Nothing of the database
 * is held meanwhile. Throws as `exchange` and `admitAgain` do.
 */
export async function exchangeOrWait(
  deps: { readonly sync: SyncStore; readonly user: string; readonly bell: Bell },
  request: ExchangeRequest,
  { ms, signal, admitAgain }: Patience,
): Promise<Exchanged> {
  const answer = await exchange(deps, request);
  if (ms === 0 || request.changes.length > 0 || answer.changes.length > 0) return answer;
  // It listens behind the revision that was read, so that nothing falls in between.
  await untilRing(deps.bell, deps.user, { since: answer.head, ms, signal });
  if (signal.aborted) return answer;
  await admitAgain();
  return exchange(deps, request);
}
