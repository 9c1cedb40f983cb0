import type { AccountStore } from "../../ports/accounts.ts";
import type { Engine } from "../engine.ts";
import { findAccount, listAccounts, renewHash, setDisabled, setPassword } from "./accounts.ts";
import { createToken, findToken, listTokens, removeToken, touchToken } from "./api-tokens.ts";
import { addEvent, hasSignedIn, listEvents } from "./auth-events.ts";
import { deleteAccount, finishDeletions } from "./deletion.ts";
import { createDeviceRequest, decideDeviceRequest, findDeviceRequest, pollDeviceRequest } from "./device-codes.ts";
import { hadAccounts } from "./first.ts";
import { createSession, endSession, findSession, hasRefreshToken, listSessions, renewSession } from "./sessions.ts";
import { createAccount, createInvite, listInvites, removeInvite } from "./sign-up.ts";

/** The one implementation of the port of accounts, over whichever engine. */
export function createAccountStore(engine: Engine): AccountStore {
  return {
    createAccount: (account, admission) => createAccount(engine, account, admission),
    findAccount: (by) => findAccount(engine, by),
    listAccounts: () => listAccounts(engine),
    hadAccounts: () => hadAccounts(engine),
    setPassword: (change) => setPassword(engine, change),
    renewHash: (account, from, to) => renewHash(engine, account, from, to),
    setDisabled: (account, at) => setDisabled(engine, account, at),
    deleteAccount: (account) => deleteAccount(engine, account),
    finishDeletions: () => finishDeletions(engine),
    createInvite: (invite) => createInvite(engine, invite),
    listInvites: () => listInvites(engine),
    removeInvite: (hash) => removeInvite(engine, hash),

    createSession: (session, max) => createSession(engine, session, max),
    renewSession: (renewal) => renewSession(engine, renewal),
    findSession: (id, now) => findSession(engine, id, now),
    hasRefreshToken: (by, now) => hasRefreshToken(engine, by, now),
    listSessions: (account, now) => listSessions(engine, account, now),
    endSession: (by, now) => endSession(engine, by, now),

    createToken: (token, max) => createToken(engine, token, max),
    findToken: (hash, now) => findToken(engine, hash, now),
    listTokens: (account) => listTokens(engine, account),
    removeToken: (account, id) => removeToken(engine, account, id),
    touchToken: (id, now) => touchToken(engine, id, now),

    createDeviceRequest: (request) => createDeviceRequest(engine, request),
    findDeviceRequest: (userCode, now) => findDeviceRequest(engine, userCode, now),
    decideDeviceRequest: (decision) => decideDeviceRequest(engine, decision),
    pollDeviceRequest: (hash, session) => pollDeviceRequest(engine, hash, session),

    addEvent: (event) => addEvent(engine, event),
    listEvents: (account, page) => listEvents(engine, account, page),
    hasSignedIn: (by, from) => hasSignedIn(engine, by, from),
  };
}
