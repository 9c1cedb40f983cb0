import type { AccountStore } from "../../ports/accounts.ts";

const RETRY_INTERVAL_MS = 3_600_000;

/**
 * Finishes deletions of accounts that a server began and did not end, now and once an hour, until it is stopped. It never fails:
 * what is left then is found the next time.
 */
export function finishInterruptedDeletions(accounts: Pick<AccountStore, "finishDeletions">): () => void {
  const finish = () => void accounts.finishDeletions().catch(() => undefined);
  finish();
  const timer = setInterval(finish, RETRY_INTERVAL_MS);
  return () => clearInterval(timer);
}
