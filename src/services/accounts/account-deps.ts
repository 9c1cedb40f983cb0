import type { AccountStore } from "../../ports/accounts.ts";
import type { System } from "../../ports/system.ts";
import type { AccessTokens } from "./access-tokens.ts";
import type { Passwords } from "./passwords.ts";
import type { RefreshTokens } from "./refresh-tokens.ts";

/**
 * Who may sign up: anyone, holders of an invitation, nobody, or (`first`) the very first user and then holders of an
 * invitation.
 */
export const SIGNUP_MODES = ["first", "open", "invite", "closed"] as const;
export type SignupMode = (typeof SIGNUP_MODES)[number];

/** The dependencies of accounts. */
export type AccountDeps = {
  readonly accounts: AccountStore;
  readonly passwords: Passwords;
  readonly tokens: AccessTokens;
  readonly refreshTokens: RefreshTokens;
  readonly signup: SignupMode;
  readonly system: Pick<System, "now" | "newId">;
};
