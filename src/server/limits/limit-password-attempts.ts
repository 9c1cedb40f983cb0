import { limitFailedAttempts } from "./limit-failed-attempts.ts";
import type { RateLimit } from "./rate-limit.ts";

/**
 * Runs work that asks a signed-in account for its password once more. Wrong ones count for the account and the network, as
 * those of a sign-in do. Throws `rate_limited`.
 */
export function limitPasswordAttempts<Result>(
  failures: RateLimit,
  { network, account }: { readonly network: string; readonly account: string },
  work: () => Promise<Result>,
): Promise<Result> {
  return limitFailedAttempts(failures, { key: `${network} ${account}`, wrong: "forbidden" }, work);
}
