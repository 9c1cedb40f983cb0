import { beforeAll, describe, expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import { type ServedApi, useServedApis } from "../support/server/served-api.ts";
import { type Account, type Issuer, useIssuers } from "./issuer.ts";

// The real Better Auth, with its jwt plugin, and this server, each at an address of its own, as a deployment has them.

const startIssuer = useIssuers();
const startApi = useServedApis();

/** The server for those whom this issuer knows. The jwt plugin names its own address as issuer and audience. */
function serveFor({ url }: Issuer, more: Readonly<Record<string, string>> = {}): ServedApi {
  return startApi({
    TODO_JWKS_URL: `${url}/api/auth/jwks`,
    TODO_JWT_ISSUER: url,
    TODO_JWT_AUDIENCE: url,
    ...more,
  });
}

async function ask({ url }: ServedApi, token: string, path = "/api/me", init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(url + path, { headers, ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

async function expectRefused(api: ServedApi, token: string, hasExpired = false): Promise<void> {
  const { status, headers, body } = await ask(api, token);
  expect({ status, body }).toEqual({
    status: 401,
    body: {
      type: "about:blank",
      title: "Unauthorized",
      status: 401,
      code: hasExpired ? "token_expired" : "unauthorized",
      detail: hasExpired ? "the token has expired" : "the token is not valid",
    },
  });
  expect(headers.get("www-authenticate")).toStartWith("Bearer");
}

describe("A token of Better Auth", () => {
  let issuer: Issuer;
  let ann: Account;
  let ben: Account;
  beforeAll(async () => {
    issuer = await startIssuer();
    [ann, ben] = await Promise.all([issuer.signUp("Ann"), issuer.signUp("Ben")]);
  });

  test("is accepted, and /api/me says whose it is", async () => {
    const { status, body } = await ask(serveFor(issuer), ann.jwt);
    expect(status).toBe(200);
    const { id, name, email } = ann.user;
    expect(body).toEqual({ id, name, email, issuer: issuer.url, scopes: null, expires_at: expect.any(String) });
    // Better Auth's tokens are good for a quarter of an hour.
    expect(Date.parse(body.expires_at) - Date.now()).toBeWithin(14 * 60_000, 15 * 60_000 + 1);
  });

  test("lets its user at their own tasks and at nobody else's", async () => {
    const api = serveFor(issuer);
    const made = await ask(api, ann.jwt, "/api/tasks", { method: "POST", body: JSON.stringify({ title: "Pay rent" }) });
    expect(made.status).toBe(201);
    const path = `/api/tasks/${made.body.id}`;
    expect((await ask(api, ann.jwt, "/api/tasks")).body).toEqual([made.body]);
    expect((await ask(api, ben.jwt, "/api/tasks")).body).toEqual([]);
    const tries = await Promise.all([
      ask(api, ben.jwt, path),
      ask(api, ben.jwt, path, { method: "PATCH", body: '{"title":"Mine"}' }),
      ask(api, ben.jwt, `${path}/complete`, { method: "PATCH", body: '{"completed":true}' }),
      ask(api, ben.jwt, path, { method: "DELETE" }),
      ask(api, ben.jwt, `${path}/restore`, { method: "POST" }),
    ]);
    expect(tries.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await ask(api, ann.jwt, path)).body).toEqual(made.body);
  });

  test("is refused when its time is over", async () => {
    const api = serveFor(issuer);
    expect((await ask(api, ann.jwt)).status).toBe(200);
    api.clock.ahead = 14 * 60_000;
    expect((await ask(api, ann.jwt)).status).toBe(200);
    api.clock.ahead = 15 * 60_000;
    await expectRefused(api, ann.jwt, true);
  });

  const FORGERIES: Readonly<Record<string, (parts: Parts) => string>> = {
    "names another user": ({ header, payload, signature }) =>
      [header, encode({ ...decode(payload), sub: ben.user.id }), signature].join("."),
    "lasts longer": ({ header, payload, signature }) =>
      [header, encode({ ...decode(payload), exp: 9_999_999_999 }), signature].join("."),
    "has another signature": ({ header, payload, signature }) =>
      [header, payload, `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`].join("."),
    "has no signature": ({ header, payload }) => `${header}.${payload}.`,
    "says that it is not signed": ({ payload }) => `${encode({ alg: "none" })}.${payload}.`,
    "has the signature of another's": ({ header, payload }) => [header, payload, partsOf(ben.jwt).signature].join("."),
    "is signed with the text of the public key": ({ payload, publicKey }) => {
      const text = `${encode({ alg: "HS256" })}.${payload}`;
      return `${text}.${createHmac("sha256", publicKey).update(text).digest("base64url")}`;
    },
    "names a key that there is not": ({ header, payload, signature }) =>
      [encode({ ...decode(header), kid: "another" }), payload, signature].join("."),
  };

  test.each(Object.keys(FORGERIES))("is refused where it %s", async (name) => {
    const api = serveFor(issuer, { BETTER_AUTH_SECRET: issuer.secret });
    const publicKey = await (await fetch(`${issuer.url}/api/auth/jwks`)).text();
    await expectRefused(api, FORGERIES[name]?.({ ...partsOf(ann.jwt), publicKey }) ?? "");
    expect((await ask(api, ann.jwt)).status).toBe(200);
  });

  test("is refused where another Better Auth issued it", async () => {
    const other = await startIssuer();
    const { jwt } = await other.signUp("Ann");
    await expectRefused(serveFor(issuer), jwt);
    expect((await ask(serveFor(other), jwt)).status).toBe(200);
  });

  test("is refused where it is meant for another service", async () => {
    const api = serveFor(issuer, { TODO_JWT_AUDIENCE: "https://todo.test" });
    await expectRefused(api, ann.jwt);
  });
});

describe("The keys of Better Auth", () => {
  test.each([{ alg: "EdDSA", crv: "Ed25519" } as const, { alg: "ES256" } as const, { alg: "RS256" } as const])(
    "can be of the kind $alg",
    async (keys) => {
      const issuer = await startIssuer({ keys });
      const { jwt, user } = await issuer.signUp("Ann");
      expect(decode(partsOf(jwt).header)).toMatchObject({ alg: keys.alg });
      expect((await ask(serveFor(issuer), jwt)).body).toMatchObject({ id: user.id });
    },
  );

  test("are fetched anew when it has others, and then those before are not trusted any more", async () => {
    const issuer = await startIssuer();
    const api = serveFor(issuer);
    const ann = await issuer.signUp("Ann");
    expect((await ask(api, ann.jwt)).status).toBe(200);
    issuer.changeKeys();
    const ben = await issuer.signUp("Ben");
    // Not more often than every half minute, whatever a token says.
    await expectRefused(api, ben.jwt);
    api.clock.ahead = 31_000;
    expect((await ask(api, ben.jwt)).body).toMatchObject({ id: ben.user.id });
    await expectRefused(api, ann.jwt);
  });

  test("are asked for again while it is away, and who is known stays let in", async () => {
    const issuer = await startIssuer();
    const [api, late] = [serveFor(issuer), serveFor(issuer)];
    const { jwt } = await issuer.signUp("Ann");
    expect((await ask(api, jwt)).status).toBe(200);
    await issuer.stop();
    expect((await ask(api, jwt)).status).toBe(200);
    const { status, headers, body } = await ask(late, jwt);
    expect([status, body.code]).toEqual([503, "unavailable"]);
    expect(headers.get("retry-after")).toMatch(/^[1-5]$/);
  });
});

describe("What else Better Auth gives its users is no token, also where this server has its secret", () => {
  const CASES = [
    ["the session token", undefined, ({ session }) => session],
    ["the session cookie", undefined, ({ cookies }) => cookies.get("better-auth.session_token")],
    ["the session cookie as a JWT of the secret", "secret", ({ cookies }) => cookies.get("better-auth.session_data")],
    ["the session cookie as a JWT of a key", "key set", ({ cookies }) => cookies.get("better-auth.session_data")],
    ["the token of the mail", undefined, ({ mail }) => mail],
  ] as const satisfies [string, "secret" | "key set" | undefined, (account: Account) => string | undefined][];

  test.each(CASES)("%s", async (_, cookies, pick) => {
    const issuer = await startIssuer({ ...(cookies && { cookies }) });
    const account = await issuer.signUp("Ann");
    const token = pick(account);
    expect(token).toBeString();
    for (const secret of [{}, { BETTER_AUTH_SECRET: issuer.secret }]) {
      const api = serveFor(issuer, secret);
      await expectRefused(api, token ?? "");
      expect((await ask(api, account.jwt)).status).toBe(200);
    }
    await expectRefused(startApi({ BETTER_AUTH_SECRET: issuer.secret }), token ?? "");
    // Nor where the audience of those cookies is taken for this server's.
    await expectRefused(serveFor(issuer, { TODO_JWT_AUDIENCE: "better-auth:session-cache" }), token ?? "");
  });

  test("the cookies of a browser", async () => {
    const issuer = await startIssuer({ cookies: "secret" });
    const { cookies } = await issuer.signUp("Ann");
    const api = serveFor(issuer, { BETTER_AUTH_SECRET: issuer.secret });
    const cookie = [...cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("; ");
    const response = await fetch(`${api.url}/api/me`, { headers: { cookie } });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ detail: "a token is needed" });
  });
});

type Parts = {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
  readonly publicKey: string;
};

function partsOf(token: string): Omit<Parts, "publicKey"> {
  const [header = "", payload = "", signature = ""] = token.split(".");
  return { header, payload, signature };
}

function decode(part: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(part, "base64url").toString());
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
