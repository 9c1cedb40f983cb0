import { describe, expect, test } from "bun:test";
import type { Account, NewSession } from "../../../src/ports/accounts.ts";
import {
  addRequest,
  addToken,
  draftAccount,
  draftPoll,
  type DraftedRequest,
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
import type { ByHand } from "../../support/postgres/altered-store.ts";
import { newId } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";
import { useStoresByHand } from "../../support/postgres/by-hand.ts";
import { useSharedDatabase } from "../../support/postgres/shared.ts";
import { GATE, waiting } from "../../support/postgres/gate.ts";
import { queryPostgres } from "../../support/postgres/query.ts";
import { untilSessions, whileUncommitted } from "../../support/postgres/sessions.ts";

const shareDatabase = useSharedDatabase();
const openByHand = useStoresByHand(1);

type Work<Result> = (opened: ByHand) => Promise<Result>;

/** Does the first and, before that is committed, begins the other, which must wait for it. Answers how both end. */
async function cross<One, Other>(
  first: Work<One>,
  other: Work<Other>,
): Promise<[PromiseSettledResult<One>, PromiseSettledResult<Other>]> {
  const { url, appUrl } = await shareDatabase();
  const [late, prompt] = [openByHand(appUrl, waiting), openByHand(appUrl)];
  return whileUncommitted({ url, statement: GATE }, async (takeBack) => {
    const one = first(late);
    await untilSessions(url, "waiting", 1);
    const another = other(prompt);
    const both = Promise.allSettled([one, another]);
    try {
      await untilSessions(url, "waiting", 2);
    } finally {
      await takeBack();
    }
    return both;
  });
}

/** The accounts where nothing is in anybody's way. */
async function openAccounts() {
  const { accounts } = openByHand((await shareDatabase()).appUrl);
  return accounts;
}

/** Every way in which an account's devices lose what they have. */
const ENDS: readonly (readonly [name: string, end: (account: Account) => Work<unknown>])[] = [
  [
    "is disabled",
    ({ id }) =>
      ({ accounts }) =>
        accounts.setDisabled(id, NOW),
  ],
  [
    "gets a new password",
    ({ id }) =>
      ({ accounts }) =>
        accounts.setPassword({ account: id, hash: newHash(), now: NOW }),
  ],
  [
    "is deleted",
    ({ id }) =>
      ({ accounts }) =>
        accounts.deleteAccount(id),
  ],
];

/** The sessions that are good once the account is enabled again. */
async function sessionsOf({ id }: Account): Promise<unknown[]> {
  const accounts = await openAccounts();
  await accounts.setDisabled(id, null);
  return accounts.listSessions(id, NOW);
}

/** Decides on a device by a session. */
const decide =
  (
    { userCode }: DraftedRequest,
    { id: session, account }: NewSession,
    decision: "approved" | "denied",
  ): Work<boolean> =>
  ({ accounts }) =>
    accounts.decideDeviceRequest({ userCode, account, session, decision, now: NOW });

describe.each(ENDS)("while an account %s", (_, end) => {
  test("a device that was let in just before gets no session", async () => {
    const accounts = await openAccounts();
    const account = await signUp(accounts);
    const [session, request] = [await signIn(accounts, account), await addRequest(accounts)];
    const [decided] = await cross(decide(request, session, "approved"), end(account));
    expect(decided).toMatchObject({ value: true });
    const polled = await accounts.pollDeviceRequest(request.hash, draftPoll(NOW));
    expect(polled?.session ?? null).toBeNull();
    expect(await sessionsOf(account)).toEqual([]);
  });

  test("no device is let in", async () => {
    const accounts = await openAccounts();
    const account = await signUp(accounts);
    const [session, request] = [await signIn(accounts, account), await addRequest(accounts)];
    const [, decided] = await cross(end(account), decide(request, session, "approved"));
    expect(decided).toMatchObject({ value: false });
  });

  test("a device that asked before keeps no session", async () => {
    const accounts = await openAccounts();
    const account = await signUp(accounts);
    const { hash } = await letIn(accounts, account);
    const [polled] = await cross((opened) => opened.accounts.pollDeviceRequest(hash, draftPoll(NOW)), end(account));
    expect(polled).toMatchObject({ value: { session: { account: account.id } } });
    expect(await sessionsOf(account)).toEqual([]);
  });

  test("a device that asks then is given no session", async () => {
    const accounts = await openAccounts();
    const account = await signUp(accounts);
    const { hash } = await letIn(accounts, account);
    const [, polled] = await cross(end(account), (opened) => opened.accounts.pollDeviceRequest(hash, draftPoll(NOW)));
    expect(polled).toMatchObject({ value: { session: null } });
    expect(await sessionsOf(account)).toEqual([]);
  });

  test("a sign-in from before keeps no session", async () => {
    const account = await signUp(await openAccounts());
    const [made] = await cross((opened) => opened.accounts.createSession(draftSession(account.id), 0), end(account));
    expect(made).toMatchObject({ value: true });
    expect(await sessionsOf(account)).toEqual([]);
  });

  test("a renewal from before keeps no session", async () => {
    const accounts = await openAccounts();
    const account = await signUp(accounts);
    const session = await signIn(accounts, account);
    await cross((opened) => opened.accounts.renewSession(draftRenewal(session)), end(account));
    expect(await sessionsOf(account)).toEqual([]);
  });

  test("a renewal is none", async () => {
    const accounts = await openAccounts();
    const account = await signUp(accounts);
    const session = await signIn(accounts, account);
    const isRefused: Work<boolean> = async (opened) => {
      const answer = await opened.accounts.renewSession(draftRenewal(session));
      return answer === null || (answer.isEnded && answer.token === session.token);
    };
    const [, refused] = await cross(end(account), isRefused);
    expect(refused).toMatchObject({ value: true });
    expect(await sessionsOf(account)).toEqual([]);
  });
});

describe.each(ENDS.filter(([name]) => name !== "gets a new password"))("while an account %s", (_, end) => {
  test("nobody signs in to it", async () => {
    const account = await signUp(await openAccounts());
    const [, made] = await cross(end(account), (opened) => opened.accounts.createSession(draftSession(account.id), 0));
    expect(made).toMatchObject({ value: false });
    expect(await sessionsOf(account)).toEqual([]);
  });
});

describe("while an account is deleted", () => {
  const remove =
    ({ id }: Account): Work<unknown> =>
    ({ accounts }) =>
      accounts.deleteAccount(id);
  const write =
    ({ id }: Account): Work<unknown> =>
    ({ store }) =>
      store.commit(id, { action: "add", now: NOW, edits: [{ id: newId(), fields: { title: "x" } }] });

  /** The row that says that the account is deleted. */
  const MARK_ALONE = [1, 0, 0];

  /** How many rows are an account's in the tables of tasks. */
  const rowsOf = async ({ id }: Account) =>
    queryPostgres(
      (await shareDatabase()).url,
      `select (select count(*)::int from users where id = '${id}'), (select count(*)::int from tasks where user_id = '${id}'),
         (select count(*)::int from history where user_id = '${id}')`,
    );

  test("tasks that are being written go with it", async () => {
    const account = await signUp(await openAccounts());
    // As every request does before it writes.
    await openByHand((await shareDatabase()).appUrl).store.ensureUser(account.id);
    await cross(write(account), remove(account));
    expect(await rowsOf(account)).toEqual([MARK_ALONE]);
  });

  test("no tasks are written for it", async () => {
    const account = await signUp(await openAccounts());
    await openByHand((await shareDatabase()).appUrl).store.ensureUser(account.id);
    await cross(remove(account), write(account));
    expect(await rowsOf(account)).toEqual([MARK_ALONE]);
  });

  test("a token that is being made goes with it", async () => {
    const accounts = await openAccounts();
    const account = await signUp(accounts);
    await cross((opened) => opened.accounts.createToken(draftToken(account.id), 0), remove(account));
    expect(await accounts.listTokens(account.id)).toEqual([]);
  });

  test("no token is made for it", async () => {
    const accounts = await openAccounts();
    const account = await signUp(accounts);
    await cross(remove(account), (opened) => opened.accounts.createToken(draftToken(account.id), 0));
    expect(await accounts.listTokens(account.id)).toEqual([]);
  });
});

describe("the second of two at the same moment", () => {
  const invite = async () => {
    const hash = newHash();
    await (await openAccounts()).createInvite({ hash, createdAt: NOW, expiresAt: NOW + HOUR });
    return { kind: "invite", hash } as const;
  };

  test("with an e-mail address waits and is refused", async () => {
    const { email } = draftAccount();
    const create: Work<void> = ({ accounts }) => accounts.createAccount(draftAccount({ email }), { kind: "open" });
    const [, second] = await cross(create, create);
    expect(second).toMatchObject({ reason: { code: "conflict" } });
  });

  test("with an invitation waits and is forbidden", async () => {
    const admission = await invite();
    const create: Work<void> = ({ accounts }) => accounts.createAccount(draftAccount(), admission);
    const [, second] = await cross(create, create);
    expect(second).toMatchObject({ reason: { code: "forbidden" } });
  });

  test("with an invitation that the first does not use in the end is admitted", async () => {
    const admission = await invite();
    const { email } = await signUp(await openAccounts());
    const account = draftAccount();
    const { url, appUrl } = await shareDatabase();
    const { accounts } = openByHand(appUrl);
    // What the first has done when it finds that its e-mail address is there.
    const used = `update invites set account_id = '${draftAccount({ email }).id}' where hash = '${admission.hash}'`;
    await whileUncommitted({ url, statement: used }, async (takeBack) => {
      const second = accounts.createAccount(account, admission);
      await untilSessions(url, "waiting", 1);
      await takeBack();
      await second;
    });
    expect(await accounts.findAccount({ id: account.id })).toEqual(account);
  });

  test("to be the first waits and is forbidden", async () => {
    const accounts = await openAccounts();
    for (const { id } of await accounts.listAccounts()) await accounts.deleteAccount(id);
    await queryPostgres((await shareDatabase()).url, "delete from invites where hash = 'first'");
    const create: Work<void> = (opened) => opened.accounts.createAccount(draftAccount(), { kind: "first" });
    const [, second] = await cross(create, create);
    expect(second).toMatchObject({ reason: { code: "forbidden" } });
    expect(await accounts.listAccounts()).toHaveLength(1);
  });

  test("with a user code waits and is told that it is taken", async () => {
    const { userCode } = draftRequest();
    const create: Work<boolean> = ({ accounts }) => accounts.createDeviceRequest(draftRequest({ userCode }));
    const [first, second] = await cross(create, create);
    expect([first, second]).toMatchObject([{ value: true }, { value: false }]);
  });

  test("to decide on a device waits and decides nothing", async () => {
    const accounts = await openAccounts();
    const account = await signUp(accounts);
    const request = await addRequest(accounts);
    const session = await signIn(accounts, account);
    const [first, second] = await cross(decide(request, session, "denied"), decide(request, session, "approved"));
    expect([first, second]).toMatchObject([{ value: true }, { value: false }]);
    expect((await accounts.findDeviceRequest(request.userCode, NOW))?.decision).toBe("denied");
  });

  test("to ask for a device that was let in waits and gets no session", async () => {
    const accounts = await openAccounts();
    const account = await signUp(accounts);
    const { hash } = await letIn(accounts, account);
    const poll: Work<unknown> = (opened) => opened.accounts.pollDeviceRequest(hash, draftPoll(NOW));
    const [first, second] = await cross(poll, poll);
    expect(first).toMatchObject({ value: { session: { account: account.id } } });
    expect(second).toMatchObject({ value: { session: null } });
    expect(await accounts.listSessions(account.id, NOW)).toHaveLength(1);
  });

  test("to ask too early waits and is counted", async () => {
    const accounts = await openAccounts();
    const { hash } = await addRequest(accounts);
    const poll: Work<unknown> = (opened) => opened.accounts.pollDeviceRequest(hash, draftPoll(NOW));
    await cross(poll, poll);
    expect(await accounts.pollDeviceRequest(hash, draftPoll(NOW))).toMatchObject({
      polledAt: NOW,
      pollIntervalMs: 10_000,
    });
  });

  test("to renew a session waits and is answered what the first has made", async () => {
    const accounts = await openAccounts();
    const session = await signIn(accounts, await signUp(accounts));
    const renew: Work<unknown> = (opened) => opened.accounts.renewSession(draftRenewal(session));
    const [first, second] = await cross(renew, renew);
    expect(first).toMatchObject({ value: { previous: session.token } });
    expect(second).toEqual(first);
  });

  test("to make the last token that an account can have waits and is refused", async () => {
    const accounts = await openAccounts();
    const account = await signUp(accounts);
    await addToken(accounts, account);
    const create: Work<unknown> = (opened) => opened.accounts.createToken(draftToken(account.id), 2);
    const [, second] = await cross(create, create);
    expect(second).toMatchObject({ reason: { code: "quota_exceeded" } });
    expect(await refusalOf(accounts.createToken(draftToken(account.id), 2))).toMatchObject({ code: "quota_exceeded" });
  });
});
