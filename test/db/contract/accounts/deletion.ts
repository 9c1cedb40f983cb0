import { describe, expect, test } from "bun:test";
import type { Account } from "../../../../src/ports/accounts.ts";
import {
  addRequest,
  addToken,
  draftAccount,
  draftEvent,
  draftPoll,
  type DraftedRequest,
  draftRenewal,
  HOUR,
  letIn,
  newHash,
  NOW,
  signIn,
  signUp,
} from "../../../support/accounts/drafts.ts";
import { newId } from "../../../support/stores/test-user.ts";
import { refusalOf } from "../../../support/errors.ts";
import type { ConcurrentStores } from "../../../support/accounts/concurrent-stores.ts";

export function describeDeletion(concurrentStores: ConcurrentStores): void {
  const write = (user: string, titles: readonly string[]) =>
    concurrentStores().store.commit(user, {
      action: "add",
      now: NOW,
      edits: titles.map((title) => ({ id: newId(), fields: { title } })),
    });

  /** Somebody with something of everything. */
  const settle = async () => {
    const { accounts } = concurrentStores();
    const [account, invitation] = [draftAccount(), newHash()];
    await accounts.createInvite({ hash: invitation, createdAt: NOW, expiresAt: NOW + HOUR });
    await accounts.createAccount(account, { kind: "invite", hash: invitation });
    await write(account.id, ["one", "two"]);
    await write(account.id, ["three"]);
    await concurrentStores().store.editProfile(account.id, { "filter:a": "secret filter" }, NOW);
    const [session, ended] = [await signIn(accounts, account), await signIn(accounts, account)];
    await accounts.endSession({ id: ended.id }, NOW);
    const token = await addToken(accounts, account);
    await accounts.addEvent(draftEvent(account.id));
    const [approved, denied] = [await letIn(accounts, account), await addRequest(accounts)];
    const decision = { account: account.id, session: session.id, decision: "denied", now: NOW } as const;
    await accounts.decideDeviceRequest({ userCode: denied.userCode, ...decision });
    return { account, invitation, sessions: [session, ended], token, requests: [approved, denied] };
  };

  type Settled = Awaited<ReturnType<typeof settle>>;

  /** All that can be seen of an account. */
  const see = async ({ account, sessions, token, requests }: Settled) => {
    const { accounts, store } = concurrentStores();
    const { id, email } = account;
    const find = ({ userCode }: DraftedRequest) => accounts.findDeviceRequest(userCode, NOW);
    return {
      found: [await accounts.findAccount({ id }), await accounts.findAccount({ email })],
      listed: (await accounts.listAccounts()).filter((one) => one.id === id),
      sessions: await Promise.all(
        sessions.map((session) => accounts.renewSession(draftRenewal(session, { from: newHash() }))),
      ),
      list: await accounts.listSessions(id, NOW),
      token: await accounts.findToken(token.hash, NOW),
      tokens: await accounts.listTokens(id),
      events: await accounts.listEvents(id, { now: NOW, limit: 10 }),
      requests: await Promise.all(requests.map(find)),
      tasks: (await store.find(id, { where: [] })).tasks,
      history: await store.history(id, {}),
      last: await store.lastChange(id),
      profile: await store.profile(id),
    };
  };

  const NOTHING = {
    found: [null, null],
    listed: [],
    sessions: [null, null],
    list: [],
    token: null,
    tokens: [],
    events: [],
    requests: [null, null],
    tasks: [],
    history: [],
    last: [],
    profile: {},
  };

  describe("deleting an account", () => {
    test("takes all that is its own, and leaves everything of everyone else", async () => {
      const { accounts } = concurrentStores();
      const [gone, kept] = [await settle(), await settle()];
      const waiting = await addRequest(accounts);
      const [before, mine] = [await see(kept), await see(gone)];
      expect([mine.tasks.length, mine.history.length, mine.tokens.length, mine.list.length]).toEqual([3, 3, 1, 1]);
      await accounts.deleteAccount(gone.account.id);
      expect(await see(gone)).toEqual(NOTHING);
      expect(await see(kept)).toEqual(before);
      expect(await accounts.findDeviceRequest(waiting.userCode, NOW)).not.toBeNull();
    });

    test("lets nothing be written that comes later, as from a server that has not heard of it", async () => {
      const { accounts } = concurrentStores();
      const settled = await settle();
      await accounts.deleteAccount(settled.account.id);
      expect(await write(settled.account.id, ["new"])).toEqual([]);
      expect(await see(settled)).toEqual(NOTHING);
    });

    test("does no harm the second time, or where there is none", async () => {
      const { accounts } = concurrentStores();
      const [gone, kept] = [await settle(), await settle()];
      const before = await see(kept);
      await accounts.deleteAccount(gone.account.id);
      await accounts.deleteAccount(gone.account.id);
      await accounts.deleteAccount(draftAccount().id);
      expect(await see(gone)).toEqual(NOTHING);
      expect(await see(kept)).toEqual(before);
    });

    test("makes its e-mail address free, and neither its invitation nor the devices that it let in good again", async () => {
      const { accounts } = concurrentStores();
      const { account, invitation, requests } = await settle();
      await accounts.deleteAccount(account.id);
      const attempt = accounts.createAccount(draftAccount(), { kind: "invite", hash: invitation });
      expect((await refusalOf(attempt)).code).toBe("forbidden");
      const again: Account = await signUp(accounts, { email: account.email });
      expect(await accounts.findAccount({ email: account.email })).toEqual(again);
      for (const { hash } of requests) expect(await accounts.pollDeviceRequest(hash, draftPoll(NOW))).toBeNull();
    });
  });
}
