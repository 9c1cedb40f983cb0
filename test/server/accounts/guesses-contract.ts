import { describe, expect, test } from "bun:test";
import { createAccountLimits } from "../../../src/server/limits/account-limits.ts";
import { createRateLimit, perHour } from "../../../src/server/limits/rate-limit.ts";
import { readServerSettings } from "../../../src/server/settings.ts";
import {
  type AccountApi,
  type Bearer,
  DAY,
  EMAIL,
  HOUR,
  MINUTE,
  type OpenAccountApi,
  PASSWORD,
  SECOND,
  type Setting,
} from "../../support/server/account-api.ts";
import { repeat, times } from "../../support/server/repeat.ts";

const WRONG = "not seven tall green lamps";
const NOBODY = "nobody@example.com";
const HOME = "192.0.2.1";
const { isTrustedProxy } = readServerSettings({ TODO_TRUSTED_PROXIES: "loopback" }, "127.0.0.1");

/** As many failures of one account as a test likes to make, where the server has a hundred. */
const ACCOUNT_FAILURES = 4;

/** Behind a proxy on the same machine, with few failures for an account, and all other limits as the server has them. */
function limitGuesses({ failures = 10, excessReplyMs = 0 } = {}): Setting {
  return {
    parts: { isTrustedProxy },
    limits: ({ now }) => ({
      ...createAccountLimits({ signInLimit: 5, signUpLimit: 0 }, now),
      failures: createRateLimit(perHour(failures), now),
      accountFailures: createRateLimit(perHour(ACCOUNT_FAILURES), now),
      excessReplyMs,
    }),
  };
}

type Guess = { readonly from: string; readonly email?: string; readonly password?: string };

/** An attempt to sign in, as the proxy sends it on. */
function guess(api: AccountApi, { from, email = EMAIL, password = WRONG }: Guess) {
  const headers = { "x-forwarded-for": `203.0.113.9, ${from}` };
  return api.ask("POST", "/api/auth/login", { json: { email, password }, peer: "127.0.0.1", headers });
}

async function statusOf(api: AccountApi, attempt: Guess): Promise<number> {
  return (await guess(api, attempt)).status;
}

/** Wrong passwords for an account, each from another address. */
function guessFromAnywhere(api: AccountApi, count: number, more: Partial<Guess> = {}): Promise<number[]> {
  return repeat(count, (at) => statusOf(api, { from: `198.51.100.${at + 1}`, ...more }));
}

/** Signs in once from a network, which is known then. */
async function comeFrom(api: AccountApi, from: string, email = EMAIL): Promise<void> {
  const { status } = await guess(api, { from, email, password: PASSWORD });
  if (status !== 200) throw new Error(`nobody could sign in from ${from}: ${status}`);
  await api.settled();
}

/** What can be seen of a reply, without what is another for each. */
async function seen(api: AccountApi, attempt: Guess): Promise<unknown> {
  const { status, headers, body } = await guess(api, attempt);
  const rest = [...headers].filter(([name]) => !["x-request-id", "date"].includes(name));
  return [status, rest, { ...body, instance: null, request_id: null }];
}

export function describeGuesses(openApi: OpenAccountApi): void {
  describe("wrong passwords of one account from many addresses", () => {
    test("are so many an hour, and then a stranger is refused whatever they type", async () => {
      const api = await openApi(limitGuesses());
      await api.register();
      expect(await guessFromAnywhere(api, 8)).toEqual([...times(ACCOUNT_FAILURES, 401), ...times(4, 429)]);
      expect(await statusOf(api, { from: "198.51.100.99", password: PASSWORD })).toBe(429);
      api.clock.now += HOUR / ACCOUNT_FAILURES;
      expect(await guessFromAnywhere(api, 2)).toEqual([401, 429]);
      api.clock.now += HOUR;
      expect(await statusOf(api, { from: "198.51.100.99", password: PASSWORD })).toBe(200);
    });

    test("don't lock out who signs in from where they signed in before", async () => {
      const api = await openApi(limitGuesses());
      await api.register();
      await comeFrom(api, HOME);
      await comeFrom(api, "2001:db8:1:2::7");
      await guessFromAnywhere(api, 8);
      expect(await statusOf(api, { from: HOME, password: PASSWORD })).toBe(200);
      expect(await statusOf(api, { from: "2001:db8:1:2:ffff::", password: PASSWORD })).toBe(200);
      expect(await statusOf(api, { from: "2001:db8:1:3::7", password: PASSWORD })).toBe(429);
      api.clock.now += 180 * DAY;
      await guessFromAnywhere(api, 8);
      expect(await statusOf(api, { from: HOME, password: PASSWORD })).toBe(429);
    });

    test("can't be guessed on from there either: ten an hour of an account and a network are the end", async () => {
      const api = await openApi(limitGuesses({ failures: 2 }));
      await api.register();
      await comeFrom(api, HOME);
      await guessFromAnywhere(api, 8);
      expect(await repeat(3, () => statusOf(api, { from: HOME }))).toEqual(times(3, 429));
      expect(await statusOf(api, { from: HOME, password: PASSWORD })).toBe(429);
      api.clock.now += HOUR / 2;
      await guessFromAnywhere(api, 8);
      expect(await statusOf(api, { from: HOME, password: PASSWORD })).toBe(200);
    });

    test("are no more where they come at once", async () => {
      const api = await openApi(limitGuesses());
      await api.register();
      const attempts = Array.from({ length: 20 }, (_, at) => statusOf(api, { from: `198.51.100.${at + 1}` }));
      const statuses = await Promise.all(attempts);
      const count = (status: number) => statuses.filter((each) => each === status).length;
      expect([count(401), count(429)]).toEqual([ACCOUNT_FAILURES, 20 - ACCOUNT_FAILURES]);
    });

    test("are as many for an address that nobody has, and the answers are the same", async () => {
      const api = await openApi(limitGuesses());
      await api.register();
      await comeFrom(api, HOME);
      expect(await guessFromAnywhere(api, 5, { email: NOBODY })).toEqual([...times(ACCOUNT_FAILURES, 401), 429]);
      await guessFromAnywhere(api, 4);
      for (const from of ["198.51.100.99", HOME]) {
        expect(await seen(api, { from })).toEqual(await seen(api, { from, email: NOBODY }));
      }
    });

    test("take at least the same time beyond the limit, whoever is known and whatever is typed", async () => {
      const excessReplyMs = 40;
      const api = await openApi(limitGuesses({ excessReplyMs }));
      await api.register();
      await comeFrom(api, HOME);
      await guessFromAnywhere(api, ACCOUNT_FAILURES);
      for (const attempt of [{ from: HOME }, { from: "198.51.100.99" }, { from: HOME, password: PASSWORD }]) {
        const begin = performance.now();
        await guess(api, attempt);
        // A timer may come a moment early.
        expect(performance.now() - begin).toBeGreaterThan(excessReplyMs - 2);
      }
    });

    test("are reported once an hour, to the owner too, who is not told of each that was refused", async () => {
      const api = await openApi(limitGuesses());
      const mine = await api.register();
      await guessFromAnywhere(api, 10);
      const { body } = await api.ask("GET", "/api/auth/log", { as: mine });
      expect(body.map(({ event, address }: { event: string; address: string }) => [event, address])).toEqual([
        ["lockout", `198.51.100.${ACCOUNT_FAILURES + 1}`],
        ...[4, 3, 2, 1].map((at) => ["sign_in", `198.51.100.${at}`]),
        ["sign_up", ""],
      ]);
      const refused = api.events.filter(({ event, outcome }) => event === "sign_in" && outcome === "refused");
      expect(refused.map(({ address, email }) => [address, email])).toEqual(
        [5, 6, 7, 8, 9, 10].map((at) => [`198.51.100.${at}`, EMAIL]),
      );
    });

    test.each<[string, string, string, (password: string) => object]>([
      [
        "the password is changed",
        "POST",
        "/api/auth/password",
        (password) => ({ current_password: password, new_password: "five round blue lamps" }),
      ],
      ["the account is deleted", "DELETE", "/api/me", (password) => ({ password })],
    ])("are limited too where %s with a session that was stolen", async (_, method, path, json) => {
      const api = await openApi(limitGuesses());
      const as: Bearer = await api.register();
      await comeFrom(api, HOME);
      const attempt = async (from: string, password = WRONG) => {
        const headers = { "x-forwarded-for": from };
        return (await api.ask(method, path, { as, json: json(password), peer: "127.0.0.1", headers })).status;
      };
      const statuses = await repeat(6, (at) => attempt(`198.51.100.${at + 1}`));
      expect(statuses).toEqual([...times(ACCOUNT_FAILURES, 403), 429, 429]);
      expect(await attempt("198.51.100.99", PASSWORD)).toBe(429);
      // Who signs in has a budget of their own.
      expect(await statusOf(api, { from: "198.51.100.99", password: PASSWORD })).toBe(200);
      expect(await attempt(HOME, PASSWORD)).toBe(204);
    });
  });

  describe("a neighbour behind the same address", () => {
    /** The neighbour tries accounts that are made up until nothing is left of the network's budget. */
    const spend = (api: AccountApi) =>
      repeat(6, (at) => statusOf(api, { from: HOME, email: `${crypto.randomUUID()}-${at}@example.com` }));

    test("locks out nobody who signed in from there, however long they go on", async () => {
      const api = await openApi(limitGuesses());
      await api.register();
      await api.register({ email: "ben@example.com" });
      await comeFrom(api, HOME);
      expect(await spend(api)).toEqual([...times(5, 401), 429]);
      for (let round = 0; round < 4; round += 1) {
        expect(await statusOf(api, { from: HOME, password: PASSWORD })).toBe(200);
        expect(await statusOf(api, { from: HOME, password: PASSWORD, email: "ben@example.com" })).toBe(429);
        api.clock.now += 12 * SECOND;
        expect(await statusOf(api, { from: HOME, email: NOBODY })).toBe(401);
      }
      api.clock.now += MINUTE;
      expect(await statusOf(api, { from: HOME, password: PASSWORD, email: "ben@example.com" })).toBe(200);
    });

    test("keeps nobody who has a session from changing the password", async () => {
      const api = await openApi(limitGuesses());
      const as = await api.register();
      await spend(api);
      const json = { current_password: PASSWORD, new_password: "five round blue lamps" };
      const headers = { "x-forwarded-for": HOME };
      const { status } = await api.ask("POST", "/api/auth/password", { as, json, peer: "127.0.0.1", headers });
      expect(status).toBe(204);
    });

    test("learns nothing of who signed in from there, and can guess their passwords ten times an hour", async () => {
      const api = await openApi(limitGuesses());
      await api.register();
      await api.register({ email: "ben@example.com" });
      await comeFrom(api, HOME);
      await spend(api);
      const looks = await repeat(12, async () => [
        await seen(api, { from: HOME }),
        await seen(api, { from: HOME, email: "ben@example.com" }),
        await seen(api, { from: HOME, email: NOBODY }),
      ]);
      for (const [known, unknown, nobody] of looks) expect([unknown, nobody]).toEqual([known, known]);
      expect(await statusOf(api, { from: HOME, password: PASSWORD })).toBe(429);
      // One attempt is left of the network's budget, and none of any account and the network.
      api.clock.now += 12 * SECOND;
      const [one, other] = [await seen(api, { from: HOME }), await seen(api, { from: HOME, email: NOBODY })];
      expect(other).toEqual(one);
      const failed = api.events.filter(({ outcome, account }) => outcome === "failed" && account !== null);
      expect(failed).toHaveLength(10);
    });
  });
}
