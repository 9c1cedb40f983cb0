import type { SyncStore } from "../../domain/sync.ts";
import { type Bell, untilRing } from "./bell.ts";
import { exchange, type Exchanged, type ExchangeRequest } from "./exchange.ts";

/**
 * An exchange that waits where there is nothing to say: until something changes, at most so many milliseconds, and only while the
 * signal is not aborted. Then it is made once more. Nothing of the database is held meanwhile. Throws as `exchange` does.
 */
export async function exchangeOrWait(
  parts: { readonly sync: SyncStore; readonly user: string; readonly bell: Bell },
  request: ExchangeRequest,
  { ms, signal }: { readonly ms: number; readonly signal: AbortSignal },
): Promise<Exchanged> {
  const answer = await exchange(parts, request);
  if (ms === 0 || request.changes.length > 0 || answer.changes.length > 0) return answer;
  // It listens behind the revision that was read, so that nothing falls in between.
  await untilRing(parts.bell, parts.user, { since: answer.head, ms, signal });
  return signal.aborted ? answer : exchange(parts, request);
}
