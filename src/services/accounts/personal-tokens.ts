import { TOKEN_SCOPES, type TokenScope } from "../../domain/accounts.ts";
import type { PersonalToken } from "../../ports/accounts.ts";
import { TodoError } from "../../domain/errors.ts";
import type { AccountDeps } from "./account-deps.ts";
import { hashSecret, makePersonalToken } from "./opaque-secrets.ts";

const DAY_MS = 24 * 60 * 60_000;

export type TokenOrder = {
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  /** null for a token without an end. */
  readonly days: number | null;
};

/** Creates a token for a program. Its text is answered only here. Throws `conflict` if there are too many. */
export async function createPersonalToken(
  { accounts, system }: AccountDeps,
  account: string,
  { name, scopes, days }: TokenOrder,
): Promise<{ readonly token: PersonalToken; readonly text: string }> {
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
  await accounts.createToken({ ...token, hash: hashSecret(text) });
  return { token, text };
}

/** Ends a token. Throws `not_found`. */
export async function removePersonalToken({ accounts }: AccountDeps, account: string, id: string): Promise<void> {
  if (await accounts.removeToken(account, id)) return;
  throw new TodoError("not_found", "there is no such token");
}
