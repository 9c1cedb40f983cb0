import { describe, expect, test } from "bun:test";
import { createNetworkLimit } from "../../../../src/server/limits/network-limit.ts";
import { perHour, perMinute } from "../../../../src/server/limits/rate-limit.ts";
import { EMAIL, MINUTE, PASSWORD, type Setting, useAccountApis } from "../../../support/server/account-api.ts";
import { OWN, openPage } from "../../../support/server/page.ts";
import { only } from "../../../support/stores/test-user.ts";

const openApi = useAccountApis();

const ADA = { email: EMAIL, password: PASSWORD };
const BEN = { email: "ben@example.com", password: PASSWORD };
const TOKEN = /^todo_ref_[\w-]{64}$/;
const LIFE = "Max-Age=5184000";

/** A server, and its page in which Ada is signed in. */
async function openSignedIn(setting: Setting = {}, headers: Readonly<Record<string, string>> = OWN) {
  const api = await openApi(setting);
  const page = openPage(api, headers);
  const { body: grant, headers: replied } = await page.post("register", { ...ADA, device: "Firefox" });
  return { api, page, grant, account: { account: grant.account }, cookie: replied.get("set-cookie") ?? "" };
}

describe("a sign-in of the page", () => {
  test("answers an access token, and keeps the refresh token where no script reads it", async () => {
    const { api, page, grant, cookie } = await openSignedIn();
    expect(grant).toEqual({
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: 900,
      session_id: expect.any(String),
      account: grant.user.id,
      user: { id: expect.stringMatching(/^acct_/), email: EMAIL },
    });
    expect(cookie).toMatch(
      /^todo-session-[\da-f]{12}=todo_ref_[\w-]{64}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=5184000$/,
    );
    expect(await api.knock(grant)).toBe(200);
    const { status, body } = await page.post("login", ADA);
    expect([status, body.account]).toEqual([200, grant.account]);
    expect(page.cookies.size).toBe(1);
  });

  test.each<[string, Setting["parts"], Record<string, string>]>([
    ["where the public address says so", { publicUrl: "https://todo.example.com" }, {}],
    ["where a trusted proxy says so", { isTrustedProxy: () => true }, { "x-forwarded-proto": "https" }],
    ["where the browser says so", {}, { origin: "https://todo.example.com" }],
    ["where the browser keeps nothing, because it is no TLS", {}, { origin: "http://todo.example.com" }],
  ])("is for TLS and this host alone %s", async (_, parts = {}, headers) => {
    const { page, cookie, account } = await openSignedIn({ parts }, { ...OWN, ...headers });
    expect(cookie).toStartWith("__Host-todo-session-");
    expect(cookie).toEndWith(`; Path=/; HttpOnly; SameSite=Strict; ${LIFE}; Secure`);
    expect((await page.post("refresh", account)).status).toBe(200);
  });

  test.each(["http://localhost:8787", "http://127.0.0.1:8787", "http://[::1]:8787"])(
    "is kept by any browser at %s, which has no TLS",
    async (origin) => expect((await openSignedIn({}, { ...OWN, origin })).cookie).toEndWith(`SameSite=Strict; ${LIFE}`),
  );

  test("counts with those of other programs: wrong passwords and new accounts are limited", async () => {
    const { page } = await openSignedIn({
      limits: ({ now }) => ({
        networkFailures: createNetworkLimit(perMinute(2), now),
        signUps: createNetworkLimit(perHour(1), now),
      }),
    });
    expect((await page.post("register", BEN)).status).toBe(429);
    const statuses: number[] = [];
    for (let guess = 0; guess < 3; guess += 1) {
      statuses.push((await page.post("login", { ...ADA, password: "wrong" })).status);
    }
    expect(statuses).toEqual([401, 401, 429]);
    expect((await page.post("register", { ...BEN, password: "short" })).status).toBe(400);
  });
});

describe("a request that is not of the page", () => {
  const BODIES: Readonly<Record<string, unknown>> = {
    register: BEN,
    login: ADA,
    refresh: {},
    logout: {},
    code: { code: "x" },
  };

  test.each<[string, Record<string, string>]>([
    ["of another site", { "sec-fetch-site": "cross-site", origin: "http://localhost:8787" }],
    ["of another host of the site", { "sec-fetch-site": "same-site" }],
    ["of a person", { "sec-fetch-site": "none" }],
    ["without a word", {}],
    ["of another origin in an old browser", { origin: "http://localhost:3000" }],
    ["of no origin in an old browser", { origin: "null" }],
  ])("is refused if it is %s, and does nothing", async (_, headers) => {
    const { api, page, grant, account } = await openSignedIn();
    const cookie = [...page.cookies].map((pair) => pair.join("=")).join("; ");
    for (const [path, body] of Object.entries(BODIES)) {
      const json = { ...account, ...(typeof body === "object" && body) };
      const reply = await api.ask("POST", `/api/web/${path}`, { json, headers: { ...headers, cookie } });
      expect([path, reply.status, reply.headers.get("set-cookie")]).toEqual([path, 403, null]);
      expect(reply.body.detail).toBe("only this server's own page can ask for this");
    }
    expect(await api.knock(grant)).toBe(200);
    expect((await page.post("refresh", account)).status).toBe(200);
  });

  test.each<[string, Setting["parts"], string]>([
    ["at the address of the request", {}, "http://localhost:8787"],
    ["at the public address, below a path", { publicUrl: "https://a.test/todo" }, "https://a.test"],
  ])("is told from one in an old browser, which names its origin %s", async (_, parts = {}, origin) => {
    const { page, account } = await openSignedIn({ parts }, { origin });
    expect((await page.post("refresh", account)).status).toBe(200);
  });

  test("is refused as a form", async () => {
    const { api } = await openSignedIn();
    for (const path of Object.keys(BODIES)) {
      const { status } = await api.ask("POST", `/api/web/${path}`, { form: { email: EMAIL }, headers: OWN });
      expect([path, status]).toEqual([path, 415]);
    }
  });

  test("finds nothing where the server has no page", async () => {
    const api = await openApi({ parts: { web: null } });
    const page = openPage(api);
    for (const [path, json] of Object.entries(BODIES)) expect((await page.post(path, json)).status).toBe(404);
  });
});

describe("a renewal", () => {
  test("takes the cookie, and answers the next one", async () => {
    const { api, page, grant, account } = await openSignedIn();
    const [[name, first] = []] = page.cookies;
    api.clock.now += 10 * MINUTE;
    const { status, body } = await page.post("refresh", account);
    expect([status, body]).toEqual([200, { ...grant, access_token: expect.any(String) }]);
    expect(body.access_token).not.toBe(grant.access_token);
    const [[sameName, second] = []] = page.cookies;
    expect([sameName, second === first, TOKEN.test(second ?? "")]).toEqual([name, false, true]);
    expect((await page.post("refresh", account)).status).toBe(200);
  });

  test("of two tabs at once leaves both signed in", async () => {
    const { api, page, account } = await openSignedIn();
    const tabs = [openPage(api), openPage(api)];
    for (const tab of tabs) for (const [name, value] of page.cookies) tab.cookies.set(name, value);
    const replies = await Promise.all(tabs.map((tab) => tab.post("refresh", account)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(tabs[0]?.cookies).toEqual(tabs[1]?.cookies ?? new Map());
    expect((await page.post("refresh", account)).status).toBe(200);
  });

  test("with a cookie that was used more than a minute ago ends the session, as a thief may have it", async () => {
    const { api, page, account } = await openSignedIn();
    const thief = openPage(api);
    for (const [name, value] of page.cookies) thief.cookies.set(name, value);
    const { body } = await page.post("refresh", account);
    api.clock.now += MINUTE + 1;
    expect((await thief.post("refresh", account)).status).toBe(401);
    expect([(await page.post("refresh", account)).status, await api.knock(body)]).toEqual([401, 401]);
  });

  test("is refused once the session was ended from elsewhere", async () => {
    const { api, page, grant, account } = await openSignedIn();
    const other = await api.logIn();
    await api.ask("DELETE", `/api/auth/sessions/${grant.session_id}`, { as: other });
    const { status, body } = await page.post("refresh", account);
    expect([status, body.detail]).toEqual([401, "the session is over"]);
  });

  test("is refused without a cookie, and with one that is none", async () => {
    const { api, page, account } = await openSignedIn();
    const [name] = [...page.cookies.keys()];
    const empty = openPage(api);
    expect((await empty.post("refresh", account)).status).toBe(401);
    for (const value of ["", "nonsense", "todo_own_x", "a".repeat(300)]) {
      empty.cookies.set(name ?? "", value);
      expect((await empty.post("refresh", account)).status).toBe(401);
    }
  });
});

describe("a sign-out", () => {
  test("ends the session and has the browser forget the cookie", async () => {
    const { api, page, grant, account, cookie } = await openSignedIn();
    const kept = new Map(page.cookies);
    const { status, headers } = await page.post("logout", account);
    const [name] = cookie.split("=");
    expect([status, headers.get("set-cookie")]).toEqual([
      204,
      `${name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`,
    ]);
    expect([page.cookies.size, await api.knock(grant)]).toEqual([0, 401]);
    for (const [old, value] of kept) page.cookies.set(old, value);
    expect((await page.post("refresh", account)).status).toBe(401);
  });

  test("without a session is none", async () => {
    const page = openPage(await openApi());
    expect((await page.post("logout", { account: "acct_nobody" })).status).toBe(204);
  });
});

describe("several accounts in one browser", () => {
  test("have a cookie each, and leave each other alone", async () => {
    const { page, grant: ada } = await openSignedIn();
    const { body: ben } = await page.post("register", BEN);
    expect(page.cookies.size).toBe(2);
    for (const { account, user } of [ada, ben, ada]) {
      expect((await page.post("refresh", { account })).body.user).toEqual(user);
    }
    await page.post("logout", { account: ada.account });
    expect((await page.post("refresh", { account: ada.account })).status).toBe(401);
    expect((await page.post("refresh", { account: ben.account })).status).toBe(200);
  });

  test("don't pass for each other: a cookie under the name of another account is none", async () => {
    const { api, page, account } = await openSignedIn();
    const other = openPage(api);
    await other.post("register", BEN);
    const [name] = [...page.cookies.keys()];
    page.cookies.set(name ?? "", only([...other.cookies.values()]));
    expect((await page.post("refresh", account)).status).toBe(401);
  });
});
