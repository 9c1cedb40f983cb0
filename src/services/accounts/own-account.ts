import type { AuthEventKind } from "../../domain/auth-event.ts";
import { hasCode, TodoError } from "../../domain/errors.ts";
import type { Account } from "../../ports/accounts.ts";
import type { AccountDeps } from "./account-deps.ts";
import { checkPassword } from "./check-password.ts";
import { requirePassword } from "./sign-in.ts";

type PasswordOrder = {
  readonly current: string;
  readonly next: string;
  /** Whether programs keep their tokens. A thief may have made one, so people who fear one don't want that. */
  readonly keepsTokens: boolean;
};

/**
 * Changes the password and ends all other sessions and the personal tokens. Throws `forbidden` if the current one is wrong,
 * `invalid_input` for a bad new one.
 */
export async function changePassword(
  deps: AccountDeps,
  holder: { readonly account: string; readonly session: string },
  { current, next, keepsTokens }: PasswordOrder,
): Promise<void> {
  const { accounts, passwords, system, record } = deps;
  const { id, email } = await confirmPassword(deps, holder.account, current, "password_change");
  const hash = await passwords.hash(checkPassword(next, email, "new_password"));
  await accounts.setPassword({ account: id, hash, now: system.now(), keep: holder.session, tokens: !keepsTokens });
  record({ kind: "password_change", outcome: "ok", account: id });
}

/** Deletes the account with its tasks, sessions and tokens. Throws `forbidden` for a wrong password. */
export async function deleteAccount(deps: AccountDeps, account: string, password: string): Promise<void> {
  await confirmPassword(deps, account, password, "account_delete");
  await deps.accounts.deleteAccount(account);
  deps.record({ kind: "account_delete", outcome: "ok", account });
}

/**
 * The account, if this is its password. Throws `forbidden`: the caller's token is valid, so a wrong password must not look
 * like an invalid token. `kind` is what the password is asked for.
 */
export async function confirmPassword(
  deps: AccountDeps,
  account: string,
  password: string,
  kind: AuthEventKind,
): Promise<Account> {
  try {
    return await requirePassword(deps, { id: account }, password, kind);
  } catch (error) {
    if (!hasCode(error, "unauthorized")) throw error;
    throw wrongPassword(error);
  }
}

export function wrongPassword(cause?: unknown): TodoError {
  return new TodoError("forbidden", "the password is wrong", { cause });
}
