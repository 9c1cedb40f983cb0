/** Someone who signs in with a password here. All times are Unix milliseconds. */
export type Account = {
  /** The owner of the tasks, and the `sub` of tokens. */
  readonly id: string;
  /** In lower case, by which it is unique. */
  readonly email: string;
  readonly passwordHash: string;
  readonly createdAt: number;
  readonly disabledAt: number | null;
};

/** A device that is signed in. */
export type Session = {
  readonly id: string;
  readonly account: string;
  /** What the device calls itself. */
  readonly device: string;
  readonly createdAt: number;
  /** When the session was renewed last. */
  readonly usedAt: number;
  readonly expiresAt: number;
};

/** A token that a user made for a program. */
export type PersonalToken = {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** The end of the token, by which people know it again. */
  readonly last8: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly usedAt: number | null;
};

/** A device that waits for somebody to let it in (RFC 8628). */
export type DeviceRequest = {
  readonly device: string;
  readonly userCode: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly decision: "approved" | "denied" | null;
};

/** Who may sign up: anyone, only the very first, or who has an invitation, by the hash of its code. */
export type Admission =
  { readonly kind: "open" } | { readonly kind: "first" } | { readonly kind: "invite"; readonly hash: string };

/** A session with the hashes of its refresh tokens. Where `token` is not the one that it was to be, another request renewed it. */
export type RenewedSession = {
  readonly session: Session;
  readonly email: string;
  readonly token: string;
  readonly previous: string | null;
  /** The token, as only who has the one before can read it. */
  readonly sealed: string | null;
  readonly isEnded: boolean;
};

/** What is asked to renew a session: from which hash of a refresh token to which. */
export type Renewal = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly sealed: string;
  readonly now: number;
  readonly expiresAt: number;
};

/** A new session and the hash of its first refresh token. */
export type NewSession = Session & { readonly token: string };

/** What a waiting device learns when it asks. `wait` is in milliseconds. */
export type Polled = {
  readonly request: DeviceRequest;
  /** When it asked before. */
  readonly polledAt: number | null;
  readonly wait: number;
  /** The session that it was given, once. */
  readonly session: { readonly account: string; readonly email: string } | null;
};

/**
 * Accounts and what they sign in with. Of secrets it knows SHA-256 hashes alone. Each method is one read or one transaction, and
 * throws as the `Store` does. One suite tests every implementation: test/db/accounts-contract.ts.
 */
export type AccountStore = {
  /** Throws `forbidden` where nobody admits it, and `conflict` for an e-mail address that is there. */
  createAccount(account: Account, admission: Admission): Promise<void>;
  findAccount(by: { readonly id: string } | { readonly email: string }): Promise<Account | null>;
  /** By e-mail address, with the time of the last renewal of a session. */
  listAccounts(): Promise<(Account & { readonly usedAt: number | null })[]>;
  hasAccounts(): Promise<boolean>;
  /** Ends all sessions but `keep`, and with `tokens` all personal tokens. */
  setPassword(change: {
    readonly account: string;
    readonly hash: string;
    readonly now: number;
    readonly keep?: string;
    readonly tokens?: boolean;
  }): Promise<void>;
  /** Replaces a hash by a better one of the same password, unless the password was changed. */
  renewHash(account: string, from: string, to: string): Promise<void>;
  /** Disabling ends all sessions. null enables again. */
  setDisabled(account: string, at: number | null): Promise<void>;
  /** Deletes the account with all that is its own, tasks too. */
  deleteAccount(account: string): Promise<void>;

  /** Answers false where the account is not there or disabled. Forgets sessions of the account that are over. */
  createSession(session: NewSession): Promise<boolean>;
  /** Renews where `from` is the current token, and answers the session as it is then, or null where there is none. */
  renewSession(renewal: Renewal): Promise<RenewedSession | null>;
  /** A session that is not over, of an account that is not disabled. */
  findSession(id: string, now: number): Promise<{ readonly session: Session; readonly email: string } | null>;
  /** Those that are not over, the last used first. */
  listSessions(account: string, now: number): Promise<Session[]>;
  /** Answers whether there was one. */
  endSession(by: { readonly id: string; readonly account?: string }, now: number): Promise<boolean>;

  /** Throws `conflict` where the account has too many. */
  createToken(token: PersonalToken & { readonly hash: string }): Promise<void>;
  /** A token that is not over, of an account that is not disabled. */
  findToken(hash: string, now: number): Promise<{ readonly token: PersonalToken; readonly email: string } | null>;
  listTokens(account: string): Promise<PersonalToken[]>;
  removeToken(account: string, id: string): Promise<boolean>;
  /** Notes that a token was used. */
  touchToken(id: string, now: number): Promise<void>;

  /** Answers false where the user code is taken. Forgets requests that are long over. */
  createDeviceRequest(request: DeviceRequest & { readonly hash: string; readonly wait: number }): Promise<boolean>;
  /** One that is not over. */
  findDeviceRequest(userCode: string, now: number): Promise<DeviceRequest | null>;
  /** Answers whether there was one to decide on. */
  decideDeviceRequest(decision: {
    readonly userCode: string;
    readonly account: string;
    readonly decision: "approved" | "denied";
    readonly now: number;
  }): Promise<boolean>;
  /** Notes that the device asked, and where it was approved makes it the session, once. null for an unknown device. */
  pollDeviceRequest(
    hash: string,
    session: Omit<NewSession, "account" | "device"> & { readonly slowDown: number },
  ): Promise<Polled | null>;

  createInvite(invite: {
    readonly hash: string;
    readonly createdAt: number;
    readonly expiresAt: number;
  }): Promise<void>;
};
