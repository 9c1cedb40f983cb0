import { describe, expect, test } from "bun:test";
import { TodoError } from "../../../src/domain/errors.ts";
import { createRateLimit, perHour, perMinute } from "../../../src/server/limits/rate-limit.ts";
import { createPasswords } from "../../../src/services/accounts/passwords.ts";
import {
  type AccountApi,
  EMAIL,
  HOUR,
  MINUTE,
  PASSWORD,
  type Setting,
  useAccountApis,
} from "../../support/server/account-api.ts";
import { repeat, times } from "../../support/server/repeat.ts";

const openApi = useAccountApis();

const WRONG = "not seven tall green lamps";
const PROXY = "10.0.0.1";
const NETWORK = "2001:db8:1:2";

/** As the server has them that is not told otherwise. */
const LIMITS: Setting = {
  limits: ({ now }) => ({
    signIns: createRateLimit(perMinute(5), now),
    signUps: createRateLimit(perHour(3), now),
    devices: createRateLimit(perMinute(10), now),
    failures: createRateLimit(perHour(10), now),
  }),
};

/** Without the limit of sign-ins, which is reached sooner. */
const FAILURES: Setting = { limits: ({ now }) => ({ failures: createRateLimit(perHour(10), now) }) };

async function knock(
  api: AccountApi,
  password: string,
  more: { email?: string; peer?: string; forwarded?: string } = {},
) {
  const { email = EMAIL, peer = "192.0.2.1", forwarded } = more;
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  return (await api.ask("POST", "/api/auth/login", { json: { email, password }, peer, headers })).status;
}

describe("sign-ins from one address", () => {
  test("are five a minute, whoever signs in, and then 429 that says how long to wait", async () => {
    const api = await openApi(LIMITS);
    await api.register();
    expect(await repeat(5, (at) => knock(api, PASSWORD, at < 3 ? {} : { email: "ben@example.com" }))).toEqual([
      ...times(3, 200),
      ...times(2, 401),
    ]);
    const { status, headers, body } = await api.ask("POST", "/api/auth/login", {
      json: { email: EMAIL, password: PASSWORD },
      peer: "192.0.2.1",
    });
    expect([status, headers.get("retry-after"), body.detail]).toEqual([429, "12", "more than 5 requests a minute"]);
    expect(await knock(api, PASSWORD, { peer: "192.0.2.2" })).toBe(200);
    api.clock.now += 12_000;
    expect(await repeat(2, () => knock(api, PASSWORD))).toEqual([200, 429]);
    api.clock.now += MINUTE;
    expect(await repeat(6, () => knock(api, PASSWORD))).toEqual([...times(5, 200), 429]);
  });

  test("are not counted where the body is no good", async () => {
    const api = await openApi(LIMITS);
    await api.register();
    await repeat(20, () => knock(api, PASSWORD, { email: "nonsense" }));
    expect(await knock(api, PASSWORD)).toBe(200);
  });

  test("are those of a whole /64 of IPv6, and of an IPv4 address however it is written", async () => {
    const api = await openApi(LIMITS);
    await api.register();
    expect(await repeat(6, (at) => knock(api, PASSWORD, { peer: `${NETWORK}::${at}` }))).toEqual([
      ...times(5, 200),
      429,
    ]);
    expect(await knock(api, PASSWORD, { peer: "2001:db8:1:3::1" })).toBe(200);
    expect(await repeat(5, () => knock(api, PASSWORD))).toEqual(times(5, 200));
    expect(await knock(api, PASSWORD, { peer: "::ffff:192.0.2.1" })).toBe(429);
  });

  test("are those of whom a proxy of ours names, and of nobody whom strangers name", async () => {
    const api = await openApi({ ...LIMITS, parts: { isTrustedProxy: (address) => address === PROXY } });
    await api.register();
    const through = (at: number) => knock(api, PASSWORD, { peer: PROXY, forwarded: `198.51.100.${at}` });
    expect(await repeat(6, through)).toEqual(times(6, 200));
    const made = (at: number) => knock(api, PASSWORD, { peer: "192.0.2.9", forwarded: `198.51.100.${at}` });
    expect(await repeat(6, made)).toEqual([...times(5, 200), 429]);
    const behind = (at: number) => knock(api, PASSWORD, { peer: PROXY, forwarded: `1.2.3.${at}, 192.0.2.8` });
    expect(await repeat(6, behind)).toEqual([...times(5, 200), 429]);
  });

  test("that are too many check no password and make no session", async () => {
    const api = await openApi(LIMITS);
    const { user } = await api.register();
    await repeat(8, () => knock(api, PASSWORD));
    expect(await api.accounts.listSessions(user.id, 0)).toHaveLength(6);
  });
});

describe("wrong passwords of one account from one address", () => {
  test("are ten an hour, and then not even the right one is taken", async () => {
    const api = await openApi(FAILURES);
    await api.register();
    expect(await repeat(11, () => knock(api, WRONG))).toEqual([...times(10, 401), 429]);
    expect(await knock(api, PASSWORD)).toBe(429);
    api.clock.now += 6 * MINUTE;
    expect(await repeat(2, () => knock(api, WRONG))).toEqual([401, 429]);
    api.clock.now += HOUR;
    expect(await knock(api, PASSWORD)).toBe(200);
  });

  test("never lock out whoever comes from elsewhere", async () => {
    const api = await openApi(FAILURES);
    await api.register();
    for (let at = 1; at <= 20; at += 1) {
      expect(await repeat(11, () => knock(api, WRONG, { peer: `198.51.100.${at}` }))).toEqual([...times(10, 401), 429]);
    }
    expect(await knock(api, PASSWORD)).toBe(200);
  });

  test("leave other accounts alone, and are one account's however its address is spelled", async () => {
    const api = await openApi(FAILURES);
    await api.register();
    await api.register({ email: "ben@example.com" });
    const spellings = [EMAIL, "ADA@example.com", " Ada@Example.com "];
    const statuses = await repeat(11, (at) => knock(api, WRONG, { email: spellings[at % 3] ?? EMAIL }));
    expect(statuses).toEqual([...times(10, 401), 429]);
    expect(await knock(api, PASSWORD, { email: "ben@example.com" })).toBe(200);
  });

  test("are not used up by right ones", async () => {
    const api = await openApi(FAILURES);
    await api.register();
    await repeat(9, () => knock(api, WRONG));
    expect(await repeat(30, () => knock(api, PASSWORD))).toEqual(times(30, 200));
    expect(await repeat(2, () => knock(api, WRONG))).toEqual([401, 429]);
  });

  test("are not those that nobody could check", async () => {
    const verify = () => Promise.reject(new TodoError("unavailable", "too many passwords are being checked now"));
    const api = await openApi();
    await api.register();
    const { hash } = createPasswords({ memoryCost: 8, timeCost: 1 });
    const busy = api.beside({ ...FAILURES, passwords: { hash, verify } });
    expect(await repeat(12, () => knock(busy, PASSWORD))).toEqual(times(12, 503));
  });

  test("are ten also where they come at once", async () => {
    const api = await openApi(FAILURES);
    await api.register();
    const statuses = await Promise.all(Array.from({ length: 30 }, () => knock(api, WRONG)));
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
  });

  test("of an address that nobody has are as many, and tell nothing", async () => {
    const api = await openApi(FAILURES);
    expect(await repeat(11, () => knock(api, WRONG, { email: "ben@example.com" }))).toEqual([...times(10, 401), 429]);
  });

  test.each([
    [
      "changing it",
      "POST",
      "/api/auth/password",
      (password: string) => ({ current_password: password, new_password: WRONG }),
    ],
    ["deleting the account", "DELETE", "/api/me", (password: string) => ({ password })],
    ["making a token", "POST", "/api/auth/tokens", (password: string) => ({ password, name: "more" })],
  ])("are ten an hour where it is asked for again: %s", async (_, method, path, json) => {
    const api = await openApi(FAILURES);
    const as = await api.register();
    const attempt = async (password: string, peer = "192.0.2.1") =>
      (await api.ask(method, path, { as, json: json(password), peer })).status;
    expect(await repeat(11, () => attempt(WRONG))).toEqual([...times(10, 403), 429]);
    expect([await attempt(PASSWORD), await attempt(WRONG, "192.0.2.2")]).toEqual([429, 403]);
    api.clock.now += 6 * MINUTE;
    expect([201, 204]).toContain(await attempt(PASSWORD));
  });

  test("are not used up by new ones that are no good", async () => {
    const api = await openApi(FAILURES);
    const as = await api.register();
    const change = async (next: string) => {
      const json = { current_password: PASSWORD, new_password: next };
      return (await api.ask("POST", "/api/auth/password", { as, json })).status;
    };
    expect(await repeat(12, () => change("short"))).toEqual(times(12, 400));
    expect(await change(WRONG)).toBe(204);
  });
});

describe("new accounts from one address", () => {
  const signUp = async (api: AccountApi, more: { peer?: string; password?: string } = {}) => {
    const { peer = "192.0.2.1", password = PASSWORD } = more;
    const json = { email: `${crypto.randomUUID()}@example.com`, password };
    return (await api.ask("POST", "/api/auth/register", { json, peer })).status;
  };

  test("are three an hour", async () => {
    const api = await openApi(LIMITS);
    expect(await repeat(4, () => signUp(api))).toEqual([201, 201, 201, 429]);
    expect(await signUp(api, { peer: "192.0.2.2" })).toBe(201);
    api.clock.now += 20 * MINUTE;
    expect(await repeat(2, () => signUp(api))).toEqual([201, 429]);
  });

  test("are not tried with a password that is no good", async () => {
    const api = await openApi(LIMITS);
    expect(await repeat(5, () => signUp(api, { password: "short" }))).toEqual(times(5, 400));
    expect(await repeat(4, () => signUp(api))).toEqual([201, 201, 201, 429]);
  });

  test("are tried three times an hour also where nobody is let in", async () => {
    const api = await openApi({ ...LIMITS, signup: "invite" });
    expect(await repeat(4, () => signUp(api))).toEqual([403, 403, 403, 429]);
  });
});

describe("devices that ask from one address", () => {
  test("are ten a minute", async () => {
    const api = await openApi(LIMITS);
    const start = async (peer: string) => (await api.ask("POST", "/api/auth/device", { json: {}, peer })).status;
    expect(await repeat(11, () => start("192.0.2.1"))).toEqual([...times(10, 200), 429]);
    expect(await start("192.0.2.2")).toBe(200);
  });
});
