import { describe, expect, test } from "bun:test";
import { NO_ACCOUNT } from "../../../../src/domain/auth-event.ts";
import type { AuthEvent } from "../../../../src/ports/accounts.ts";
import { draftAccount, draftEvent, HOUR, NOW, signUp } from "../../../support/accounts/drafts.ts";
import { type ConcurrentStores, race, valuesOf } from "../../../support/accounts/concurrent-stores.ts";

const RETENTION_MS = 180 * 24 * HOUR;
const MAX_EVENTS = 1000;

export function describeAuthEvents(concurrentStores: ConcurrentStores): void {
  const list = (account: string, { now = NOW, limit = 5000 } = {}) =>
    concurrentStores().accounts.listEvents(account, { now, limit });

  const add = async (...events: readonly AuthEvent[]) => {
    const { accounts } = concurrentStores();
    for (const event of events) await accounts.addEvent(event);
  };

  /** Events that were there already, a second after another, up to the present. */
  const fill = (account: string, outcome: string, count: number) => {
    const rows = Array.from(
      { length: count },
      (_, at) => `('${account}-${outcome}-${at}', '${account}', ${NOW - (count - at) * 1000}, 'sign_in', '${outcome}')`,
    );
    return concurrentStores().byHand(
      `insert into auth_events (id, account_id, at, kind, outcome) values ${rows.join(", ")}`,
    );
  };

  const countOf = (events: readonly AuthEvent[], outcome: string) =>
    events.filter((event) => event.outcome === outcome).length;

  describe("events of an account", () => {
    test("are listed as they were added, the newest first, and no more than are asked for", async () => {
      const [mine, theirs] = [await signUp(concurrentStores().accounts), await signUp(concurrentStores().accounts)];
      const events = [
        draftEvent(mine.id, { at: NOW - 3, kind: "sign_up", subject: "laptop" }),
        draftEvent(mine.id, { at: NOW - 1, kind: "sign_in", outcome: "failed" }),
        draftEvent(mine.id, { at: NOW - 2, kind: "password_reset", address: null, network: null }),
        draftEvent(mine.id, { at: NOW - 1, kind: "lockout", outcome: "refused" }),
      ];
      await add(...events, draftEvent(theirs.id));
      const [first, second, third, last] = events;
      const newest = [last, second, third, first];
      expect(await list(mine.id)).toEqual(newest.flatMap((event) => event ?? []));
      expect(await list(mine.id, { limit: 2 })).toEqual(newest.slice(0, 2).flatMap((event) => event ?? []));
    });

    test("are kept for 180 days, and are gone from the database when the next one comes", async () => {
      const { id } = await signUp(concurrentStores().accounts);
      const [old, kept] = [draftEvent(id, { at: NOW }), draftEvent(id, { at: NOW + 1 })];
      await add(old, kept);
      expect(await list(id, { now: NOW + RETENTION_MS - 1 })).toHaveLength(2);
      expect(await list(id, { now: NOW + RETENTION_MS })).toEqual([kept]);
      const next = draftEvent(id, { at: NOW + RETENTION_MS });
      await add(next);
      expect(await list(id)).toEqual([next, kept]);
    });

    test("are a thousand of each outcome at most, the newest: failures push out nothing that went well", async () => {
      const { id } = await signUp(concurrentStores().accounts);
      await fill(id, "ok", MAX_EVENTS);
      await fill(id, "failed", MAX_EVENTS);
      const failures = [1, 2, 3].map((after) => draftEvent(id, { at: NOW + after, outcome: "failed" }));
      await add(...failures);
      const listed = await list(id);
      expect([countOf(listed, "ok"), countOf(listed, "failed")]).toEqual([MAX_EVENTS, MAX_EVENTS]);
      expect(listed.slice(0, 3)).toEqual(failures.toReversed());
      expect(listed.findLast(({ outcome }) => outcome === "failed")?.at).toBe(NOW - (MAX_EVENTS - 3) * 1000);
    });

    test("are not kept for one that is not there, and go with it", async () => {
      const { accounts } = concurrentStores();
      const [nobody, gone] = [draftAccount(), await signUp(accounts)];
      await add(draftEvent(nobody.id), draftEvent(gone.id));
      await accounts.deleteAccount(gone.id);
      await add(draftEvent(gone.id));
      expect([await list(nobody.id), await list(gone.id)]).toEqual([[], []]);
    });

    test("of no account are kept alike, and are no account's", async () => {
      const { id } = await signUp(concurrentStores().accounts);
      const before = await list(NO_ACCOUNT);
      const event = draftEvent(NO_ACCOUNT, { at: NOW + 1, outcome: "failed" });
      await add(event);
      expect(await list(NO_ACCOUNT)).toEqual([event, ...before]);
      expect(await list(id)).toEqual([]);
    });

    test("that come at once are all kept", async () => {
      const subject = concurrentStores();
      const { id } = await signUp(subject.accounts);
      valuesOf(await race(subject, 20, (accounts, turn) => accounts.addEvent(draftEvent(id, { at: NOW + turn }))));
      expect(await list(id)).toHaveLength(20);
    });
  });

  describe("whether somebody signed in from a network", () => {
    test.each<[string, Partial<AuthEvent>, boolean]>([
      ["who signed in has", {}, true],
      ["who made the account has", { kind: "sign_up" }, true],
      ["who failed has not", { outcome: "failed" }, false],
      ["who was refused has not", { outcome: "refused" }, false],
      ["who did something else has not", { kind: "token_create" }, false],
      ["who came from elsewhere has not", { network: "198.51.100.1" }, false],
      ["whom nobody saw come has not", { network: null }, false],
      ["who did 180 days ago has not", { at: NOW - RETENTION_MS }, false],
      ["who did a bit later has", { at: NOW - RETENTION_MS + 1 }, true],
    ])("%s", async (_, more, has) => {
      const { accounts } = concurrentStores();
      const [account, other] = [await signUp(accounts), await signUp(accounts)];
      const event = draftEvent(account.id, more);
      await add(event);
      const from = { network: "192.0.2.1", now: NOW };
      const ask = ({ id, email }: { readonly id: string; readonly email: string }) =>
        Promise.all([accounts.hasSignedIn({ id }, from), accounts.hasSignedIn({ email }, from)]);
      expect([await ask(account), await ask(other)]).toEqual([
        [has, has],
        [false, false],
      ]);
    });
  });
}
