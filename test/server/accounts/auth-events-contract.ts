import { describe, expect, test } from "bun:test";
import type { z } from "zod";
import type { wireAuthEvent } from "../../../src/contract/auth-events.ts";
import { TodoError } from "../../../src/domain/errors.ts";
import { resetPassword, setDisabled } from "../../../src/services/accounts/admin.ts";
import { createPasswords } from "../../../src/services/accounts/passwords.ts";
import { type AccountApi, EMAIL, type Grant, type OpenAccountApi, PASSWORD } from "../../support/server/account-api.ts";
import { decide, poll, show } from "../../support/server/device-flow.ts";

const PATH = "/api/auth/log";
const WRONG = "not seven tall green lamps";
const NEXT = "five round blue lamps";
const PEER = "2001:db8:1:2::7";
const NETWORK = "2001:db8:1:2::/64";

/** An event, its outcome, and what it is about. */
type Row = readonly [event: string, outcome: string, subject: string | null];

/** What somebody did, and what is in the list then, the newest first. */
type Case = readonly [name: string, act: (api: AccountApi, mine: Grant) => Promise<unknown>, events: readonly Row[]];

const CASES: readonly Case[] = [
  ["signs in", (api) => api.logIn({ device: "phone" }), [["sign_in", "ok", "phone"]]],
  [
    "types a wrong password",
    (api) => api.ask("POST", "/api/auth/login", { json: { email: EMAIL, password: WRONG, device: "x" } }),
    [["sign_in", "failed", null]],
  ],
  [
    "signs out, also twice",
    async (api) => {
      const { refresh_token } = await api.logIn({ device: "phone" });
      for (const _ of [1, 2]) await api.ask("POST", "/api/auth/logout", { json: { refresh_token } });
    },
    [
      ["sign_out", "ok", "phone"],
      ["sign_in", "ok", "phone"],
    ],
  ],
  [
    "locks out a device",
    async (api, mine) => {
      const { session_id } = await api.logIn({ device: "phone" });
      await api.ask("DELETE", `/api/auth/sessions/${session_id}`, { as: mine });
    },
    [
      ["session_end", "ok", "phone"],
      ["sign_in", "ok", "phone"],
    ],
  ],
  [
    "uses a refresh token again",
    async (api) => {
      const phone = await api.logIn({ device: "phone" });
      await api.refresh(phone);
      api.clock.now += 61_000;
      await api.ask("POST", "/api/auth/refresh", { json: { refresh_token: phone.refresh_token } });
    },
    [
      ["token_reuse", "failed", "phone"],
      ["sign_in", "ok", "phone"],
    ],
  ],
  [
    "makes a token and revokes it",
    async (api, mine) => {
      const { id } = await api.makeToken(mine, { name: "backup" });
      await api.ask("DELETE", `/api/auth/tokens/${id}`, { as: mine });
    },
    [
      ["token_revoke", "ok", "backup"],
      ["token_create", "ok", "backup"],
    ],
  ],
  [
    "changes the password, at the second attempt",
    async (api, mine) => {
      for (const current_password of [WRONG, PASSWORD]) {
        await api.ask("POST", "/api/auth/password", { as: mine, json: { current_password, new_password: NEXT } });
      }
    },
    [
      ["password_change", "ok", null],
      ["password_change", "failed", null],
    ],
  ],
  [
    "wants to delete the account with a wrong password",
    (api, mine) => api.ask("DELETE", "/api/me", { as: mine, json: { password: WRONG } }),
    [["account_delete", "failed", null]],
  ],
  [
    "lets a device in",
    async (api, mine) => {
      const device = await api.startDevice();
      await show(api, mine, device.user_code);
      await decide(api, mine, device.user_code);
      await poll(api, device);
    },
    [
      ["sign_in", "ok", "television"],
      ["device_approve", "ok", "television"],
    ],
  ],
  [
    "refuses a device, and guesses the code of another",
    async (api, mine) => {
      await decide(api, mine, (await api.startDevice()).user_code, false);
      await show(api, mine, "BCDF-GHJK");
    },
    [
      ["device_guess", "failed", null],
      ["device_deny", "ok", "television"],
    ],
  ],
];

type Listed = z.output<typeof wireAuthEvent>;

function toRow({ event, outcome, subject }: Pick<Listed, "event" | "outcome" | "subject">): Row {
  return [event, outcome, subject];
}

export function describeAuthEvents(openApi: OpenAccountApi): void {
  const list = async (api: AccountApi, as: Grant, query = ""): Promise<readonly Listed[]> => {
    const { status, body } = await api.ask("GET", PATH + query, { as });
    expect(status).toBe(200);
    return body;
  };

  describe("GET /api/auth/log", () => {
    test.each(CASES)("says that somebody %s", async (_, act, events) => {
      const api = await openApi();
      const mine = await api.register({ device: "laptop" });
      const before = api.events.length;
      await act(api, mine);
      const listed = await list(api, mine);
      expect(listed.map(toRow)).toEqual([...events, ["sign_up", "ok", "laptop"]]);
      expect(api.events.slice(before).map(toRow).toReversed()).toEqual([...events]);
      for (const line of api.events) expect(line.account).toBe(mine.user.id);
    });

    test("says when and from where", async () => {
      const api = await openApi();
      const mine = await api.register();
      api.clock.now += 60_000;
      const json = { email: EMAIL, password: PASSWORD, device: "phone" };
      await api.ask("POST", "/api/auth/login", { json, peer: PEER, headers: { "x-request-id": "r-1" } });
      const event = { event: "sign_in", outcome: "ok", address: PEER, network: NETWORK, subject: "phone" } as const;
      expect((await list(api, mine))[0]).toEqual({ at: "2026-11-20T09:01:00.000Z", ...event });
      expect(api.events.at(-1)).toEqual({ ...event, account: mine.user.id, email: null, request: "r-1" });
    });

    test("lists as many as are asked for, fifty where nothing is said, and no others' events", async () => {
      const api = await openApi();
      const [mine, theirs] = [await api.register(), await api.register({ email: "ben@example.com" })];
      for (let at = 0; at < 60; at += 1) await api.makeToken(mine, { name: `token ${at}` });
      expect(await list(api, mine)).toHaveLength(50);
      expect((await list(api, mine, "?limit=2")).map(({ subject }) => subject)).toEqual(["token 59", "token 58"]);
      expect(await list(api, mine, "?limit=200")).toHaveLength(61);
      expect(await list(api, theirs)).toHaveLength(1);
      expect((await api.ask("GET", `${PATH}?limit=0`, { as: mine })).status).toBe(400);
    });

    test("says what was done on the server's machine, without an address", async () => {
      const api = await openApi();
      await api.register();
      const { accounts } = api;
      const now = api.clock.now + 1;
      const passwords = createPasswords({ memoryCost: 8, timeCost: 1 });
      await setDisabled(accounts, EMAIL, { isDisabled: true, now });
      await setDisabled(accounts, EMAIL, { isDisabled: false, now: now + 1 });
      const { password } = await resetPassword({ accounts, passwords }, EMAIL, now + 2);
      api.clock.now += 5;
      const listed = await list(api, await api.logIn({ password, device: "phone" }));
      expect(listed.slice(1, 4)).toMatchObject([
        { event: "password_reset", outcome: "ok", address: null, network: null },
        { event: "account_enable", outcome: "ok", address: null, network: null },
        { event: "account_disable", outcome: "ok", address: null, network: null },
      ]);
    });

    test("is not for a program's token", async () => {
      const api = await openApi();
      const program = await api.makeToken(await api.register());
      expect((await api.ask("GET", PATH, { as: program })).status).toBe(403);
    });
  });

  describe("the log of the server", () => {
    test("says who tried to sign in to an account that is not there, and who was not let in", async () => {
      const api = await openApi({ signup: "invite" });
      const email = "nobody@example.com";
      await api.ask("POST", "/api/auth/login", { json: { email, password: WRONG }, peer: "192.0.2.1" });
      await api.ask("POST", "/api/auth/register", { json: { email, password: NEXT, invite: "x" }, peer: "192.0.2.1" });
      expect(api.events).toMatchObject([
        { event: "sign_in", outcome: "failed", address: "192.0.2.1", account: null, email },
        { event: "sign_up", outcome: "failed", address: "192.0.2.1", account: null, email },
      ]);
    });

    test("says that a disabled account was tried, and that an account is gone", async () => {
      const api = await openApi();
      const mine = await api.register();
      await api.ask("DELETE", "/api/me", { as: mine, json: { password: PASSWORD } });
      const ben = await api.register({ email: "ben@example.com" });
      await api.accounts.setDisabled(ben.user.id, api.clock.now);
      await api.ask("POST", "/api/auth/login", { json: { email: "ben@example.com", password: PASSWORD } });
      expect(api.events.filter(({ event }) => event !== "sign_up")).toMatchObject([
        { event: "account_delete", outcome: "ok", account: mine.user.id, email: null },
        { event: "sign_in", outcome: "failed", account: ben.user.id, email: null },
      ]);
    });

    test("names whom the proxies name", async () => {
      const api = await openApi({ parts: { isTrustedProxy: (address) => address === "10.0.0.1" } });
      const json = { email: EMAIL, password: WRONG };
      const headers = { "x-forwarded-for": "1.2.3.4, [2001:db8:1:2::7]:4711" };
      await api.ask("POST", "/api/auth/login", { json, peer: "10.0.0.1", headers });
      expect(api.events).toMatchObject([{ address: PEER, network: NETWORK }]);
    });

    test("has the event where the database can't keep it, and nobody is kept out", async () => {
      const full = () => Promise.reject(new TodoError("full_disk", "the disk is full"));
      const api = await openApi({ alter: () => ({ addEvent: full }) });
      const mine = await api.register();
      await api.logIn();
      expect(await list(api, mine)).toEqual([]);
      expect(api.events.map(({ event, outcome }) => [event, outcome])).toEqual([
        ["sign_up", "ok"],
        ["sign_in", "ok"],
      ]);
    });
  });
}
