import { DAY_MS } from "../../domain/durations.ts";
import { TOKEN_SCOPES, type TokenScope } from "../../domain/accounts.ts";
import type { PersonalToken } from "../../ports/accounts.ts";
import { TodoError } from "../../domain/errors.ts";
import type { AccountDeps } from "./account-deps.ts";
import { hashSecret, makePersonalToken } from "./opaque-secrets.ts";
import { confirmPassword, wrongPassword } from "./own-account.ts";
import { isChanged } from "./sign-in.ts";

export type TokenOrder = {
  /** That of the account. */
  readonly password: string;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  /** null for a token without an end. */
  readonly days: number | null;
};

/**
 * Creates a token for a program. Its text is answered only here. Throws `forbidden` for a wrong password, and
 * `quota_exceeded` if there are too many.
 */
export async function createPersonalToken(
  deps: AccountDeps,
  account: string,
  { password, name, scopes, days }: TokenOrder,
): Promise<{ readonly token: PersonalToken; readonly text: string }> {
  const { accounts, system, quotas, record } = deps;
  const confirmed = await confirmPassword(deps, account, password, "token_create");
  const text = makePersonalToken();
  const now = system.now();
  const token = {
    id: system.newId(),
    account,
    name,
    scopes: TOKEN_SCOPES.filter((scope) => scopes.includes(scope)),
    last8: text.slice(-8),
    createdAt: now,
    expiresAt: days === null ? null : now + days * DAY_MS,
    usedAt: null,
  };
  await accounts.createToken({ ...token, hash: hashSecret(text) }, quotas.tokens);
  if (await isChanged(deps, confirmed, password)) {
    // The change ended all tokens but this one, which was created after it.
    await accounts.removeToken(account, token.id);
    throw wrongPassword();
  }
  record({ kind: "token_create", outcome: "ok", account, subject: name });
  return { token, text };
}

/** Ends a token. Throws `not_found`. */
export async function removePersonalToken(
  { accounts, record }: AccountDeps,
  account: string,
  id: string,
): Promise<void> {
  const found = (await accounts.listTokens(account)).find((token) => token.id === id);
  if (!found || !(await accounts.removeToken(account, id))) throw new TodoError("not_found", "there is no such token");
  record({ kind: "token_revoke", outcome: "ok", account, subject: found.name });
}
