/** Whom a verified token names and what it lets them do. `email` and `name` are for showing only: nobody proved them. */
export type Identity = {
  /** The token's `sub`, exactly as it is there. */
  readonly user: string;
  readonly issuer: string | null;
  readonly email: string | null;
  readonly name: string | null;
  /** What the token allows (RFC 8693, 4.2). null: everything. */
  readonly scopes: readonly string[] | null;
  /** Unix seconds, null for a token that has no end. */
  readonly expiresAt: number | null;
  /** The session of an account here that the token is of. null: the token is no device's, or comes from another issuer. */
  readonly session: string | null;
};

/** Whom a token of another issuer names: such tokens always have an end. */
export type IssuedIdentity = Identity & { readonly expiresAt: number };

/** The end of the year 9999, behind which ISO 8601 has no dates of four digits. */
const LAST_SECOND = 253_402_300_799;

/** A token's end (Unix seconds) in ISO 8601. */
export function endOf({ expiresAt }: { readonly expiresAt: number }): string {
  return new Date(Math.min(expiresAt, LAST_SECOND) * 1000).toISOString();
}
