import type { AuthEventKind, AuthOutcome } from "../domain/auth-event.ts";

/** A user who signs in with a password here. All times are Unix milliseconds. */
export type Account = {
  /** The owner of the tasks, and the `sub` of tokens. */
  readonly id: string;
  /** Unique in lower case. */
  readonly email: string;
  readonly passwordHash: string;
  readonly createdAt: number;
  readonly disabledAt: number | null;
};

/** A device that is signed in. */
export type Session = {
  readonly id: string;
  readonly account: string;
  /** The name that the device gives itself. */
  readonly device: string;
  readonly createdAt: number;
  /** The time of the last renewal. */
  readonly usedAt: number;
  readonly expiresAt: number;
};

/** A token that a user made for a program. */
export type PersonalToken = {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** The last characters of the token, by which people recognize it. */
  readonly last8: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly usedAt: number | null;
};

/** A device that waits for a user to approve it (RFC 8628). */
export type DeviceRequest = {
  readonly device: string;
  readonly userCode: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly decision: "approved" | "denied" | null;
};

/** An invitation, by the hash of its code. */
export type Invite = { readonly hash: string; readonly createdAt: number; readonly expiresAt: number };

/** An invitation with the e-mail address of whoever used it. */
export type ListedInvite = Invite & { readonly usedBy: string | null };

/** Who may sign up: anyone, only the very first user, or the holder of an invitation (the hash of its code). */
export type Admission =
  { readonly kind: "open" } | { readonly kind: "first" } | { readonly kind: "invite"; readonly hash: string };

/**
 * A session with the hashes of its refresh tokens. If `token` is not the requested one, another request renewed it
 * first.
 */
export type RenewedSession = {
  readonly session: Session;
  readonly email: string;
  readonly token: string;
  readonly previous: string | null;
  /** The token, readable only with the previous one. */
  readonly sealed: string | null;
  readonly isEnded: boolean;
};

/** A renewal of a session, from one hash of a refresh token to the next. */
export type Renewal = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly sealed: string;
  readonly now: number;
  readonly expiresAt: number;
  /** The session ends so long after it was created, however often it is renewed. */
  readonly maxAgeMs: number;
};

/** A new session and the hash of its first refresh token. */
export type NewSession = Session & { readonly token: string };

/** A session, and what else must be true of it. */
export type SessionReference = { readonly id: string } | { readonly id: string; readonly account: string };

/** The state that a waiting device gets when it polls. */
export type Polled = {
  readonly request: DeviceRequest;
  /** The time of the poll before. */
  readonly polledAt: number | null;
  readonly pollIntervalMs: number;
  /** Whether it was let in and given no session because the account has too many. */
  readonly isSurplus: boolean;
  /** The session that it was given. It is answered once. */
  readonly session: { readonly account: string; readonly email: string } | null;
};

/** A security event. */
export type AuthEvent = {
  /** Or `NO_ACCOUNT`. */
  readonly account: string;
  readonly at: number;
  readonly kind: AuthEventKind;
  readonly outcome: AuthOutcome;
  /** Both are null for what was done on the server's machine. */
  readonly address: string | null;
  readonly network: string | null;
  /** The name of the device or token that it is about. */
  readonly subject: string | null;
};

/**
 * Accounts and their credentials. Secrets are stored as SHA-256 hashes only. Each method is one read or one
 * transaction where nothing else is said, and throws as the `Store` does. One suite tests every implementation: test/db/accounts-contract.ts.
 */
export type AccountStore = {
  /** Throws `forbidden` if the admission does not allow it, and `conflict` for an e-mail address that is taken. */
  createAccount(account: Account, admission: Admission): Promise<void>;
  findAccount(by: { readonly id: string } | { readonly email: string }): Promise<Account | null>;
  /** By e-mail address, with the time of the last renewal of a session. */
  listAccounts(): Promise<(Account & { readonly usedAt: number | null })[]>;
  /** Whether anybody has an account, or ever had one. */
  hadAccounts(): Promise<boolean>;
  /** Ends all sessions but `keep`, and with `tokens` all personal tokens. */
  setPassword(change: {
    readonly account: string;
    readonly hash: string;
    readonly now: number;
    readonly keep?: string;
    readonly tokens?: boolean;
  }): Promise<void>;
  /** Replaces a hash with a better one of the same password, unless the password was changed. */
  renewHash(account: string, from: string, to: string): Promise<void>;
  /** Disabling ends all sessions. null enables again. */
  setDisabled(account: string, at: number | null): Promise<void>;
  /**
   * Deletes the account with everything it owns, tasks too. The account goes first and in one transaction, its tasks a few at a time.
   */
  deleteAccount(account: string): Promise<void>;
  /** Removes what is left of accounts whose deletion was interrupted. */
  finishDeletions(): Promise<void>;

  /**
   * Answers false if the account is missing or disabled. Deletes expired sessions of the account. Throws
   * `quota_exceeded` if it would have more than `max` then, 0 for no limit.
   */
  createSession(session: NewSession, max: number): Promise<boolean>;
  /** Renews if `from` is the current token. Answers the session as it is then, or null if there is none. */
  renewSession(renewal: Renewal): Promise<RenewedSession | null>;
  /** A live session of an account that is not disabled. */
  findSession(id: string, now: number): Promise<{ readonly session: Session; readonly email: string } | null>;
  /** Whether this is the hash of the current refresh token of a live session, or of the one before. */
  hasRefreshToken(by: { readonly session: string; readonly token: string }, now: number): Promise<boolean>;
  /** The live sessions, the last used first. */
  listSessions(account: string, now: number): Promise<Session[]>;
  /** Answers whether there was one. `account` must be its own. */
  endSession(by: SessionReference, now: number): Promise<boolean>;

  /** Throws `quota_exceeded` if the account would have more than `max`, 0 for no limit. */
  createToken(token: PersonalToken & { readonly hash: string }, max: number): Promise<void>;
  /** A live token of an account that is not disabled. */
  findToken(hash: string, now: number): Promise<{ readonly token: PersonalToken; readonly email: string } | null>;
  listTokens(account: string): Promise<PersonalToken[]>;
  removeToken(account: string, id: string): Promise<boolean>;
  /** Notes that a token was used. */
  touchToken(id: string, now: number): Promise<void>;

  /** Answers false if the user code is taken. Deletes requests that expired long ago. */
  createDeviceRequest(
    request: DeviceRequest & { readonly hash: string; readonly pollIntervalMs: number },
  ): Promise<boolean>;
  /** A request that has not expired. */
  findDeviceRequest(userCode: string, now: number): Promise<DeviceRequest | null>;
  /** Answers whether there was a request to decide on, and the session of the account that decides is live. */
  decideDeviceRequest(decision: {
    readonly userCode: string;
    readonly account: string;
    readonly session: string;
    readonly decision: "approved" | "denied";
    readonly now: number;
  }): Promise<boolean>;
  /**
   * Notes the poll. If the request was approved, creates the session, once, unless the account would have more than `max`
   * then, 0 for no limit. null for an unknown device.
   */
  pollDeviceRequest(
    hash: string,
    session: Omit<NewSession, "account" | "device"> & { readonly slowDownMs: number; readonly max: number },
  ): Promise<Polled | null>;

  /** Deletes those whose end has come, used or not. */
  createInvite(invite: Invite): Promise<void>;
  /** The oldest first. */
  listInvites(): Promise<ListedInvite[]>;
  /** Answers whether there was one that nobody had used. */
  removeInvite(hash: string): Promise<boolean>;

  /** Keeps the event, unless its account is gone, and removes those of the account that are old or too many. */
  addEvent(event: AuthEvent): Promise<void>;
  /** At most `limit` events that are not too old, the newest first. */
  listEvents(account: string, page: { readonly now: number; readonly limit: number }): Promise<AuthEvent[]>;
  /** Whether somebody signed in to the account from this network, as far as events are kept. */
  hasSignedIn(
    by: { readonly id: string } | { readonly email: string },
    from: { readonly network: string; readonly now: number },
  ): Promise<boolean>;
};
