import { afterAll, describe, expect, test } from "bun:test";
import { createAuthenticator } from "../../src/services/tokens/authenticate.ts";
import {
  AUDIENCE,
  CLAIMS,
  ed,
  encode,
  es,
  ISSUER,
  makeKey,
  OLD_SECRET,
  SECONDS,
  serveKeys,
  SETTINGS,
  sign,
  signed,
} from "../services/tokens/issuer.ts";
import { useAccountApis } from "../support/server/account-api.ts";
import { useApis } from "../support/server/api.ts";

const openApi = useApis();
const openAccountApi = useAccountApis();
const issuer = serveKeys();
afterAll(issuer.stop);

const stranger = await makeKey("EdDSA", "ed-2");
const DAY_S = 24 * 60 * 60;
const bearer = (token: string) => `Bearer ${token}`;
const withClaims = (claims: object) => bearer(signed({ ...CLAIMS, ...claims }));
const foreign = async (claims: object) => bearer(await sign(ed, { ...CLAIMS, ...claims }));

/** Tokens of which one thing is wrong, under the word that the log has for it. */
const REFUSED: readonly (readonly [word: string, header: string | Promise<string>])[] = [
  ["scheme", `Basic ${signed(CLAIMS)}`],
  ["scheme", "Bearer"],
  ["form", "Bearer abc"],
  ["form", bearer(`${signed(CLAIMS)}=`)],
  ["alg", bearer(signed(CLAIMS, { alg: "none" }))],
  ["typ", bearer(signed(CLAIMS, { alg: "HS256", typ: "logout+jwt" }))],
  ["crit", bearer(signed(CLAIMS, { alg: "HS256", crit: ["exp"] }))],
  ["header", bearer(`${encode("[]")}.${encode(CLAIMS)}.AAAA`)],
  ["kid", sign(stranger).then(bearer)],
  ["signature", bearer(signed(CLAIMS, { alg: "HS256" }, OLD_SECRET))],
  ["signature", sign({ ...stranger, kid: "ed-1" }).then(bearer)],
  ["payload", bearer(signed("sub=ada"))],
  ["sub", withClaims({ sub: "" })],
  ["sub", foreign({ sub: "local" })],
  ["iss", withClaims({ iss: "https://evil.test" })],
  ["aud", withClaims({ aud: "https://evil.test" })],
  ["aud", foreign({ aud: ["https://evil.test"] })],
  ["azp", foreign({ azp: "https://evil.test" })],
  ["iat", withClaims({ iat: SECONDS + 61 })],
  ["nbf", withClaims({ nbf: SECONDS + 1 })],
  ["exp", withClaims({ exp: String(SECONDS + 1) })],
  ["exp", withClaims({ exp: SECONDS })],
  ["lifetime", foreign({ azp: ISSUER, exp: SECONDS + DAY_S + 1 })],
  ["scope", withClaims({ scope: null })],
  ["scope", withClaims({ scope: "openid" })],
];

describe("the log says in a word why a token was refused, and nothing of the token:", () => {
  test.each(REFUSED)("%s", async (word, header) => {
    const settings = { ...SETTINGS, keySetUrl: issuer.url, audience: AUDIENCE, parties: [ISSUER] };
    const api = openApi(({ now }) => ({ authenticate: createAuthenticator(settings, { now, fetch }) }));
    const authorization = await header;
    const { status, headers, body } = await api.ask("GET", "/api/tasks", { as: null, headers: { authorization } });
    expect([401, 403]).toContain(status);
    const [line = { request: "none" }] = api.lines;
    const user = status === 403 ? "ada" : null;
    const said = { request: line.request, route: "GET /api/tasks", status, ms: expect.any(Number), user };
    expect(api.lines).toEqual([{ ...said, refused: word }]);
    // The client is told what it was told before.
    const told = body.code === "unauthorized" ? "the token is not valid" : expect.stringContaining("the token");
    expect(body.detail).toEqual(told);
    if (status === 401) expect(headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    expect(JSON.stringify(body)).not.toContain("refus");
  });

  test("missing, where there is none", async () => {
    const api = openApi();
    await api.ask("GET", "/api/tasks", { as: null });
    expect(api.lines).toMatchObject([{ status: 401, user: null, refused: "missing" }]);
  });

  test("alg, where nothing is set that it could be checked with", async () => {
    for (const [settings, key] of [
      [{ secrets: [], keySetUrl: issuer.url }, null],
      [{ keySetUrl: null }, es],
    ] as const) {
      const authenticator = { ...SETTINGS, ...settings };
      const api = openApi(({ now }) => ({ authenticate: createAuthenticator(authenticator, { now, fetch }) }));
      const authorization = bearer(key ? await sign(key) : signed(CLAIMS));
      await api.ask("GET", "/api/tasks", { as: null, headers: { authorization } });
      expect(api.lines).toMatchObject([{ status: 401, refused: "alg" }]);
    }
  });

  test("session, unknown or exp, of the tokens of an account here", async () => {
    const api = await openAccountApi();
    const grant = await api.register();
    const program = await api.makeToken(grant, { days: 1 });
    const last = () => api.lines.at(-1)?.refused;
    expect([await api.knock(program), last()]).toEqual([200, undefined]);
    await api.ask("POST", "/api/auth/logout", { json: { refresh_token: grant.refresh_token } });
    expect([await api.knock(grant), last()]).toEqual([401, "session"]);
    expect([await api.knock(`todo_pat_${"A".repeat(43)}`), last()]).toEqual([401, "unknown"]);
    api.clock.now += 3_600_000;
    expect([await api.knock(grant), last()]).toEqual([401, "exp"]);
  });

  test("not where the token was good and something else was refused", async () => {
    const api = openApi();
    await api.ask("GET", "/api/tasks?x=1");
    await api.ask("GET", `/api/tasks/${crypto.randomUUID()}`);
    for (const line of api.lines) expect(line).not.toContainKey("refused");
  });
});

describe("a scheme in any case", () => {
  test.each(["bearer", "BEARER", "bEARER"])("is taken of every kind of token: %s", async (scheme) => {
    const api = await openAccountApi();
    const grant = await api.register();
    const program = await api.makeToken(grant);
    for (const token of [grant.access_token, program.token, await api.foreignTokenOf("ben")]) {
      const { status } = await api.ask("GET", "/api/me", { headers: { authorization: `${scheme} ${token}` } });
      expect(status).toBe(200);
    }
  });
});
