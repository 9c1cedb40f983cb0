import { describe, expect, test } from "bun:test";
import { resetPassword } from "../../../src/services/accounts/admin.ts";
import { createPasswords } from "../../../src/services/accounts/passwords.ts";
import {
  type AccountApi,
  type Grant,
  MINUTE,
  type NewToken,
  type OpenAccountApi,
  PASSWORD,
  SECOND,
} from "../../support/server/account-api.ts";
import { eventually } from "../../support/server/server.ts";

/** Somebody with two devices and a program. */
type People = { readonly api: AccountApi; readonly mine: Grant; readonly lost: Grant; readonly program: NewToken };

type Ending = (people: People) => Promise<unknown>;

const NEXT = "nine small red lamps";

/** What ends the session of a device that was lost, by a request to this server. */
const SESSION_ENDINGS: readonly (readonly [what: string, end: Ending])[] = [
  [
    "another device locks it out",
    ({ api, mine, lost }) => api.ask("DELETE", `/api/auth/sessions/${lost.session_id}`, { as: mine }),
  ],
  ["it locks itself out", ({ api, lost }) => api.ask("DELETE", `/api/auth/sessions/${lost.session_id}`, { as: lost })],
  [
    "it signs out",
    ({ api, lost }) => api.ask("POST", "/api/auth/logout", { json: { refresh_token: lost.refresh_token } }),
  ],
  [
    "the password is changed",
    ({ api, mine }) =>
      api.ask("POST", "/api/auth/password", { as: mine, json: { current_password: PASSWORD, new_password: NEXT } }),
  ],
  [
    "the account is deleted",
    ({ api, mine }) => api.ask("DELETE", "/api/me", { as: mine, json: { password: PASSWORD } }),
  ],
  [
    "one of its old refresh tokens comes again",
    async ({ api, lost }) => {
      await api.refresh(await api.refresh(lost));
      await api.ask("POST", "/api/auth/refresh", { json: { refresh_token: lost.refresh_token } });
    },
  ],
];

const TOKEN_ENDINGS: readonly (readonly [what: string, end: Ending])[] = [
  ["it is removed", ({ api, mine, program }) => api.ask("DELETE", `/api/auth/tokens/${program.id}`, { as: mine })],
  [
    "the account is deleted",
    ({ api, mine }) => api.ask("DELETE", "/api/me", { as: mine, json: { password: PASSWORD } }),
  ],
];

/** What whoever runs the server does, in a process of its own. */
const ADMIN_ENDINGS: readonly (readonly [what: string, end: Ending])[] = [
  ["the account is disabled", ({ api, mine }) => api.accounts.setDisabled(mine.user.id, api.clock.now)],
  ["the account is deleted", ({ api, mine }) => api.accounts.deleteAccount(mine.user.id)],
  [
    "the password is reset",
    ({ api: { accounts, clock }, mine }) =>
      resetPassword(
        { accounts, passwords: createPasswords({ memoryCost: 8, timeCost: 1 }) },
        mine.user.email,
        clock.now,
      ),
  ],
];

export function describeRevocation(openApi: OpenAccountApi): void {
  async function concurrentStores(): Promise<People & { readonly other: AccountApi }> {
    const api = await openApi();
    const mine = await api.register();
    const people = { api, mine, lost: await api.logIn(), program: await api.makeToken(mine) };
    const other = api.beside();
    // All are known, and so would be believed for a while.
    for (const server of [api, other]) {
      for (const as of [people.lost, people.program]) expect(await server.knock(as)).toBe(200);
    }
    return { ...people, other };
  }

  describe.each(SESSION_ENDINGS)("the access token of a device is refused where %s", (_, end) => {
    test("in the very next request, and by another server within a second", async () => {
      const people = await concurrentStores();
      const { api, other, lost } = people;
      await end(people);
      expect(await api.knock(lost)).toBe(401);
      api.clock.now += SECOND;
      expect(await other.knock(lost)).toBe(401);
    });
  });

  describe.each(TOKEN_ENDINGS)("a personal token is refused where %s", (_, end) => {
    test("in the very next request, and by another server within a second", async () => {
      const people = await concurrentStores();
      const { api, other, program } = people;
      await end(people);
      expect(await api.knock(program)).toBe(401);
      api.clock.now += SECOND;
      expect(await other.knock(program)).toBe(401);
    });
  });

  describe.each(ADMIN_ENDINGS)("all tokens are refused within a second where %s", (_, end) => {
    test("by whoever runs the server", async () => {
      const people = await concurrentStores();
      const { api, mine, lost, program } = people;
      await end(people);
      api.clock.now += SECOND;
      for (const as of [mine, lost, program]) expect(await api.knock(as)).toBe(401);
      expect((await api.ask("POST", "/api/auth/refresh", { json: { refresh_token: mine.refresh_token } })).status).toBe(
        401,
      );
    });
  });

  describe("a disabled account", () => {
    test("has its programs back once it is enabled, and signs its devices in again", async () => {
      const { api, mine, program } = await concurrentStores();
      await api.accounts.setDisabled(mine.user.id, api.clock.now);
      api.clock.now += SECOND;
      expect([await api.knock(mine), await api.knock(program)]).toEqual([401, 401]);
      await api.accounts.setDisabled(mine.user.id, null);
      expect([await api.knock(mine), await api.knock(program)]).toEqual([401, 200]);
      expect(await api.knock(await api.logIn())).toBe(200);
    });
  });

  describe("the use of a personal token", () => {
    test("is noted at most once a minute", async () => {
      const api = await openApi();
      const mine = await api.register();
      const program = await api.makeToken(mine);
      const notes: number[] = [];
      const server = api.beside({
        alter: (accounts) => ({
          touchToken: async (id, now) => {
            await accounts.touchToken(id, now);
            notes.push(now);
          },
        }),
      });
      const start = api.clock.now;
      for (const at of [0, 1, 999, 1000, MINUTE - 1, MINUTE, MINUTE + 1001, 2 * MINUTE, 2 * MINUTE + 2002]) {
        api.clock.now = start + at;
        const before = notes.length;
        expect(await server.knock(program)).toBe(200);
        const isNoted = [0, MINUTE + 1001, 2 * MINUTE + 2002].includes(at);
        if (isNoted) await eventually("the note", () => notes.length > before);
        expect([at, notes.length]).toEqual([at, before + (isNoted ? 1 : 0)]);
      }
      const [token] = await api.accounts.listTokens(mine.user.id);
      expect(token?.usedAt).toBe(start + 2 * MINUTE + 2002);
    });

    test("is let through where it can't be noted", async () => {
      const api = await openApi();
      const mine = await api.register();
      const program = await api.makeToken(mine);
      const server = api.beside({ alter: () => ({ touchToken: () => Promise.reject(new Error("the disk is full")) }) });
      for (const wait of [0, SECOND, MINUTE]) {
        api.clock.now += wait;
        expect(await server.knock(program)).toBe(200);
      }
    });
  });
}
