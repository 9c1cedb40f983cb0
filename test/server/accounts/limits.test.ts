import { describe, expect, test } from "bun:test";
import { TodoError } from "../../../src/domain/errors.ts";
import { createAccountLimits } from "../../../src/server/limits/account-limits.ts";
import { createRateLimit, perHour } from "../../../src/server/limits/rate-limit.ts";
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

/** As the server has them that is not told otherwise, or is told another number of failures a minute. */
function limitAs(signInLimit = 5): Setting {
  return { limits: ({ now }) => ({ ...createAccountLimits({ signInLimit, signUpLimit: 3 }, now), excessReplyMs: 0 }) };
}

const LIMITS = limitAs();

/** Without the limit of a network, which is reached sooner. */
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

describe("wrong passwords from one network", () => {
  test("are five a minute, of whomever, and then 429 that says how long to wait", async () => {
    const api = await openApi(LIMITS);
    await api.register();
    expect(await repeat(5, (at) => knock(api, WRONG, at < 3 ? {} : { email: "ben@example.com" }))).toEqual(
      times(5, 401),
    );
    const { status, headers, body } = await api.ask("POST", "/api/auth/login", {
      json: { email: EMAIL, password: PASSWORD },
      peer: "192.0.2.1",
    });
    expect([status, headers.get("retry-after"), body.detail]).toEqual([429, "12", "more than 5 requests a minute"]);
    expect(await knock(api, PASSWORD, { peer: "192.0.2.2" })).toBe(200);
    api.clock.now += 12_000;
    expect(await repeat(2, () => knock(api, WRONG))).toEqual([401, 429]);
    api.clock.now += MINUTE;
    expect(await repeat(6, (at) => knock(api, WRONG, { email: `${at}@example.com` }))).toEqual([...times(5, 401), 429]);
  });

  test("are not used up by right ones, which have a wider limit, because each costs a hash", async () => {
    const api = await openApi(limitAs(1));
    await api.register();
    expect(await repeat(13, () => knock(api, PASSWORD))).toEqual([...times(12, 200), 429]);
    api.clock.now += 5000;
    expect(await repeat(2, () => knock(api, WRONG))).toEqual([401, 429]);
  });

  test("are not counted where the body is no good", async () => {
    const api = await openApi(LIMITS);
    await api.register();
    await repeat(20, () => knock(api, PASSWORD, { email: "nonsense" }));
    expect(await knock(api, PASSWORD)).toBe(200);
  });

  test("are those of a whole /64 of IPv6, and of an IPv4 address however it is written", async () => {
    const api = await openApi(LIMITS);
    expect(await repeat(6, (at) => knock(api, WRONG, { peer: `${NETWORK}::${at}` }))).toEqual([...times(5, 401), 429]);
    expect(await knock(api, WRONG, { peer: "2001:db8:1:3::1" })).toBe(401);
    const spellings = ["192.0.2.1", "::ffff:192.0.2.1", "2002:c000:201:7::1", "64:ff9b::192.0.2.1"];
    expect(await repeat(5, (at) => knock(api, WRONG, { peer: spellings[at % 4] ?? "" }))).toEqual(times(5, 401));
    for (const peer of spellings) expect(await knock(api, WRONG, { peer })).toBe(429);
  });

  test("are four times as many for a whole /48 of IPv6, however many networks are in it", async () => {
    const api = await openApi(limitAs(1));
    const email = (at: number) => `${at}@example.com`;
    const from = (peer: (at: number) => string) => (at: number) =>
      knock(api, WRONG, { peer: peer(at), email: email(at) });
    expect(
      await repeat(
        8,
        from((at) => `2001:db8:2:${at}::1`),
      ),
    ).toEqual([...times(4, 401), ...times(4, 429)]);
    expect(
      await repeat(
        2,
        from((at) => `2001:db8:${at + 3}:1::1`),
      ),
    ).toEqual([401, 401]);
    api.clock.now += 15_000;
    // What was refused for the site is not counted for its network.
    expect(
      await repeat(
        2,
        from(() => "2001:db8:2:6::1"),
      ),
    ).toEqual([401, 429]);
  });

  test("are those of whom a proxy of ours names, and of nobody whom strangers name", async () => {
    const api = await openApi({ ...LIMITS, parts: { isTrustedProxy: (address) => address === PROXY } });
    const through = (at: number) => knock(api, WRONG, { peer: PROXY, forwarded: `198.51.100.${at}` });
    expect(await repeat(6, through)).toEqual(times(6, 401));
    const made = (at: number) => knock(api, WRONG, { peer: "192.0.2.9", forwarded: `198.51.100.${at}` });
    expect(await repeat(6, made)).toEqual([...times(5, 401), 429]);
    const behind = (at: number) => knock(api, WRONG, { peer: PROXY, forwarded: `1.2.3.${at}, 192.0.2.8` });
    expect(await repeat(6, behind)).toEqual([...times(5, 401), 429]);
  });

  test("that are too many are not checked, and make no session", async () => {
    let checked = 0;
    const cheap = createPasswords({ memoryCost: 8, timeCost: 1 });
    const verify: typeof cheap.verify = (password, hash) => {
      checked += 1;
      return cheap.verify(password, hash);
    };
    const api = await openApi({ ...LIMITS, passwords: { hash: cheap.hash, verify } });
    const { user } = await api.register();
    await repeat(5, () => knock(api, WRONG));
    await repeat(8, () => knock(api, PASSWORD));
    expect(checked).toBe(5);
    expect(await api.accounts.listSessions(user.id, 0)).toHaveLength(1);
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
