/** Whom a verified token names and what it lets them do. `email` and `name` are for showing only: nobody proved them. */
export type Identity = {
  /** The token's `sub`, exactly as it is there. */
  readonly user: string;
  readonly issuer: string | null;
  readonly email: string | null;
  readonly name: string | null;
  /** What the token allows (RFC 8693, 4.2). null: everything. */
  readonly scopes: readonly string[] | null;
  /** Unix seconds. */
  readonly expiresAt: number;
};

/** The end of the year 9999, behind which ISO 8601 has no dates of four digits. */
const LAST_SECOND = 253_402_300_799;

/** When the token ends, in ISO 8601. */
export function endOf({ expiresAt }: Identity): string {
  return new Date(Math.min(expiresAt, LAST_SECOND) * 1000).toISOString();
}
