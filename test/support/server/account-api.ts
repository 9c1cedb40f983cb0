import type { z } from "zod";
import type { AccountStore } from "../../../src/ports/accounts.ts";
import type { AccountLimits } from "../../../src/server/limits/account-limits.ts";
import type { ServerDeps } from "../../../src/server/request-context.ts";
import { DEFAULT_QUOTAS } from "../../../src/services/quotas/settings.ts";
import { createAccessTokens } from "../../../src/services/accounts/access-tokens.ts";
import type { AccountServices, SignupMode } from "../../../src/services/accounts/account-deps.ts";
import { createInvite } from "../../../src/services/accounts/admin.ts";
import { createEventLog, type EventLine } from "../../../src/services/accounts/event-log.ts";
import { createGuard } from "../../../src/services/accounts/authenticate.ts";
import { createPasswords, type Passwords } from "../../../src/services/accounts/passwords.ts";
import { createRefreshTokens } from "../../../src/services/accounts/refresh-tokens.ts";
import { createAuthenticator } from "../../../src/services/tokens/authenticate.ts";
import type { TokenSettings } from "../../../src/services/tokens/settings.ts";
import type { wireDeviceOrder, wireGrant, wireNewToken } from "../../../src/contract/account-replies.ts";
import { type OpenStores, type Stores, useMemoryStores } from "../accounts/stores.ts";
import { type Api, type Ask, createApi, NO_LIMITS, type Replied, TOKENS } from "./api.ts";
import { createSecretWatch } from "./secret-watch.ts";

export const EMAIL = "ada@example.com";
export const PASSWORD = "seven tall green lamps";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export type Grant = z.output<typeof wireGrant>;
export type NewToken = z.output<typeof wireNewToken>;
export type StartedDevice = z.output<typeof wireDeviceOrder>;

/** What comes with a request as its bearer: a token, or the grant that it is in. */
export type Bearer = string | Pick<Grant, "access_token"> | Pick<NewToken, "token">;

export type AccountAsk = Omit<Ask, "as" | "claims"> & {
  readonly as?: Bearer;
  /** Fields that are sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
};

type Clock = { readonly now: () => number };

/** What a test decides about a server. Anyone may sign up, and passwords are cheap, unless it says otherwise. */
export type Setting = {
  readonly signup?: SignupMode;
  readonly passwords?: Passwords;
  readonly tokens?: Partial<TokenSettings>;
  readonly quotas?: Partial<AccountServices["quotas"]>;
  readonly limits?: (clock: Clock) => Partial<AccountLimits>;
  /** What some methods of the store of accounts do in another way. */
  readonly alter?: (accounts: AccountStore) => Partial<AccountStore>;
  readonly parts?: Partial<
    Pick<ServerDeps, "publicUrl" | "basePath" | "isTrustedProxy" | "accounts" | "owner" | "web" | "readConnections">
  >;
};

/** An API with accounts, with a clock that the test moves. */
export type AccountApi = ReturnType<typeof createAccountApi>;
export type OpenAccountApi = (setting?: Setting) => Promise<AccountApi>;

/** Opens APIs with accounts over stores with nothing in them. */
export function useAccountApis(openStores: OpenStores = useMemoryStores()): OpenAccountApi {
  return async (setting) => createAccountApi(await openStores(), setting);
}

function createAccountApi(stores: Stores, setting: Setting = {}, clock?: Api["clock"]) {
  const events: EventLine[] = [];
  let settled = () => Promise.resolve();
  const api = createApi(
    ({ now }) => {
      const parts = createParts(stores, setting, { now, events });
      settled = parts.accounts?.events.settled ?? settled;
      return parts;
    },
    () => stores.store,
    clock,
  );
  const watch = createSecretWatch([api.lines, events]);

  /** Sends a request and checks what comes back against the document, and that no secret is where it doesn't belong. */
  const ask = async (method: string, path: string, { as, form, ...options }: AccountAsk = {}): Promise<Replied> => {
    const token = as === undefined ? undefined : textOf(as);
    if (token !== undefined) watch.note(token);
    const reply = await api.ask(method, path, {
      ...options,
      as: null,
      ...(form && { text: new URLSearchParams(form).toString() }),
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(form && { "content-type": "application/x-www-form-urlencoded" }),
        ...options.headers,
      },
    });
    watch.look(`${method} ${path.replace(/\?.*/, "")}`, form ?? options.json, reply);
    return reply;
  };

  /** Asks for what must be given, and answers it. */
  const get = async <Given>(method: string, path: string, options: AccountAsk): Promise<Given> => {
    const { status, body } = await ask(method, path, options);
    if (status !== 200 && status !== 201) throw new Error(`${method} ${path}: ${JSON.stringify(body)}`);
    return body;
  };

  return {
    ...stores,
    clock: api.clock,
    lines: api.lines,
    /** The events in the log. */
    events,
    /** Resolves when all of them are in the database. */
    settled: () => settled(),
    /** A token of an issuer that has the server's secret. */
    foreignTokenOf: api.tokenOf,
    /** Sends a request and answers what comes back as it is. */
    send: api.send,
    ask,
    /** Another server on the same stores, with the same clock. */
    beside: (other: Setting = {}) => createAccountApi(stores, other, api.clock),
    /** Makes an account. */
    register: (more: Readonly<Record<string, string>> = {}) =>
      get<Grant>("POST", "/api/auth/register", { json: { email: EMAIL, password: PASSWORD, ...more } }),
    logIn: (more: Readonly<Record<string, string>> = {}) =>
      get<Grant>("POST", "/api/auth/login", { json: { email: EMAIL, password: PASSWORD, ...more } }),
    refresh: ({ refresh_token }: Pick<Grant, "refresh_token">) =>
      get<Grant>("POST", "/api/auth/refresh", { json: { refresh_token } }),
    /** A personal token. */
    makeToken: (as: Bearer, more: Readonly<Record<string, unknown>> = {}) =>
      get<NewToken>("POST", "/api/auth/tokens", { as, json: { password: PASSWORD, name: "backup", ...more } }),
    startDevice: () => get<StartedDevice>("POST", "/api/auth/device", { json: { device: "television" } }),
    /** The code of an invitation. */
    invite: async () => (await createInvite(stores.accounts, api.clock.now)).code,
    /** The status with which the server answers who asks who they are. */
    knock: async (as: Bearer) => (await ask("GET", "/api/me", { as })).status,
  };
}

/** What a server is made of, as serve.ts makes it. */
function createParts(
  { store, accounts, sync }: Stores,
  setting: Setting,
  { now, events }: { readonly now: () => number; readonly events: EventLine[] },
): Partial<ServerDeps> {
  const { signup = "open", passwords = createPasswords({ memoryCost: 8, timeCost: 1 }), alter, limits } = setting;
  const settings = { ...TOKENS, ...setting.tokens };
  const system = { now, today: () => "2026-11-20", timeZone: () => "UTC", newId: () => Bun.randomUUIDv7() };
  const tokens = createAccessTokens(settings.secrets);
  const others = createAuthenticator(settings, { now, fetch });
  const guard = createGuard({ ...accounts, ...alter?.(accounts) }, tokens, { others, now });
  const refreshTokens = createRefreshTokens(settings.secrets);
  const log = createEventLog({ accounts: guard.accounts, now, write: (line) => void events.push(line) });
  const signing = { tokens, refreshTokens };
  const shared = { accounts: guard.accounts, passwords, ...signing, system, events: log };
  const deps: AccountServices = { ...shared, signup, quotas: { ...DEFAULT_QUOTAS, ...setting.quotas } };
  return {
    store,
    sync,
    system,
    authenticate: guard.authenticate,
    accounts: deps,
    limits: { ...NO_LIMITS, ...limits?.({ now }) },
    ...setting.parts,
  };
}

function textOf(bearer: Bearer): string {
  if (typeof bearer === "string") return bearer;
  return "token" in bearer ? bearer.token : bearer.access_token;
}
