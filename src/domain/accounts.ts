/** The rights that a token can have. Tokens of other issuers name them too. */
export const TOKEN_SCOPES = ["tasks:read", "tasks:write"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** Letters of a user code (RFC 8628, 6.1). */
export const USER_CODE_LENGTH = 8;

/** The tokens that a sign-in yields. */
export type Grant = {
  readonly account: string;
  readonly email: string;
  readonly session: string;
  readonly accessToken: string;
  /** Lifetime of the access token in seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string;
};

/**
 * The same for the page. Its account is what the page keeps its tasks under. The owner of a server's own database has none, so
 * that is a name for the database.
 */
export type PageGrant = Omit<Grant, "email"> & { readonly user: string; readonly email: string | null };

const ACCOUNT_PREFIX = "acct_";

/** The id of a new account. No token of another issuer can name it. */
export function toAccountId(uuid: string): string {
  return ACCOUNT_PREFIX + uuid;
}

/** True for the id of an account of this server. */
export function isAccountId(user: string): boolean {
  return user.startsWith(ACCOUNT_PREFIX);
}

/** A user code as people read it. */
export function formatUserCode(code: string): string {
  return `${code.slice(0, USER_CODE_LENGTH / 2)}-${code.slice(USER_CODE_LENGTH / 2)}`;
}

/** Names a poll of a device that waits to be let in (RFC 8628, 3.4). */
export const DEVICE_GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";
