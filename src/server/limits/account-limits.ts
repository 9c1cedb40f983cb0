import { createNetworkLimit, type NetworkLimit } from "./network-limit.ts";
import { type Budget, createRateLimit, perHour, perMinute, type RateLimit } from "./rate-limit.ts";

/** Checks of passwords for each failure that a network may have. */
const CHECKS_A_FAILURE = 12;
const FAILURES_AN_HOUR = 10;
/** OWASP ASVS 4.0.3, 2.2.1. */
const ACCOUNT_FAILURES_AN_HOUR = 100;
const LOCKOUTS_AN_HOUR = 1;
/** Longer than a password takes to check unless many others wait. */
const EXCESS_REPLY_MS = 500;
const DEVICES_A_MINUTE = 10;
/** A user code lives for ten minutes. */
const GUESSES: Budget = { limit: 5, windowMs: 10 * 60_000 };

/** Limits for actions that need no sign-in or check a secret. Each process has its own. */
export type AccountLimits = {
  /** Passwords that are checked, right ones too, by network. */
  readonly passwordChecks: NetworkLimit;
  /** Wrong passwords: by network, by account and network, and by account over all networks. */
  readonly networkFailures: NetworkLimit;
  readonly failures: RateLimit;
  readonly accountFailures: RateLimit;
  /** Reports that an account has too many failures, by account. */
  readonly lockouts: RateLimit;
  /** An attempt beyond these limits is answered after so long at least, so that the time tells little. */
  readonly excessReplyMs: number;
  readonly signUps: NetworkLimit;
  readonly devices: NetworkLimit;
  /** Wrong user codes, by account. */
  readonly guesses: RateLimit;
};

/** Failed sign-ins a minute and new accounts an hour for a network, 0 for no limit. */
type Settings = { readonly signInLimit: number; readonly signUpLimit: number };

/** The limits of a server. `now` is in milliseconds of a clock that is never set. */
export function createAccountLimits({ signInLimit, signUpLimit }: Settings, now: () => number): AccountLimits {
  return {
    passwordChecks: createNetworkLimit(perMinute(signInLimit * CHECKS_A_FAILURE), now),
    networkFailures: createNetworkLimit(perMinute(signInLimit), now),
    failures: createRateLimit(perHour(FAILURES_AN_HOUR), now),
    accountFailures: createRateLimit(perHour(ACCOUNT_FAILURES_AN_HOUR), now),
    lockouts: createRateLimit(perHour(LOCKOUTS_AN_HOUR), now),
    excessReplyMs: EXCESS_REPLY_MS,
    signUps: createNetworkLimit(perHour(signUpLimit), now),
    devices: createNetworkLimit(perMinute(DEVICES_A_MINUTE), now),
    guesses: createRateLimit(GUESSES, now),
  };
}
