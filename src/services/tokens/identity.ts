/** The user of a verified token and their rights. `email` and `name` are only for display: nobody proved them. */
export type Identity = {
  /** The token's `sub`, unchanged. */
  readonly user: string;
  readonly issuer: string | null;
  readonly email: string | null;
  readonly name: string | null;
  /** The token's scopes (RFC 8693, 4.2). null: everything is allowed. */
  readonly scopes: readonly string[] | null;
  /** Unix seconds, perhaps with a fraction, or null for a token without an end. */
  readonly expiresAt: number | null;
  /** The token's session of an account here. null if no device holds the token, or if it comes from another issuer. */
  readonly session: string | null;
};

/** The user of another issuer's token. Such tokens always have an end. */
export type IssuedIdentity = Identity & { readonly expiresAt: number };

/** The end of a token (Unix seconds) in ISO 8601, or null if it has none. */
export function endOf({ expiresAt }: Pick<Identity, "expiresAt">): string | null {
  return expiresAt === null ? null : new Date(expiresAt * 1000).toISOString();
}
