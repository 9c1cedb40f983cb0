/** Security events of an account. The names stand in logs, in databases and on the wire. */
export const AUTH_EVENT_KINDS = [
  "sign_up",
  "sign_in",
  "sign_out",
  /** Another device was locked out. */
  "session_end",
  /** A refresh token was used again, so the session has two holders. */
  "token_reuse",
  /** Too many failures: only networks that signed in before may go on. */
  "lockout",
  "password_change",
  "password_reset",
  "token_create",
  "token_revoke",
  "device_approve",
  "device_deny",
  /** A user code that no device waits with. */
  "device_guess",
  "account_delete",
  "account_disable",
  "account_enable",
] as const;
export type AuthEventKind = (typeof AUTH_EVENT_KINDS)[number];

/** `failed`: a wrong password, code or token. `refused`: not even looked at, because there were too many failures. */
export const AUTH_OUTCOMES = ["ok", "failed", "refused"] as const;
export type AuthOutcome = (typeof AUTH_OUTCOMES)[number];

/** In the place of an account, for events of e-mail addresses that nobody has. */
export const NO_ACCOUNT = "";

/** What is reported of an account, or of an e-mail address if no account is known by it. */
export type AuthReport = {
  readonly kind: AuthEventKind;
  readonly outcome: AuthOutcome;
  readonly account: string | null;
  /** The e-mail address that was typed, if there is no account. */
  readonly email?: string;
  /** The name of the device or token that it is about. Never a secret. */
  readonly subject?: string;
};
