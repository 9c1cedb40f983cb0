import { type ChangeNotifier, waitForChange } from "./change-notifier.ts";
import { exchange, type ExchangeDeps } from "./exchange.ts";
import { type Exchanged, type ExchangeRequest } from "../../contract/sync.ts";

/** How long a request may be held, and for whom. */
export type HoldOptions = {
  readonly maxWaitMs: number;
  /** Aborts the wait. */
  readonly signal: AbortSignal;
  /** Throws if the waiting user may no longer be answered. */
  readonly authenticateAgain: () => Promise<void>;
};

/**
 * An exchange that waits for a change if it has nothing to answer, and then runs once more. It holds no database
 * resources meanwhile. Throws as `exchange` and `authenticateAgain` do.
 */
export async function exchangeOrWait(
  deps: ExchangeDeps & { readonly notifier: ChangeNotifier },
  request: ExchangeRequest,
  { maxWaitMs, signal, authenticateAgain }: HoldOptions,
): Promise<Exchanged> {
  const answer = await exchange(deps, request);
  const isNews = answer.changes.length > 0 || answer.profile !== undefined;
  if (maxWaitMs === 0 || request.changes.length > 0 || isNews) return answer;
  // It listens from the revision that was read, so that no change falls in between.
  await waitForChange(deps.notifier, deps.user, { since: answer.head, timeoutMs: maxWaitMs, signal });
  if (signal.aborted) return answer;
  await authenticateAgain();
  return exchange(deps, request);
}
