import { describe, expect, test } from "bun:test";
import type { Account, AccountStore, NewSession } from "../../../src/ports/accounts.ts";
import {
  addRequest,
  addToken,
  draftAccount,
  draftEvent,
  type DraftedRequest,
  type DraftedToken,
  draftPoll,
  draftRenewal,
  draftRequest,
  draftSession,
  draftToken,
  HOUR,
  letIn,
  newHash,
  NOW,
  signIn,
  signUp,
} from "../../support/accounts/drafts.ts";
import type { Alter } from "../../support/postgres/altered-store.ts";
import { refusalOf } from "../../support/errors.ts";
import { useStoresByHand } from "../../support/postgres/by-hand.ts";
import { useSharedDatabase } from "../../support/postgres/shared.ts";
import { LOOK_FIRST } from "../../support/postgres/states.ts";

const shareDatabase = useSharedDatabase();
const openByHand = useStoresByHand(1);

/** A client that loses the answer of its first unit of work, which is done. */
const forgetful: Alter = (client) => {
  let isLost = false;
  return {
    ...client,
    transaction: async (statements, attempt) => {
      const answers = await client.transaction(statements, attempt);
      if (isLost) return answers;
      isLost = true;
      throw Object.assign(new Error("the answer was lost"), { code: "ECONNRESET" });
    },
  };
};

/** Somebody with one of each. */
type Settled = {
  readonly account: Account;
  readonly session: NewSession;
  readonly token: DraftedToken;
  readonly waiting: DraftedRequest;
  readonly approved: DraftedRequest;
};

type Write = (accounts: AccountStore, settled: Settled) => Promise<unknown>;

type Writes = Exclude<
  keyof AccountStore,
  | "findAccount"
  | "listAccounts"
  | "hadAccounts"
  | "findSession"
  | "hasRefreshToken"
  | "listSessions"
  | "findToken"
  | "listTokens"
  | "findDeviceRequest"
  | "listEvents"
  | "hasSignedIn"
  | "listInvites"
>;

/** What answers whether it changed something, or gives something once: a second answer would be another one. */
type Once = "endSession" | "removeToken" | "decideDeviceRequest" | "pollDeviceRequest" | "removeInvite";

/** Every other way to write, and what is answered. A new method must be added to one of the two to compile. */
const REPEATED: Record<Exclude<Writes, Once>, readonly [write: Write, answer: unknown]> = {
  createAccount: [(accounts) => accounts.createAccount(draftAccount(), { kind: "open" }), undefined],
  setPassword: [
    (accounts, { account }) => accounts.setPassword({ account: account.id, hash: newHash(), now: NOW }),
    undefined,
  ],
  renewHash: [(accounts, { account }) => accounts.renewHash(account.id, account.passwordHash, newHash()), undefined],
  setDisabled: [(accounts, { account }) => accounts.setDisabled(account.id, NOW), undefined],
  deleteAccount: [(accounts, { account }) => accounts.deleteAccount(account.id), undefined],
  finishDeletions: [(accounts) => accounts.finishDeletions(), undefined],
  createSession: [(accounts, { account }) => accounts.createSession(draftSession(account.id), 0), true],
  renewSession: [
    async (accounts, { session }) => {
      const renewal = draftRenewal(session);
      return (await accounts.renewSession(renewal))?.token === renewal.to;
    },
    true,
  ],
  createToken: [(accounts, { account }) => accounts.createToken(draftToken(account.id), 0), undefined],
  touchToken: [(accounts, { token }) => accounts.touchToken(token.id, NOW), undefined],
  createDeviceRequest: [(accounts) => accounts.createDeviceRequest(draftRequest()), true],
  createInvite: [
    (accounts) => accounts.createInvite({ hash: newHash(), createdAt: NOW, expiresAt: NOW + HOUR }),
    undefined,
  ],
  addEvent: [(accounts, { account }) => accounts.addEvent(draftEvent(account.id)), undefined],
};

const ONCE: Record<Once, Write> = {
  endSession: (accounts, { session }) => accounts.endSession({ id: session.id }, NOW),
  removeToken: (accounts, { account, token }) => accounts.removeToken(account.id, token.id),
  decideDeviceRequest: (accounts, { session: { id, account }, waiting: { userCode } }) =>
    accounts.decideDeviceRequest({ userCode, account, session: id, decision: "approved", now: NOW }),
  pollDeviceRequest: (accounts, { approved: { hash } }) => accounts.pollDeviceRequest(hash, draftPoll(NOW)),
  removeInvite: (accounts) => accounts.removeInvite(newHash()),
};

async function settle(): Promise<{ readonly settled: Settled; readonly accounts: AccountStore }> {
  const { appUrl } = await shareDatabase();
  const { accounts } = openByHand(appUrl);
  const account = await signUp(accounts);
  const settled = {
    account,
    session: await signIn(accounts, account),
    token: await addToken(accounts, account),
    waiting: await addRequest(accounts),
    approved: await letIn(accounts, account),
  };
  return { settled, accounts: openByHand(appUrl, forgetful).accounts };
}

describe("a connection that breaks after a unit of work, before its answer,", () => {
  test.each(Object.entries(REPEATED))("is not noticed by who calls %s", async (_, [write, answer]) => {
    const { settled, accounts } = await settle();
    expect(await write(accounts, settled)).toEqual(answer);
  });

  test.each(Object.entries(ONCE))("has who calls %s look whether it was done", async (_, write) => {
    const { settled, accounts } = await settle();
    expect(await refusalOf(write(accounts, settled))).toMatchObject({ code: "unavailable", hints: [LOOK_FIRST] });
  });
});
