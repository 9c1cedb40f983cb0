import { describe, expect, test } from "bun:test";
import type { AccountStore, NewSession, Polled } from "../../../../src/ports/accounts.ts";
import {
  addRequest,
  decideOn,
  draftPoll,
  draftRenewal,
  type DraftedRequest,
  draftRequest,
  HOUR,
  letIn,
  MINUTE,
  newHash,
  NOW,
  plainRequest,
  plainSession,
  signIn,
  signUp,
} from "../../../support/accounts/drafts.ts";
import { at } from "../../../support/stores/test-user.ts";
import { type ConcurrentStores, race, valuesOf } from "../../../support/accounts/concurrent-stores.ts";

const END = NOW + 10 * MINUTE;

/** Asks for a device at a time. */
function poll(accounts: AccountStore, { hash }: DraftedRequest, now: number): Promise<Polled | null> {
  return accounts.pollDeviceRequest(hash, draftPoll(now));
}

export function describeDevices(concurrentStores: ConcurrentStores): void {
  describe("a device that asks to be let in", () => {
    test("is found by its user code until its request is over", async () => {
      const { accounts } = concurrentStores();
      const request = draftRequest();
      expect(await accounts.createDeviceRequest(request)).toBe(true);
      expect(await accounts.findDeviceRequest(request.userCode, END - 1)).toEqual(plainRequest(request));
      expect(await accounts.findDeviceRequest(request.userCode, END)).toBeNull();
      expect(await accounts.findDeviceRequest(request.hash, NOW)).toBeNull();
    });

    test("is told where its user code is taken, and the other device keeps it", async () => {
      const { accounts } = concurrentStores();
      const first = await addRequest(accounts);
      const second = draftRequest({ userCode: first.userCode, device: "toaster" });
      expect(await accounts.createDeviceRequest(second)).toBe(false);
      expect(await accounts.findDeviceRequest(first.userCode, NOW)).toEqual(plainRequest(first));
      expect(await poll(accounts, second, NOW)).toBeNull();
    });

    test("of 10 with one user code at once is one", async () => {
      const subject = concurrentStores();
      const { userCode } = draftRequest();
      const outcomes = await race(subject, 10, (accounts) => accounts.createDeviceRequest(draftRequest({ userCode })));
      expect(valuesOf(outcomes).filter(Boolean)).toHaveLength(1);
    });

    test("is there once where the same request comes again", async () => {
      const { accounts } = concurrentStores();
      const request = await addRequest(accounts);
      expect(await accounts.createDeviceRequest(request)).toBe(true);
      expect(await accounts.findDeviceRequest(request.userCode, NOW)).toEqual(plainRequest(request));
    });

    test("is there once also where its second request has another user code", async () => {
      const { accounts } = concurrentStores();
      const request = await addRequest(accounts);
      const { userCode } = draftRequest();
      await accounts.createDeviceRequest({ ...request, userCode });
      expect(await accounts.findDeviceRequest(request.userCode, NOW)).toEqual(plainRequest(request));
      expect(await accounts.findDeviceRequest(userCode, NOW)).toBeNull();
    });

    test("has the store forget requests that are over for more than an hour, and no others", async () => {
      const { accounts } = concurrentStores();
      const [old, recent] = [await addRequest(accounts, { expiresAt: END - 1 }), await addRequest(accounts)];
      await addRequest(accounts, { createdAt: END + HOUR });
      expect(await poll(accounts, old, END + HOUR)).toBeNull();
      expect(await poll(accounts, recent, END + HOUR)).toMatchObject({ request: plainRequest(recent), session: null });
    });
  });

  describe("the decision on a device", () => {
    test.each(["approved", "denied"] as const)("%s is seen, and is on that device alone", async (decision) => {
      const { accounts } = concurrentStores();
      const by = await signUp(accounts);
      const [request, other] = [await addRequest(accounts), await addRequest(accounts)];
      expect(await decideOn(accounts, request, { by, decision })).toBe(true);
      expect(await accounts.findDeviceRequest(request.userCode, NOW)).toEqual({ ...plainRequest(request), decision });
      expect(await accounts.findDeviceRequest(other.userCode, NOW)).toEqual(plainRequest(other));
    });

    test("is made once, whoever wants another one", async () => {
      const { accounts } = concurrentStores();
      const [by, later] = [await signUp(accounts), await signUp(accounts)];
      const [approved, denied] = [await addRequest(accounts), await addRequest(accounts)];
      await decideOn(accounts, approved, { by });
      await decideOn(accounts, denied, { by, decision: "denied" });
      expect(await decideOn(accounts, approved, { by: later })).toBe(false);
      expect(await decideOn(accounts, approved, { by, decision: "denied" })).toBe(false);
      expect(await decideOn(accounts, denied, { by })).toBe(false);
      expect(await poll(accounts, approved, NOW)).toMatchObject({ session: { account: by.id } });
      expect(await poll(accounts, denied, NOW)).toMatchObject({ request: { decision: "denied" }, session: null });
    });

    test("is made by one of 10 who approve and deny at once, and is that one's", async () => {
      const subject = concurrentStores();
      const people = await Promise.all(Array.from({ length: 10 }, () => signUp(subject.accounts)));
      const request = await addRequest(subject.accounts);
      const wanted = people.map((by, turn) => ({ by, decision: turn % 3 === 0 ? "denied" : "approved" }) as const);
      const outcomes = await race(subject, 10, (accounts, turn) => decideOn(accounts, request, at(wanted, turn)));
      const decided = valuesOf(outcomes);
      expect(decided.filter(Boolean)).toHaveLength(1);
      const { by, decision } = at(wanted, decided.indexOf(true));
      expect(await poll(subject.accounts, request, NOW)).toMatchObject({
        request: { decision },
        session: decision === "approved" ? { account: by.id, email: by.email } : null,
      });
    });

    test("is not made where the request is over or there is none", async () => {
      const { accounts } = concurrentStores();
      const by = await signUp(accounts);
      const request = await addRequest(accounts);
      expect(await decideOn(accounts, request, { by, now: END })).toBe(false);
      expect(await decideOn(accounts, draftRequest(), { by })).toBe(false);
      expect(await decideOn(accounts, request, { by, now: END - 1 })).toBe(true);
    });

    test.each<[string, (accounts: AccountStore, session: NewSession) => Promise<unknown>]>([
      ["was ended", (accounts, { id }) => accounts.endSession({ id }, NOW)],
      [
        "was ended by a new password",
        (accounts, { account }) => accounts.setPassword({ account, hash: newHash(), now: NOW }),
      ],
    ])("is not made by a session that %s", async (_, end) => {
      const { accounts } = concurrentStores();
      const session = await signIn(accounts, await signUp(accounts));
      const { userCode } = await addRequest(accounts);
      await end(accounts, session);
      const { id, account } = session;
      const decision = { userCode, account, session: id, decision: "approved", now: NOW } as const;
      expect(await accounts.decideDeviceRequest(decision)).toBe(false);
      expect((await accounts.findDeviceRequest(userCode, NOW))?.decision).toBeNull();
    });

    test("is not made by a session that is over, or is somebody else's", async () => {
      const { accounts } = concurrentStores();
      const session = await signIn(accounts, await signUp(accounts));
      const { userCode } = await addRequest(accounts, { expiresAt: NOW + 2 * HOUR });
      const other = await signUp(accounts);
      const decision = { userCode, account: session.account, session: session.id, decision: "approved" } as const;
      expect(await accounts.decideDeviceRequest({ ...decision, account: other.id, now: NOW })).toBe(false);
      expect(await accounts.decideDeviceRequest({ ...decision, now: session.expiresAt })).toBe(false);
      expect(await accounts.decideDeviceRequest({ ...decision, now: session.expiresAt - 1 })).toBe(true);
    });
  });

  describe("a device that asks again", () => {
    test("and is unknown is told nothing", async () => {
      const { accounts } = concurrentStores();
      expect(await poll(accounts, draftRequest(), NOW)).toBeNull();
    });

    test("too early has to wait longer each time, and in time no longer", async () => {
      const { accounts } = concurrentStores();
      const request = await addRequest(accounts);
      const other = await addRequest(accounts);
      const asked: [now: number, polledAt: number | null, pollIntervalMs: number][] = [
        [NOW, null, 5000],
        // In time, to the millisecond.
        [NOW + 5000, NOW, 5000],
        // One millisecond too early: from here on five seconds more.
        [NOW + 9999, NOW + 5000, 5000],
        // Five seconds are too early by now.
        [NOW + 17_000, NOW + 9999, 10_000],
        [NOW + 32_000, NOW + 17_000, 15_000],
        [NOW + 32_000, NOW + 32_000, 15_000],
        [NOW + 60_000, NOW + 32_000, 20_000],
      ];
      for (const [now, polledAt, pollIntervalMs] of asked) {
        expect(await poll(accounts, request, now)).toEqual({
          request: plainRequest(request),
          polledAt,
          pollIntervalMs,
          isSurplus: false,
          session: null,
        });
      }
      expect(await poll(accounts, other, NOW + 60_000)).toMatchObject({ polledAt: null, pollIntervalMs: 5000 });
    });

    test("has to wait so much longer as is said", async () => {
      const { accounts } = concurrentStores();
      const request = await addRequest(accounts, { pollIntervalMs: 1000 });
      for (const now of [NOW, NOW + 999]) {
        await accounts.pollDeviceRequest(request.hash, draftPoll(now, { slowDownMs: 70 }));
      }
      expect(await poll(accounts, request, NOW + 2000)).toMatchObject({ polledAt: NOW + 999, pollIntervalMs: 1070 });
    });

    test("and was let in is given its session, once", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const request = await letIn(accounts, account);
      const asked = draftPoll(NOW + 1);
      expect(await accounts.pollDeviceRequest(request.hash, asked)).toEqual({
        request: { ...plainRequest(request), decision: "approved" },
        polledAt: null,
        pollIntervalMs: 5000,
        isSurplus: false,
        session: { account: account.id, email: account.email },
      });
      const made = plainSession({ ...asked, account: account.id, device: request.device });
      expect(await accounts.listSessions(account.id, NOW)).toEqual([made]);
      expect(await accounts.findSession(asked.id, NOW)).toEqual({ session: made, email: account.email });
      expect(await poll(accounts, request, NOW + 2)).toBeNull();
      expect(await accounts.findDeviceRequest(request.userCode, NOW)).toBeNull();
      expect(await accounts.listSessions(account.id, NOW)).toHaveLength(1);
    });

    test("and was let in can renew its session by the token that it asked with", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const request = await letIn(accounts, account);
      const asked = draftPoll(NOW);
      await accounts.pollDeviceRequest(request.hash, asked);
      const renewal = draftRenewal({ ...asked, account: account.id, device: request.device });
      expect(await accounts.renewSession(renewal)).toMatchObject({ token: renewal.to, isEnded: false });
    });

    test("does not use up what another device was let in for", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const [one, other] = [await letIn(accounts, account), await letIn(accounts, account)];
      expect(await poll(accounts, one, NOW)).not.toMatchObject({ session: null });
      expect(await poll(accounts, other, NOW)).not.toMatchObject({ session: null });
      expect(await accounts.listSessions(account.id, NOW)).toHaveLength(2);
    });

    test("and was let in is refused where too many are signed in, and given its session when there is room", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const [one, other] = [await letIn(accounts, account), await letIn(accounts, account)];
      const ask = ({ hash }: DraftedRequest, now: number) =>
        accounts.pollDeviceRequest(hash, draftPoll(now, { max: 1 }));
      expect(await ask(one, NOW)).not.toMatchObject({ session: null });
      const refused = { isSurplus: true, session: null };
      expect(await ask(other, NOW)).toMatchObject({ ...refused, polledAt: null, pollIntervalMs: 5000 });
      // It was counted as any poll, and so has to ask less often.
      expect(await ask(other, NOW + 1)).toMatchObject({ ...refused, polledAt: NOW });
      expect(await ask(other, NOW + 2)).toMatchObject({ ...refused, polledAt: NOW + 1, pollIntervalMs: 10_000 });
      expect(await accounts.listSessions(account.id, NOW)).toHaveLength(1);
      const [session] = await accounts.listSessions(account.id, NOW);
      await accounts.endSession({ id: session?.id ?? "" }, NOW);
      expect(await ask(other, NOW + MINUTE)).toMatchObject({ isSurplus: false, session: { account: account.id } });
    });

    test("and was let in with others, all of which ask at once, is not one too many", async () => {
      const subject = concurrentStores();
      const account = await signUp(subject.accounts);
      const requests = await Promise.all(Array.from({ length: 6 }, () => letIn(subject.accounts, account)));
      await Promise.allSettled(
        requests.map(({ hash }, index) =>
          (index % 2 === 0 ? subject.accounts : subject.others).pollDeviceRequest(hash, draftPoll(NOW, { max: 2 })),
        ),
      );
      expect(await subject.accounts.listSessions(account.id, NOW)).toHaveLength(2);
    });

    test("in 10 ways at once after it was let in is given one session", async () => {
      const subject = concurrentStores();
      const account = await signUp(subject.accounts);
      const request = await letIn(subject.accounts, account);
      const polled = valuesOf(await race(subject, 10, (accounts) => poll(accounts, request, NOW)));
      expect(polled.filter((answer) => answer?.session)).toHaveLength(1);
      expect(await subject.accounts.listSessions(account.id, NOW)).toHaveLength(1);
    });

    test("is given no session where it was refused, and told so each time", async () => {
      const { accounts } = concurrentStores();
      const by = await signUp(accounts);
      const request = await addRequest(accounts);
      await decideOn(accounts, request, { by, decision: "denied" });
      for (const now of [NOW, NOW + 1]) {
        expect(await poll(accounts, request, now)).toMatchObject({ request: { decision: "denied" }, session: null });
      }
      expect(await accounts.listSessions(by.id, NOW)).toEqual([]);
    });

    test("is given no session when its request is over, and is one millisecond before", async () => {
      const { accounts } = concurrentStores();
      const account = await signUp(accounts);
      const [late, early] = [await letIn(accounts, account), await letIn(accounts, account)];
      expect(await poll(accounts, late, END)).toMatchObject({ request: { expiresAt: END }, session: null });
      expect(await accounts.listSessions(account.id, NOW)).toEqual([]);
      expect(await poll(accounts, early, END - 1)).not.toMatchObject({ session: null });
    });

    test("is given no session of an account that is disabled, and is when that is enabled again", async () => {
      const { accounts, byHand } = concurrentStores();
      const account = await signUp(accounts);
      const request = await letIn(accounts, account);
      // The store would deny the device.
      await byHand(`update accounts set disabled_at = ${NOW} where id = '${account.id}'`);
      expect(await poll(accounts, request, NOW)).toMatchObject({ request: { decision: "approved" }, session: null });
      await accounts.setDisabled(account.id, null);
      expect(await accounts.listSessions(account.id, NOW)).toEqual([]);
      expect(await poll(accounts, request, NOW)).toMatchObject({ session: { account: account.id } });
    });

    test("is given no session of an account that is not there", async () => {
      const { accounts, byHand } = concurrentStores();
      const account = await signUp(accounts);
      const request = await letIn(accounts, account);
      await byHand(`delete from accounts where id = '${account.id}'`);
      expect(await poll(accounts, request, NOW)).toMatchObject({ request: { decision: "approved" }, session: null });
      expect(await accounts.listSessions(account.id, NOW)).toEqual([]);
    });
  });
}
