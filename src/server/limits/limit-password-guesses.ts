import type { AuthEventKind } from "../../domain/auth-event.ts";
import { type ErrorCode, hasCode } from "../../domain/errors.ts";
import type { AccountDeps } from "../../services/accounts/account-deps.ts";
import type { AccountLimits } from "./account-limits.ts";
import type { Networks } from "./address.ts";
import { budgetFor, countFailures, type KeyBudget } from "./limit-failed-attempts.ts";
import { type Excess, rateLimited } from "./rate-limit.ts";

/** Who asks. */
type Caller = { readonly accounts: AccountDeps; readonly limits: AccountLimits; readonly networks: Networks };

/** A password that is about to be checked. */
export type PasswordGuess = {
  /** The account, by its id if the caller has a session of it. There may be none with the e-mail address. */
  readonly by: { readonly id: string } | { readonly email: string };
  /** What the password is asked for. */
  readonly kind: AuthEventKind;
  /** How the work fails if the password is wrong. */
  readonly wrong: ErrorCode;
};

type Budgets = {
  /** Of the account and the network, which nobody elsewhere can spend. */
  readonly own: KeyBudget;
  /** Of the network, and of the account over all networks. Strangers can spend them. */
  readonly shared: readonly KeyBudget[];
  readonly account: KeyBudget;
  /** Of all checks, right ones too, because each costs a hash. */
  readonly checks: KeyBudget;
};

/** The first of some budgets that is spent. */
type Spent = { readonly budget: KeyBudget; readonly excess: Excess };

/**
 * Runs work that checks a password, and limits the wrong ones. If others have spent a budget, only networks go on from
 * which somebody signed in to the account before. Throws `rate_limited`.
 */
export async function limitPasswordGuesses<Result>(
  caller: Caller,
  guess: PasswordGuess,
  work: () => Promise<Result>,
): Promise<Result> {
  const budgets = budgetsOf(caller, guess);
  const failures = [budgets.own, ...budgets.shared];
  const spent = countIn([...failures, budgets.checks]);
  if (spent === null) return countFailures(failures, guess.wrong, work);
  // A password from a known network is checked. Unless many others wait, the time does not tell that.
  const pause = Bun.sleep(caller.limits.excessReplyMs);
  const [outcome] = await Promise.allSettled([limitKnown(caller, guess, { budgets, spent, work }), pause]);
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}

async function limitKnown<Result>(
  caller: Caller,
  guess: PasswordGuess,
  { budgets, spent, work }: { readonly budgets: Budgets; readonly spent: Spent; readonly work: () => Promise<Result> },
): Promise<Result> {
  const { accounts, system } = caller.accounts;
  if (spent.budget === budgets.account) await reportLockout(caller, guess);
  const [network] = caller.networks;
  // It is counted for networks that are not known too. Otherwise what is left would tell a neighbour which ones are.
  const isWithinOwn = countIn([budgets.own]) === null;
  const isKnown = await accounts.hasSignedIn(guess.by, { network, now: system.now() });
  if (!isWithinOwn || !isKnown || countIn([budgets.checks]) !== null) {
    report(caller, guess.by, guess.kind);
    throw rateLimited(spent.excess);
  }
  try {
    return await countFailures([budgets.own], guess.wrong, work);
  } catch (error) {
    // Another answer would tell the same.
    throw hasCode(error, guess.wrong) ? rateLimited(spent.excess) : error;
  }
}

/** Accounts that don't exist have budgets alike. */
function budgetsOf({ limits, networks }: Caller, { by }: PasswordGuess): Budgets {
  const [network] = networks;
  const subject = subjectOf(by);
  const account = budgetFor(limits.accountFailures, subject);
  return {
    own: budgetFor(limits.failures, `${network} ${subject}`),
    // Who has a session can guess the password of one account only.
    shared: "id" in by ? [account] : [budgetFor(limits.networkFailures, networks), account],
    account,
    checks: budgetFor(limits.passwordChecks, networks),
  };
}

/** Counts an attempt in all of the budgets, or in none if one is spent. */
function countIn(budgets: readonly KeyBudget[]): Spent | null {
  for (const [at, budget] of budgets.entries()) {
    const excess = budget.tryConsume();
    if (excess === null) continue;
    for (const counted of budgets.slice(0, at)) counted.restore();
    return { budget, excess };
  }
  return null;
}

/** Reports once an hour that the budget of an account is spent. */
async function reportLockout(caller: Caller, guess: PasswordGuess): Promise<void> {
  const { by } = guess;
  if (caller.limits.lockouts.tryConsume(subjectOf(by)) !== null) return;
  const account = "id" in by ? by : await caller.accounts.accounts.findAccount(by);
  report(caller, account ?? by, "lockout");
}

function report({ accounts }: Caller, by: PasswordGuess["by"], kind: AuthEventKind): void {
  const who = "id" in by ? { account: by.id } : { account: null, email: by.email };
  accounts.record({ kind, outcome: "refused", ...who });
}

/** An id of an account is no e-mail address. */
function subjectOf(by: PasswordGuess["by"]): string {
  return "id" in by ? by.id : by.email;
}
