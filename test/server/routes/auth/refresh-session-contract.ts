import { describe, expect, test } from "bun:test";
import { makePersonalToken } from "../../../../src/services/accounts/opaque-secrets.ts";
import {
  type AccountApi,
  DAY,
  type Grant,
  MINUTE,
  type OpenAccountApi,
  PASSWORD,
  SECOND,
} from "../../../support/server/account-api.ts";
import { makeUpRefreshToken, secretOf } from "../../../support/server/forged-tokens.ts";
import { openOldSession } from "../../../support/server/old-session.ts";
import { statusesOf } from "../../../support/server/replies.ts";

const PATH = "/api/auth/refresh";

function renew(api: AccountApi, refresh_token: string) {
  return api.ask("POST", PATH, { json: { refresh_token } });
}

/** Fails the test unless nothing of the session is good any more. */
async function expectOver(api: AccountApi, ...grants: readonly Grant[]): Promise<void> {
  for (const grant of grants) {
    expect(await api.knock(grant)).toBe(401);
    const { status, body } = await renew(api, grant.refresh_token);
    expect([status, body.detail]).toEqual([401, "the session is over"]);
  }
}

export function describeRefreshSession(openApi: OpenAccountApi): void {
  describe("POST /api/auth/refresh", () => {
    test("answers new tokens of the same session", async () => {
      const api = await openApi();
      const first = await api.register({ device: "laptop" });
      api.clock.now += 10 * MINUTE;
      const second = await api.refresh(first);
      expect(second).toMatchObject({ session_id: first.session_id, user: first.user, expires_in: 900 });
      expect(second.refresh_token).not.toBe(first.refresh_token);
      expect(second.access_token).not.toBe(first.access_token);
      // The first access token is good to its end.
      api.clock.now += 5 * MINUTE - 1;
      expect([await api.knock(first), await api.knock(second)]).toEqual([200, 200]);
      api.clock.now += 1;
      expect([await api.knock(first), await api.knock(second)]).toEqual([401, 200]);
      const { body } = await api.ask("GET", "/api/auth/sessions", { as: second });
      expect(body).toEqual([
        {
          id: first.session_id,
          device: "laptop",
          created_at: "2026-11-20T09:00:00.000Z",
          last_used_at: "2026-11-20T09:10:00.000Z",
          expires_at: "2027-01-19T09:10:00.000Z",
          current: true,
        },
      ]);
    });

    test("answers the same token again with the same next one for a minute, on any server", async () => {
      const api = await openApi();
      const first = await api.register();
      const second = await api.refresh(first);
      for (const [wait, server] of [
        [0, api],
        [30 * SECOND, api.beside()],
        [30 * SECOND, api],
      ] as const) {
        api.clock.now += wait;
        const again = await server.refresh(first);
        expect(again.refresh_token).toBe(second.refresh_token);
        expect(await api.knock(again)).toBe(200);
      }
      expect((await api.refresh(second)).session_id).toBe(first.session_id);
    });

    test("ends the session where a token is used again after more than a minute", async () => {
      const api = await openApi();
      const first = await api.register();
      const second = await api.refresh(first);
      api.clock.now += MINUTE + 1;
      expect((await renew(api, first.refresh_token)).status).toBe(401);
      await expectOver(api, first, second);
    });

    test("ends the session where a token two steps back is used, however soon", async () => {
      const api = await openApi();
      const first = await api.register();
      const second = await api.refresh(first);
      const third = await api.refresh(second);
      expect((await renew(api, first.refresh_token)).status).toBe(401);
      await expectOver(api, first, second, third);
    });

    test("leaves other sessions alone where it ends one", async () => {
      const api = await openApi();
      const stolen = await api.register();
      const other = await api.logIn();
      await api.refresh(await api.refresh(stolen));
      await renew(api, stolen.refresh_token);
      expect([await api.knock(stolen), await api.knock(other)]).toEqual([401, 200]);
      expect((await api.refresh(other)).session_id).toBe(other.session_id);
    });

    test("gives 20 that ask at once one and the same token", async () => {
      const api = await openApi();
      const servers = [api, api.beside()];
      const first = await api.register();
      const grants = await Promise.all(Array.from({ length: 20 }, (_, at) => (servers[at % 2] ?? api).refresh(first)));
      expect(new Set(grants.map(({ refresh_token }) => refresh_token)).size).toBe(1);
      expect(await Promise.all(grants.map(api.knock))).toEqual(grants.map(() => 200));
    });

    test("lets a session live for 60 days after it was renewed last", async () => {
      const api = await openApi();
      const [kept, idle] = [await api.register(), await api.logIn()];
      api.clock.now += 60 * DAY - 1;
      const renewed = await api.refresh(kept);
      api.clock.now += 1;
      expect((await renew(api, idle.refresh_token)).status).toBe(401);
      api.clock.now += 60 * DAY - 2;
      const last = await api.refresh(renewed);
      api.clock.now += 60 * DAY;
      expect((await renew(api, last.refresh_token)).status).toBe(401);
    });

    test("lets a session live for 180 days after the sign-in, however often it is renewed", async () => {
      const api = await openApi();
      const start = api.clock.now;
      let grant = await api.register();
      for (const day of [50, 100, 150, 179]) {
        api.clock.now = start + day * DAY;
        grant = await api.refresh(grant);
      }
      const { body } = await api.ask("GET", "/api/auth/sessions", { as: grant });
      expect(body).toMatchObject([{ created_at: "2026-11-20T09:00:00.000Z", expires_at: "2027-05-19T09:00:00.000Z" }]);
      api.clock.now = start + 180 * DAY - 1;
      grant = await api.refresh(grant);
      expect(await api.knock(grant)).toBe(200);
      api.clock.now += SECOND;
      await expectOver(api, grant);
      expect((await api.logIn()).user).toEqual(grant.user);
    });

    test("ends a session of an earlier version that is older, at its next renewal", async () => {
      const api = await openApi();
      const { user } = await api.register();
      const old = await openOldSession(api, user.id, { createdAt: api.clock.now - 181 * DAY });
      expect((await renew(api, old.refresh_token)).status).toBe(401);
      expect(await api.accounts.findSession(old.id, api.clock.now)).toBeNull();
    });

    test("takes a token from before they proved themselves, once, and answers one that does", async () => {
      const api = await openApi();
      const { user } = await api.register();
      const old = await openOldSession(api, user.id);
      const next = await api.refresh(old);
      expect([next.session_id, await api.knock(next)]).toEqual([old.id, 200]);
      expect((await api.refresh(old)).refresh_token).toBe(next.refresh_token);
      api.clock.now += MINUTE + 1;
      expect((await renew(api, old.refresh_token)).status).toBe(401);
      expect((await renew(api, next.refresh_token)).status).toBe(401);
    });

    test("can't tell an older one of that time from a made-up one, and ends nothing", async () => {
      const api = await openApi();
      const { user } = await api.register();
      const old = await openOldSession(api, user.id);
      const third = await api.refresh(await api.refresh(old));
      expect((await renew(api, old.refresh_token)).status).toBe(401);
      expect(await api.knock(third)).toBe(200);
    });

    test("is no way to end a session for who knows its id, and nothing more", async () => {
      const api = await openApi();
      const grant = await api.register();
      const next = await api.refresh(grant);
      for (let guess = 0; guess < 3; guess += 1) {
        expect((await renew(api, makeUpRefreshToken(grant.session_id))).status).toBe(401);
      }
      expect([await api.knock(grant), await api.knock(next)]).toEqual([200, 200]);
      expect((await api.refresh(next)).session_id).toBe(grant.session_id);
    });

    test("is no way to end another session for who has one", async () => {
      const api = await openApi();
      const [mine, other] = [await api.register(), await api.register({ email: "ben@example.com" })];
      await api.refresh(await api.refresh(mine));
      const grafted = makeUpRefreshToken(other.session_id, secretOf(mine.refresh_token));
      expect((await renew(api, grafted)).status).toBe(401);
      expect((await api.refresh(other)).session_id).toBe(other.session_id);
    });

    test("refuses all that is no refresh token of a session here with one reply, and ends nothing", async () => {
      const api = await openApi();
      const grant = await api.register();
      const { token } = await api.makeToken(grant);
      const text = grant.refresh_token;
      const texts = [
        [
          "",
          " ",
          "nonsense",
          "todo_ref_",
          `${text} `,
          `${text}\n`,
          ` ${text}`,
          text.slice(0, -1),
          `${text}A`,
          `${text}=`,
        ],
        [text.toUpperCase(), text.slice("todo_ref_".length), `todo_pat_${text.slice("todo_ref_".length)}`, "a.b.c"],
        [token, makePersonalToken(), makeUpRefreshToken(crypto.randomUUID()), "x".repeat(256), "\0"],
      ].flat();
      const replies = await Promise.all(texts.map((each) => renew(api, each)));
      expect(replies.map(({ status, body }) => [status, body.detail])).toEqual(
        texts.map(() => [401, "the session is over"]),
      );
      expect((await renew(api, grant.access_token)).status).toBe(400);
      expect((await api.refresh(grant)).session_id).toBe(grant.session_id);
    });

    test("is for nobody whose account was disabled or deleted", async () => {
      const api = await openApi();
      const [disabled, deleted] = [await api.register(), await api.register({ email: "ben@example.com" })];
      await api.accounts.setDisabled(disabled.user.id, api.clock.now);
      await api.ask("DELETE", "/api/me", { as: deleted, json: { password: PASSWORD } });
      await expectOver(api.beside(), disabled, deleted);
      await api.accounts.setDisabled(disabled.user.id, null);
      await expectOver(api.beside(), disabled);
    });

    test("gives no two tokens where renewals and old tokens come at once", async () => {
      const api = await openApi();
      const first = await api.register();
      const second = await api.refresh(first);
      const replies = await Promise.all(
        Array.from({ length: 20 }, (_, at) => renew(api, at % 2 === 0 ? first.refresh_token : second.refresh_token)),
      );
      const given = replies.filter(({ status }) => status === 200).map(({ body }) => body.refresh_token);
      expect(new Set(given).size).toBeLessThanOrEqual(2);
      expect(statusesOf(replies).every((status) => status === 200 || status === 401)).toBe(true);
    });

    test("refuses a body that is none", async () => {
      const api = await openApi();
      for (const json of [{}, { refresh_token: null }, { refresh_token: "x", device: "x" }, []]) {
        expect((await api.ask("POST", PATH, { json })).status).toBe(400);
      }
      expect((await api.ask("POST", PATH, { form: { refresh_token: "x" } })).status).toBe(415);
    });
  });
}
