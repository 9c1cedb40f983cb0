import type { AuthReport } from "../../domain/auth-event.ts";
import type { Quotas } from "../../domain/quotas.ts";
import type { AccountStore } from "../../ports/accounts.ts";
import type { System } from "../../ports/system.ts";
import type { AccessTokens } from "./access-tokens.ts";
import type { EventLog } from "./event-log.ts";
import type { Passwords } from "./passwords.ts";
import type { RefreshTokens } from "./refresh-tokens.ts";

/**
 * Who may sign up: anyone, holders of an invitation, nobody, or (`first`) the very first user and then holders of an
 * invitation.
 */
export const SIGNUP_MODES = ["first", "open", "invite", "closed"] as const;
export type SignupMode = (typeof SIGNUP_MODES)[number];

/** What a server has for its accounts. */
export type AccountServices = {
  readonly accounts: AccountStore;
  readonly passwords: Passwords;
  readonly tokens: AccessTokens;
  readonly refreshTokens: RefreshTokens;
  readonly signup: SignupMode;
  readonly quotas: Pick<Quotas, "devices" | "tokens">;
  readonly system: Pick<System, "now" | "newId">;
  readonly events: EventLog;
};

/** The dependencies of one request about accounts. `record` knows where the request came from. */
export type AccountDeps = Omit<AccountServices, "events"> & { readonly record: (report: AuthReport) => void };
