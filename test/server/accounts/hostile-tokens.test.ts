import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { makePersonalToken } from "../../../src/services/accounts/opaque-secrets.ts";
import { createAuthenticator } from "../../../src/services/tokens/authenticate.ts";
import { CLAIMS as FOREIGN_CLAIMS, ed, serveKeys, sign } from "../../services/tokens/issuer.ts";
import { type AccountApi, type Grant, PASSWORD, useAccountApis } from "../../support/server/account-api.ts";
import { TOKENS } from "../../support/server/api.ts";
import { refusalOf } from "../../support/errors.ts";
import { deriveKey, encode, forge, HEADER, makeUpRefreshToken, SECRET } from "../../support/server/forged-tokens.ts";
import { readBytes } from "../../support/server/reply-bytes.ts";

// Every forged token here is right but for one thing, so that only that can refuse it.

const openApi = useAccountApis();
const issuer = serveKeys();
afterAll(issuer.stop);

/** Somebody signed in, somebody else, and what can be had of them. */
type Loot = {
  readonly api: AccountApi;
  readonly mine: Grant;
  readonly theirs: Grant;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly program: string;
  readonly deviceCode: string;
  readonly invite: string;
  readonly foreign: string;
};

let loot: Loot;

beforeAll(async () => {
  const api = await openApi({ tokens: { keySetUrl: issuer.url } });
  const [mine, theirs] = [await api.register(), await api.register({ email: "ben@example.com" })];
  const now = api.clock.now / 1000;
  loot = {
    api,
    mine,
    theirs,
    claims: {
      iss: "todo",
      aud: "todo",
      sub: mine.user.id,
      sid: mine.session_id,
      jti: crypto.randomUUID(),
      iat: now,
      exp: now + 900,
    },
    program: (await api.makeToken(mine)).token,
    deviceCode: (await api.startDevice()).device_code,
    invite: await api.invite(),
    foreign: await sign(ed, { ...FOREIGN_CLAIMS, sub: "carl" }),
  };
});

async function answer(authorization: string) {
  return readBytes(await loot.api.send("GET", "/api/me", { as: null, headers: { authorization } }));
}

/** A forged token with other claims. */
const withClaims = (claims: object) => (): string => forge({ ...loot.claims, ...claims });
const withHeader = (header: object) => (): string => forge(loot.claims, { header });
const withKey = (key: string | Uint8Array) => (): string => forge(loot.claims, { key });
const withJson = (change: (json: string) => string) => (): string => forge(change(JSON.stringify(loot.claims)));
const changed = (change: (token: string) => string) => (): string => change(loot.mine.access_token);
/** What an issuer with the secret, or with a key of the set, could say of an account here. */
const ofIssuer = (header: object) => (): string =>
  forge({ ...FOREIGN_CLAIMS, sub: loot.mine.user.id }, { header, key: SECRET });
const ofKeySet = (header: object) => (): Promise<string> =>
  sign(ed, { ...FOREIGN_CLAIMS, sub: loot.mine.user.id, sid: loot.mine.session_id }, header);

function swapCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) => (letter < "a" ? letter.toLowerCase() : letter.toUpperCase()));
}

function splitToken(token: string): [header: string, payload: string, signature: string] {
  const [header = "", payload = "", signature = ""] = token.split(".");
  return [header, payload, signature];
}

type Hostile = readonly [what: string, token: () => string | Promise<string>];

const SIGNATURES: readonly Hostile[] = [
  ["alg none without a signature", () => `${encode({ ...HEADER, alg: "none" })}.${encode(loot.claims)}.`],
  ["alg none with a signature", withHeader({ ...HEADER, alg: "none" })],
  ["alg None", withHeader({ ...HEADER, alg: "None" })],
  ["alg hs256", withHeader({ ...HEADER, alg: "hs256" })],
  ["HS384 in the header alone", withHeader({ ...HEADER, alg: "HS384" })],
  ["HS384", () => forge(loot.claims, { header: { ...HEADER, alg: "HS384" }, hash: "sha384" })],
  ["HS512", () => forge(loot.claims, { header: { ...HEADER, alg: "HS512" }, hash: "sha512" })],
  ["an HMAC of SHA-384 behind our header", () => forge(loot.claims, { hash: "sha384" })],
  ["RS256 and an HMAC", withHeader({ ...HEADER, alg: "RS256" })],
  ["EdDSA and an HMAC", withHeader({ ...HEADER, alg: "EdDSA" })],
  ["the raw secret for a key", withKey(SECRET)],
  ["an empty key", withKey("")],
  ["the SHA-256 of the secret for a key", withKey(new Bun.CryptoHasher("sha256").update(SECRET).digest())],
  ["a key of another server", withKey(deriveKey("Vq3kT8wZr1XyN6mB4cJ7hL2pF9sD5gAe"))],
  ["a key for something else", withKey(deriveKey(SECRET, "todo access tokens 2"))],
  ["a key for nothing", withKey(deriveKey(SECRET, ""))],
  ["a key with a salt", withKey(deriveKey(SECRET, "todo access tokens 1", "todo"))],
  [
    "the signature of another token of ours",
    () => {
      const [header, payload] = splitToken(loot.mine.access_token);
      return `${header}.${payload}.${splitToken(loot.theirs.access_token)[2]}`;
    },
  ],
  [
    "the claims of another token of ours",
    () => {
      const [header, , signature] = splitToken(loot.mine.access_token);
      return `${header}.${splitToken(loot.theirs.access_token)[1]}.${signature}`;
    },
  ],
  ["a signature of zeros", () => `${encode(HEADER)}.${encode(loot.claims)}.${encode(new Uint8Array(32))}`],
];

const HEADERS: readonly Hostile[] = [
  ["our header in another order", withHeader({ typ: "at+jwt", alg: "HS256", kid: "todo" })],
  ["our header with a space", () => forge(loot.claims, { header: JSON.stringify(HEADER).replace(":", ": ") })],
  ["our header and more", withHeader({ ...HEADER, cty: "JWT" })],
  ["no typ", withHeader({ alg: "HS256", kid: "todo" })],
  ["typ JWT", withHeader({ ...HEADER, typ: "JWT" })],
  ["typ AT+JWT", withHeader({ ...HEADER, typ: "AT+JWT" })],
  ["no kid", withHeader({ alg: "HS256", typ: "at+jwt" })],
  ["another kid", withHeader({ ...HEADER, kid: "ed-1" })],
  ["crit", withHeader({ ...HEADER, crit: ["exp"] })],
];

const CLAIMS: readonly Hostile[] = [
  ["another iss", withClaims({ iss: "https://auth.todo.test" })],
  ["no iss", withClaims({ iss: undefined })],
  ["iss as a list", withClaims({ iss: ["todo"] })],
  ["another aud", withClaims({ aud: "https://todo.test" })],
  ["no aud", withClaims({ aud: undefined })],
  ["aud as a list", withClaims({ aud: ["todo"] })],
  ["the sub of somebody else", () => forge({ ...loot.claims, sub: loot.theirs.user.id })],
  ["a sub that is no account", withClaims({ sub: "ann" })],
  ["a sub that is no account here", withClaims({ sub: `acct_${crypto.randomUUID()}` })],
  ["a sub in capitals", () => forge({ ...loot.claims, sub: loot.mine.user.id.toUpperCase() })],
  ["no sub", withClaims({ sub: undefined })],
  ["sub as a list", () => forge({ ...loot.claims, sub: [loot.mine.user.id] })],
  ["the sid of somebody else", () => forge({ ...loot.claims, sid: loot.theirs.session_id })],
  ["the sid of no session", withClaims({ sid: crypto.randomUUID() })],
  ["a sid that is no UUID", withClaims({ sid: "' or 1=1 --" })],
  ["no sid", withClaims({ sid: undefined })],
  ["sid null", withClaims({ sid: null })],
  ["no jti", withClaims({ jti: undefined })],
  ["iat as a text", withClaims({ iat: "0" })],
  ["no iat", withClaims({ iat: undefined })],
  ["no exp", withClaims({ exp: undefined })],
  ["exp as a text", withClaims({ exp: "9999999999" })],
  ["exp with a fraction", withClaims({ exp: 9_999_999_999.5 })],
  ["exp past what a number counts exactly", withClaims({ exp: 2 ** 53 })],
];

const JSON_TEXTS: readonly Hostile[] = [
  ["two subs", withJson((json) => `${json.slice(0, -1)},"sub":"acct_x"}`)],
  ["two exps", withJson((json) => json.replace("{", '{"exp":9999999999,'))],
  ["two sids, one with an escape", withJson((json) => json.replace("{", String.raw`{"s\u0069d":"x",`))],
  ["a BOM", withJson((json) => `\ufeff${json}`)],
  ["a list", withJson((json) => `[${json}]`)],
  ["more behind it", withJson((json) => `${json}{}`)],
  ["no JSON", () => forge("sub=ann")],
  ["claims that only a prototype has", withJson((json) => `{"__proto__":${json}}`)],
  ["bytes that are not UTF-8", () => forge(Buffer.concat([Buffer.from(JSON.stringify(loot.claims)), Buffer.of(0xff)]))],
];

const FORMS: readonly Hostile[] = [
  ["one character less", changed((token) => token.slice(0, -1))],
  ["four characters less", changed((token) => token.slice(0, -4))],
  ["no signature", changed((token) => token.slice(0, token.lastIndexOf(".")))],
  ["an empty signature", changed((token) => token.slice(0, token.lastIndexOf(".") + 1))],
  ["nothing but our header", changed((token) => `${splitToken(token)[0]}.`)],
  ["padding", changed((token) => `${token}=`)],
  ["one character more", changed((token) => `${token}A`)],
  ["a dot more", changed((token) => `${token}.`)],
  ["itself behind it", changed((token) => token + token)],
  ["itself behind a dot", changed((token) => `${token}.${token}`)],
  ["itself behind a comma", changed((token) => `${token}, ${token}`)],
  ["a space before it", changed((token) => ` ${token}`)],
  ["a quote around it", changed((token) => `"${token}"`)],
  ["all letters in the other case", changed(swapCase)],
  [
    "a signature in the other case",
    changed((token) => {
      const [header, payload, signature] = splitToken(token);
      return `${header}.${payload}.${swapCase(signature)}`;
    }),
  ],
  [
    "unused bits in the signature",
    changed((token) => {
      const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      return token.slice(0, -1) + alphabet[alphabet.indexOf(token.slice(-1)) + 1];
    }),
  ],
  ["more than 8 KB", () => forge({ ...loot.claims, more: "x".repeat(6000) })],
  ["a megabyte", () => forge({ ...loot.claims, more: "x".repeat(1_000_000) })],
];

const OTHER_SECRETS: readonly Hostile[] = [
  ["a refresh token", () => loot.mine.refresh_token],
  ["a refresh token of no session", () => makeUpRefreshToken(crypto.randomUUID())],
  ["a device code", () => loot.deviceCode],
  ["an invitation", () => loot.invite],
  ["the id of a session", () => loot.mine.session_id],
  ["the id of an account", () => loot.mine.user.id],
  ["a password", () => PASSWORD],
  ["a personal token that nobody made", makePersonalToken],
  ["nothing of a personal token but how it begins", () => "todo_pat_"],
  ["a personal token and more", () => `${loot.program}A`],
  ["a personal token twice", () => loot.program + loot.program],
  ["a personal token and less", () => loot.program.slice(0, -1)],
  ["a personal token with padding", () => `${loot.program}=`],
  ["a personal token in the other case", () => `todo_pat_${swapCase(loot.program.slice("todo_pat_".length))}`],
  ["a personal token that begins with capitals", () => loot.program.replace("todo_pat_", "TODO_PAT_")],
  ["a personal token as a refresh token", () => loot.program.replace("todo_pat_", "todo_ref_")],
  ["a hash of a personal token", () => `todo_pat_${new Bun.CryptoHasher("sha256").update(loot.program).digest("hex")}`],
  ["junk like a personal token", () => "todo_pat_' or 1=1 --"],
  ["a very long personal token", () => `todo_pat_${"x".repeat(10_000)}`],
];

const ISSUERS: readonly Hostile[] = [
  ["an issuer's word for an account here", ofIssuer({ alg: "HS256" })],
  ["an issuer's word for an account here, typ JWT", ofIssuer({ alg: "HS256", typ: "JWT" })],
  ["an issuer's access token for an account here", ofIssuer({ alg: "HS256", typ: "at+jwt" })],
  ["an issuer's token with our header", ofIssuer(HEADER)],
  ["an issuer's token with our header for its own user", () => forge(FOREIGN_CLAIMS, { key: SECRET })],
  ["an issuer's token with our claims", () => forge(loot.claims, { header: { alg: "HS256" }, key: SECRET })],
  ["a key set's word for an account here", ofKeySet({})],
  ["a key set's access token for an account here", ofKeySet({ typ: "at+jwt" })],
  ["a key set's token with our kid", ofKeySet({ typ: "at+jwt", kid: "todo" })],
];

describe("the tokens that the hostile ones are made of are good:", () => {
  test("forged with the right key, with more claims than are needed", async () => {
    const token = forge({ ...loot.claims, name: "Ada" });
    expect(await loot.api.knock(token)).toBe(200);
    expect(forge(loot.claims)).toStartWith(loot.mine.access_token.split(".")[0] ?? "?");
  });

  test("of the device, the program and the key set", async () => {
    for (const as of [loot.mine, loot.theirs, loot.program, loot.foreign]) expect(await loot.api.knock(as)).toBe(200);
  });
});

describe("all of these are refused with one reply:", () => {
  const all = [SIGNATURES, HEADERS, CLAIMS, JSON_TEXTS, FORMS, OTHER_SECRETS, ISSUERS].flat();

  test.each(all.map(([what, make]) => [what, make] as const))("%s", async (_, make) => {
    const nonsense = await answer("Bearer nonsense");
    expect([nonsense.status, JSON.parse(nonsense.body).detail]).toEqual([401, "the token is not valid"]);
    expect(await answer(`Bearer ${await make()}`)).toEqual(nonsense);
    expect(loot.api.lines.at(-1)).toMatchObject({ status: 401, user: null });
  });

  test.each(["Bearer ", "Bearers", "Basic", "Bearer Bearer", "Token", "DPoP"])("the scheme %s", async (scheme) => {
    for (const token of [loot.mine.access_token, loot.program]) {
      expect((await answer(`${scheme} ${token}`)).status).toBe(401);
    }
  });
});

describe("an access token", () => {
  test("is nobody's for who takes tokens of issuers with the same secret", async () => {
    const { authenticate, now } = { authenticate: createAuthenticator, now: () => loot.api.clock.now };
    const others = authenticate(TOKENS, { now, fetch });
    for (const token of [loot.mine.access_token, forge(loot.claims)]) {
      const refused = await refusalOf(Promise.resolve(others(`Bearer ${token}`)));
      expect([refused.code, refused.message]).toEqual(["unauthorized", "the token is not valid"]);
    }
  });

  test("is good for 15 minutes, to the second, and then it says that it has expired", async () => {
    const api = await openApi();
    api.clock.now += 999;
    const grant = await api.register();
    const expired = "the token has expired";
    for (const [wait, status, detail] of [
      [0, 200, undefined],
      [15 * 60_000 - 1000, 200, undefined],
      [1, 401, expired],
      [60_000, 401, expired],
    ] as const) {
      api.clock.now += wait;
      const { body, ...reply } = await api.ask("GET", "/api/me", { as: grant });
      expect([wait, reply.status, body.detail]).toEqual([wait, status, detail]);
      expect(await api.beside().knock(grant)).toBe(status);
    }
  });
});
