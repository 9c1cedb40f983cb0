import type { AccountStore } from "../../ports/accounts.ts";
import type { Engine } from "../engine.ts";

/** The one implementation of the port of accounts, over whichever engine. Each part loads when it is used: most commands need none. */
export function createAccountStore(engine: Engine): AccountStore {
  return {
    createAccount: async (account, admission) =>
      (await import("./sign-up.ts")).createAccount(engine, account, admission),
    findAccount: async (by) => (await import("./accounts.ts")).findAccount(engine, by),
    listAccounts: async () => (await import("./accounts.ts")).listAccounts(engine),
    hadAccounts: async () => (await import("./first.ts")).hadAccounts(engine),
    setPassword: async (change) => (await import("./accounts.ts")).setPassword(engine, change),
    renewHash: async (account, from, to) => (await import("./accounts.ts")).renewHash(engine, account, from, to),
    setDisabled: async (account, at) => (await import("./accounts.ts")).setDisabled(engine, account, at),
    deleteAccount: async (account) => (await import("./deletion.ts")).deleteAccount(engine, account),
    finishDeletions: async () => (await import("./deletion.ts")).finishDeletions(engine),
    createInvite: async (invite) => (await import("./sign-up.ts")).createInvite(engine, invite),
    listInvites: async () => (await import("./sign-up.ts")).listInvites(engine),
    removeInvite: async (hash) => (await import("./sign-up.ts")).removeInvite(engine, hash),

    createSession: async (session, max) => (await import("./sessions.ts")).createSession(engine, session, max),
    renewSession: async (renewal) => (await import("./sessions.ts")).renewSession(engine, renewal),
    findSession: async (id, now) => (await import("./sessions.ts")).findSession(engine, id, now),
    hasRefreshToken: async (by, now) => (await import("./sessions.ts")).hasRefreshToken(engine, by, now),
    listSessions: async (account, now) => (await import("./sessions.ts")).listSessions(engine, account, now),
    endSession: async (by, now) => (await import("./sessions.ts")).endSession(engine, by, now),

    createToken: async (token, max) => (await import("./api-tokens.ts")).createToken(engine, token, max),
    findToken: async (hash, now) => (await import("./api-tokens.ts")).findToken(engine, hash, now),
    listTokens: async (account) => (await import("./api-tokens.ts")).listTokens(engine, account),
    removeToken: async (account, id) => (await import("./api-tokens.ts")).removeToken(engine, account, id),
    touchToken: async (id, now) => (await import("./api-tokens.ts")).touchToken(engine, id, now),

    createDeviceRequest: async (request) => (await import("./device-codes.ts")).createDeviceRequest(engine, request),
    findDeviceRequest: async (userCode, now) =>
      (await import("./device-codes.ts")).findDeviceRequest(engine, userCode, now),
    decideDeviceRequest: async (decision) => (await import("./device-codes.ts")).decideDeviceRequest(engine, decision),
    pollDeviceRequest: async (hash, session) =>
      (await import("./device-codes.ts")).pollDeviceRequest(engine, hash, session),

    addEvent: async (event) => (await import("./auth-events.ts")).addEvent(engine, event),
    listEvents: async (account, page) => (await import("./auth-events.ts")).listEvents(engine, account, page),
    hasSignedIn: async (by, from) => (await import("./auth-events.ts")).hasSignedIn(engine, by, from),
  };
}
