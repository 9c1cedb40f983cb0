import { describe, expect, test } from "bun:test";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { repeat, times } from "../../support/server/repeat.ts";
import { type Answered, request } from "../../support/server/server.ts";
import { useStartedServers } from "../../support/server/started-servers.ts";

const start = useStartedServers();

const OPEN = { TODO_SIGNUP: "open", TODO_SIGNUP_LIMIT: "0" };
const WRONG = "not seven tall green lamps";

type Started = ReturnType<typeof start>;

function post({ url }: Started, path: string, json: unknown, token?: string) {
  return request(`${url}/api/auth/${path}`, "POST", { json, ...(token !== undefined && { token }) });
}

async function statusOf(asked: Promise<{ readonly status: number }>): Promise<number> {
  return (await asked).status;
}

/** Signs up as somebody new. */
function join(server: Started, at: number): Promise<number> {
  return statusOf(post(server, "register", { email: `ada${at}@example.com`, password: PASSWORD }));
}

async function register(server: Started, email = EMAIL) {
  return (await post(server, "register", { email, password: PASSWORD })).body;
}

describe("a server that is told nothing", () => {
  test("takes five failed sign-ins a minute", async () => {
    const server = start();
    const json = { email: EMAIL, password: PASSWORD };
    expect(await repeat(6, () => statusOf(post(server, "login", json)))).toEqual([...times(5, 401), 429]);
  });

  test("takes three registrations an hour, of which the first alone makes an account", async () => {
    const server = start();
    expect(await repeat(4, (at) => join(server, at))).toEqual([201, 403, 403, 429]);
  });

  test("takes ten devices a minute", async () => {
    const server = start();
    expect(await repeat(11, () => statusOf(post(server, "device", {})))).toEqual([...times(10, 200), 429]);
  });

  test("takes five wrong user codes of an account in ten minutes", async () => {
    const server = start();
    const { access_token } = await register(server);
    const guess = () => statusOf(request(`${server.url}/api/auth/device?user_code=x`, "GET", { token: access_token }));
    expect(await repeat(6, guess)).toEqual([...times(5, 404), 429]);
  });

  test("refuses a device in the very next request after it was locked out", async () => {
    const server = start();
    const { access_token: token, session_id } = await register(server);
    const knock = () => statusOf(request(`${server.url}/api/me`, "GET", { token }));
    expect(await knock()).toBe(200);
    await request(`${server.url}/api/auth/sessions/${session_id}`, "DELETE", { token });
    expect(await knock()).toBe(401);
  });

  test("has no accounts where it has no secret either", async () => {
    const server = start({ accountSecrets: [] });
    const { status, body } = await post(server, "register", { email: EMAIL, password: PASSWORD });
    expect([status, body.detail]).toEqual([
      403,
      "this server has no accounts: it needs a secret to sign tokens with, TODO_SECRET",
    ]);
  });

  test("hashes passwords with what OWASP asks of Argon2id", async () => {
    const server = start();
    await register(server);
    const account = await server.accounts.findAccount({ email: EMAIL });
    expect(account?.passwordHash).toStartWith("$argon2id$v=19$m=19456,t=2,p=1$");
  });
});

describe("who tries too much", () => {
  /** Asks until it is too much, and answers the seconds to wait. */
  async function exhaust(ask: () => Promise<Answered>): Promise<number> {
    for (let time = 0; time < 20; time += 1) {
      const { status, headers } = await ask();
      if (status === 429) return Number(headers.get("retry-after"));
    }
    throw new Error("there is no limit");
  }

  test("has to wait for as long as its window is, divided by how often it may try", async () => {
    const [server, other] = [start(), start({ env: { TODO_SIGNIN_LIMIT: "0" } })];
    const json = { email: EMAIL, password: WRONG };
    const { access_token: token } = await register(server);
    const waits = await Promise.all([
      exhaust(() => post(server, "login", json)),
      exhaust(() => post(server, "register", { ...json, email: "x@example.com" })),
      exhaust(() => post(server, "device", {})),
      exhaust(() => request(`${server.url}/api/auth/device?user_code=x`, "GET", { token })),
      exhaust(() => post(other, "login", json)),
    ]);
    const [second, minute] = [1, 60];
    for (const [at, expected] of [12 * second, 20 * minute, 6 * second, 2 * minute, 6 * minute].entries()) {
      // Some of it goes by meanwhile.
      expect(waits[at]).toBeLessThanOrEqual(expected);
      expect(waits[at]).toBeGreaterThan(expected / 2);
    }
  });
});

describe("a server that is told more", () => {
  test("takes ten wrong passwords an hour, however many sign-ins it takes", async () => {
    const server = start({ env: { TODO_SIGNIN_LIMIT: "0" } });
    await register(server);
    const json = { email: EMAIL, password: WRONG };
    expect(await repeat(11, () => statusOf(post(server, "login", json)))).toEqual([...times(10, 401), 429]);
    expect((await post(server, "login", { email: EMAIL, password: PASSWORD })).status).toBe(429);
  });

  test("takes as many registrations and failed sign-ins as it is told, and counts no registration for a sign-in", async () => {
    const server = start({ env: { TODO_SIGNUP: "open", TODO_SIGNUP_LIMIT: "1", TODO_SIGNIN_LIMIT: "2" } });
    await register(server);
    const json = { email: "ben@example.com", password: PASSWORD };
    expect((await post(server, "register", json)).status).toBe(429);
    expect(await repeat(3, () => statusOf(post(server, "login", json)))).toEqual([401, 401, 429]);
  });

  test.each([
    ["first", [201, 403]],
    ["open", [201, 201]],
    ["invite", [403, 403]],
    ["closed", [403, 403]],
  ])("lets in whom TODO_SIGNUP=%s does", async (mode, expected) => {
    const server = start({ env: { TODO_SIGNUP: mode } });
    expect(await repeat(2, (at) => join(server, at))).toEqual(expected);
  });

  test("counts those that a proxy of ours names, and what others name as one", async () => {
    const json = { email: EMAIL, password: WRONG };
    const logIn = ({ url }: Started, at: number) =>
      statusOf(request(`${url}/api/auth/login`, "POST", { json, headers: { "x-forwarded-for": `192.0.2.${at}` } }));
    const [behind, open] = [start({ env: { TODO_TRUSTED_PROXIES: "loopback" } }), start()];
    expect(await repeat(6, (at) => logIn(behind, at))).toEqual(times(6, 401));
    expect(await repeat(6, (at) => logIn(open, at))).toEqual([...times(5, 401), 429]);
  });
});

describe("the log of a server", () => {
  test("names who came in and has no word of a password or a token", async () => {
    const server = start({ env: OPEN });
    const grant = await register(server);
    const { body: token } = await post(server, "tokens", { password: PASSWORD, name: "backup" }, grant.access_token);
    const { body: codes } = await post(server, "device", {});
    await post(server, "login", { email: EMAIL, password: WRONG });
    await post(server, "refresh", { refresh_token: grant.refresh_token });
    await post(server, "refresh", { refresh_token: WRONG });
    await request(`${server.url}/api/auth/device?user_code=${codes.user_code}`, "GET", { token: grant.access_token });
    await post(server, "device/decision", { user_code: codes.user_code, approve: true }, grant.access_token);
    await request(`${server.url}/api/tasks`, "GET", { token: token.token });
    const lines = await server.readLog(13);
    expect(lines.filter(({ event }) => event === undefined).map(({ status }) => status)).toEqual([
      201, 201, 200, 401, 200, 401, 200, 204, 200,
    ]);
    const events = lines.filter(({ event }) => event !== undefined);
    expect(events.map(({ event, outcome, address }) => [event, outcome, address])).toEqual([
      ["sign_up", "ok", "127.0.0.1"],
      ["token_create", "ok", "127.0.0.1"],
      ["sign_in", "failed", "127.0.0.1"],
      ["device_approve", "ok", "127.0.0.1"],
    ]);
    const text = server.readText();
    expect(text.split(grant.user.id)).toHaveLength(11);
    const secrets = [PASSWORD, WRONG, EMAIL, grant.access_token, grant.refresh_token, token.token, token.last8];
    for (const secret of [...secrets, codes.device_code, codes.user_code]) expect(text).not.toContain(secret);
  });
});
