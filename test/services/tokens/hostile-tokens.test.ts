import { afterAll, describe, expect, test } from "bun:test";
import { exportSPKI, importJWK, SignJWT } from "jose";
import { createAuthenticator } from "../../../src/services/tokens/authenticate.ts";
import { refusalOf } from "../../support/errors.ts";
import {
  ALL_KEYS,
  CLAIMS,
  createCheck,
  ed,
  encode,
  es,
  hmac,
  ISSUER,
  makeKey,
  NOW,
  OLD_SECRET,
  rs,
  SECONDS,
  SECRET,
  serveKeys,
  SETTINGS,
  sign,
  signed,
} from "./issuer.ts";

// Every token here has a right signature unless the signature is what is wrong with it, so that only its flaw can refuse it.

const issuer = serveKeys();
afterAll(issuer.stop);
const authenticate = createAuthenticator(
  { ...SETTINGS, keySetUrl: issuer.url },
  { now: () => NOW, fetch: (url, init) => fetch(url, init) },
);

const GOOD = signed(CLAIMS);
const [HEADER = "", PAYLOAD = "", SIGNATURE = ""] = GOOD.split(".");
const bearer = (token: string): string => `Bearer ${token}`;

/** A text of base64url with some of its characters put into another place or form, and a signature that is right for it. */
function resigned(header: string, payload: string): string {
  return bearer(`${header}.${payload}.${hmac(`${header}.${payload}`)}`);
}

/** The last character with one of its unused bits set. Decoders that don't look read the same bytes. */
function withTrailingBits(part: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  if (part.length % 4 === 0) throw new Error("all bits of this part are used");
  return part.slice(0, -1) + alphabet[alphabet.indexOf(part.slice(-1)) + 1];
}

/** The payload as JSON text, with more members behind the first ones. */
const withMembers = (members: string): string => `${JSON.stringify(CLAIMS).slice(0, -1)},${members}}`;
const withClaims = (claims: object): string => bearer(signed({ ...CLAIMS, ...claims }));
const without = (name: keyof typeof CLAIMS): string => withClaims({ [name]: undefined });
const withHeader = (header: object): string => bearer(signed(CLAIMS, { alg: "HS256", ...header }));

/** The DER form of an ECDSA signature, which other libraries make and RFC 7518, 3.4 forbids. */
function inDer(signature: string): string {
  const raw = Buffer.from(signature, "base64url");
  const integers = [raw.subarray(0, 32), raw.subarray(32)].map((half) => {
    const digits = half.subarray(half.findIndex((byte) => byte !== 0));
    const content = (digits[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), digits]) : digits;
    return Buffer.concat([Buffer.of(2, content.length), content]);
  });
  const body = Buffer.concat(integers);
  return encode(Buffer.concat([Buffer.of(0x30, body.length), body]));
}

const jwk = ed.jwk;
const pem = await exportSPKI(await publicKeyOf(rs.jwk));
const raw = Buffer.from(jwk.x ?? "", "base64url");

async function publicKeyOf(key: typeof jwk): Promise<CryptoKey> {
  const imported = await importJWK(key, key.alg);
  if (imported instanceof Uint8Array) throw new Error("a public key was expected");
  return imported;
}

/** Signed with a key that the attacker made and gives the name of a real one. */
const attacker = await makeKey("EdDSA", "ed-1");
const esToken = await sign(es);
const edToken = await sign(ed);
const foreign = async (claims: object, header: object = {}) => bearer(await sign(ed, { ...CLAIMS, ...claims }, header));
const withUndefinedAlg = async (alg: string) => bearer(`${encode({ alg, kid: "ed-1" })}.${PAYLOAD}.${SIGNATURE}`);

type Hostile = readonly [what: string, header: string | Promise<string>];

const SIGNATURES: readonly Hostile[] = [
  ["alg none without a signature", bearer(`${encode({ alg: "none" })}.${PAYLOAD}.`)],
  ["alg none with a signature", bearer(signed(CLAIMS, { alg: "none" }))],
  ["alg None", bearer(signed(CLAIMS, { alg: "None" }))],
  ["alg NONE", bearer(signed(CLAIMS, { alg: "NONE" }))],
  ["alg nOnE", bearer(signed(CLAIMS, { alg: "nOnE" }))],
  ["an empty alg", bearer(signed(CLAIMS, { alg: "" }))],
  ["no alg", bearer(signed(CLAIMS, {}))],
  ["alg null", bearer(signed(CLAIMS, { alg: null }))],
  ["alg as a list", bearer(signed(CLAIMS, { alg: ["HS256"] }))],
  ["alg hs256 in small letters", bearer(signed(CLAIMS, { alg: "hs256" }))],
  [
    "HS512 with the right secret",
    new SignJWT(CLAIMS).setProtectedHeader({ alg: "HS512" }).sign(bytes(SECRET)).then(bearer),
  ],
  [
    "HS384 with the right secret",
    new SignJWT(CLAIMS).setProtectedHeader({ alg: "HS384" }).sign(bytes(SECRET)).then(bearer),
  ],
  [
    "HS256 in the header and an HMAC of SHA-512",
    bearer(`${HEADER}.${PAYLOAD}.${hmac(`${HEADER}.${PAYLOAD}`, SECRET, "sha512")}`),
  ],
  ["another secret", bearer(signed(CLAIMS, { alg: "HS256" }, OLD_SECRET))],
  ["the secret with a line break", bearer(signed(CLAIMS, { alg: "HS256" }, `${SECRET}\n`))],
  [
    "the bytes that the secret is the Base64 of",
    bearer(signed(CLAIMS, { alg: "HS256" }, Buffer.from(SECRET, "base64"))),
  ],
  ["an empty secret", bearer(`${HEADER}.${PAYLOAD}.${hmac(`${HEADER}.${PAYLOAD}`, "")}`)],
  ["a kid that leads to an empty file", bearer(signed(CLAIMS, { alg: "HS256", kid: "../../../dev/null" }, ""))],
  ["a kid with SQL", bearer(signed(CLAIMS, { alg: "HS256", kid: "x' union select 'k" }, "k"))],
  ["a kid that is a number", withHeader({ kid: 1 })],
  ["a kid that is an object", withHeader({ kid: { $ne: null } })],
  ["HS256 with the PEM of the RSA key", bearer(signed(CLAIMS, { alg: "HS256", kid: "rs-1" }, pem))],
  ["HS256 with the PEM without its last line break", bearer(signed(CLAIMS, { alg: "HS256", kid: "rs-1" }, pem.trim()))],
  ["HS256 with the JWK as JSON", bearer(signed(CLAIMS, { alg: "HS256", kid: "ed-1" }, JSON.stringify(jwk)))],
  ["HS256 with the x of the JWK", bearer(signed(CLAIMS, { alg: "HS256", kid: "ed-1" }, jwk.x))],
  ["HS256 with the bytes of the Ed25519 key", bearer(signed(CLAIMS, { alg: "HS256", kid: "ed-1" }, raw))],
  ["EdDSA in the header and an HMAC with the secret", bearer(signed(CLAIMS, { alg: "EdDSA", kid: "ed-1" }))],
  ["ES256 in the header and an HMAC with the secret", bearer(signed(CLAIMS, { alg: "ES256", kid: "es-1" }))],
  ["RS256 in the header and an HMAC with the secret", bearer(signed(CLAIMS, { alg: "RS256", kid: "rs-1" }))],
  ["RS256 in the header and an HMAC with the PEM", bearer(signed(CLAIMS, { alg: "RS256", kid: "rs-1" }, pem))],
  ["PS256 with a real RSA key", signAs("PS256")],
  ["RS512 with a real RSA key", signAs("RS512")],
  ["Ed448, the other EdDSA", withUndefinedAlg("Ed448")],
  ["Ed25519 with the kid of the RSA key", foreign({}, { alg: "Ed25519", kid: "rs-1" })],
  ["Ed25519 by another key with the kid of a real one", sign(attacker, CLAIMS, { alg: "Ed25519" }).then(bearer)],
  ["ed25519 in small letters", withUndefinedAlg("ed25519")],
  ["Ed25519 in the header and an HMAC with the secret", bearer(signed(CLAIMS, { alg: "Ed25519", kid: "ed-1" }))],
  ["ES256 with the kid of the Ed25519 key", sign(es, CLAIMS, { kid: "ed-1" }).then(bearer)],
  ["EdDSA by another key with the kid of a real one", sign(attacker).then(bearer)],
  ["EdDSA by another key without a kid", sign(attacker, CLAIMS, { kid: undefined }).then(bearer)],
  ["a key that nobody has published", sign({ ...attacker, kid: "ed-2" }).then(bearer)],
  ["a kid that is the key's name in another case", foreign({}, { kid: "ED-1" })],
  ["a kid that every object has", foreign({}, { kid: "__proto__" })],
  ["a key of its own in jwk", sign(attacker, CLAIMS, { jwk: attacker.jwk }).then(bearer)],
  ["a key of its own in jwk, HS256", withHeader({ jwk: { kty: "oct", k: "AAAA" } })],
  ["jku", foreign({}, { jku: issuer.url })],
  ["x5u", foreign({}, { x5u: issuer.url })],
  ["x5c", foreign({}, { x5c: [] })],
  ["the signature of another token", bearer(`${edToken.split(".").slice(0, 2).join(".")}.${esToken.split(".")[2]}`)],
  [
    "an ES256 signature in DER",
    bearer(`${esToken.split(".").slice(0, 2).join(".")}.${inDer(esToken.split(".")[2] ?? "")}`),
  ],
  ["an ES256 signature of zeros", bearer(`${esToken.split(".").slice(0, 2).join(".")}.${encode(new Uint8Array(64))}`)],
  ["an EdDSA signature of zeros", bearer(`${edToken.split(".").slice(0, 2).join(".")}.${encode(new Uint8Array(64))}`)],
  ["a signature that was cut", bearer(GOOD.slice(0, -4))],
  ["a signature with more behind it", bearer(`${GOOD}AAAA`)],
  ["EdDSA and a signature of HS256", withUndefinedAlg("EdDSA")],
];

const FORMS: readonly Hostile[] = [
  ["no scheme", GOOD],
  ["a scheme that only begins like Bearer", `Bearers ${GOOD}`],
  ["a scheme with a letter that only looks like B", `\u0412earer ${GOOD}`],
  ["two spaces", `Bearer  ${GOOD}`],
  ["a tab for the space", `Bearer\t${GOOD}`],
  ["no space", `Bearer${GOOD}`],
  ["a colon", `Bearer: ${GOOD}`],
  ["Bearer twice", `Bearer Bearer ${GOOD}`],
  ["a space before", ` Bearer ${GOOD}`],
  ["a space behind", `Bearer ${GOOD} `],
  ["a line break behind", `Bearer ${GOOD}\n`],
  ["a NUL behind", `Bearer ${GOOD}\0`],
  ["two tokens with a comma", `Bearer ${GOOD}, Bearer ${GOOD}`],
  ["two tokens with a comma and no space", `Bearer ${GOOD},${GOOD}`],
  ["two tokens with a space", `Bearer ${GOOD} ${GOOD}`],
  ["quotes", `Bearer "${GOOD}"`],
  ["another scheme", `Basic ${GOOD}`],
  ["nothing but the scheme", "Bearer"],
  ["nothing but the scheme and a space", "Bearer "],
  ["a space in the token", `Bearer ${HEADER}. ${PAYLOAD}.${SIGNATURE}`],
  ["two parts", bearer(`${HEADER}.${PAYLOAD}`)],
  ["one part", bearer(HEADER)],
  ["four parts", bearer(`${GOOD}.${SIGNATURE}`)],
  ["five parts, as an encrypted token has", bearer(`${GOOD}.${SIGNATURE}.${SIGNATURE}`)],
  ["a dot behind", bearer(`${GOOD}.`)],
  ["a dot before", bearer(`.${GOOD}`)],
  ["an empty header", bearer(`.${PAYLOAD}.${SIGNATURE}`)],
  ["an empty payload", resigned(HEADER, "")],
  ["an empty signature", bearer(`${HEADER}.${PAYLOAD}.`)],
  ["padding behind the header", resigned(`${encode({ alg: "HS256", a: 1 })}==`, PAYLOAD)],
  ["padding behind the payload", resigned(HEADER, `${PAYLOAD}=`)],
  ["padding behind the signature", bearer(`${GOOD}=`)],
  ["unused bits in the header", resigned(withTrailingBits(encode({ alg: "HS256", ab: 1 })), PAYLOAD)],
  ["unused bits in the payload", resigned(HEADER, withTrailingBits(encode(withMembers('"a":1'))))],
  ["unused bits in the signature", bearer(`${HEADER}.${PAYLOAD}.${withTrailingBits(SIGNATURE)}`)],
  ["a + of standard Base64", resigned(HEADER, encode({ ...CLAIMS, name: ">>>>>>" }).replaceAll("-", "+"))],
  ["a / of standard Base64", resigned(HEADER, encode({ ...CLAIMS, name: "??????" }).replaceAll("_", "/"))],
  [
    "a part whose length base64 can't have",
    resigned(HEADER, `${PAYLOAD.slice(0, PAYLOAD.length - (PAYLOAD.length % 4))}A`),
  ],
  ["a letter that only looks like one", `Bearer ${GOOD.replace("e", "\u0435")}`],
  ["one character more than 8 KB", bearer(ofLength(8193))],
  ["a megabyte", bearer(signed({ ...CLAIMS, name: "x".repeat(1_000_000) }))],
  ["a megabyte of spaces", `Bearer ${" ".repeat(1_000_000)}`],
  ["a megabyte of dots", `Bearer ${".".repeat(1_000_000)}`],
];

const JSON_TEXTS: readonly Hostile[] = [
  ["two subs", bearer(signed(withMembers('"sub":"eve"')))],
  ["two subs that are equal", bearer(signed(withMembers('"sub":"ada"')))],
  ["two subs, one with an escape", bearer(signed(withMembers(String.raw`"s\u0075b":"eve"`)))],
  ["two exps", bearer(signed(withMembers(`"exp":${SECONDS + 9000}`)))],
  ["two members in an object of the payload", bearer(signed(withMembers('"a":{"b":1,"b":2}')))],
  ["two members in an object of a list", bearer(signed(withMembers('"a":[{"b":1,"c":{"d":1,"d":1}}]')))],
  ["two members of which the first is lost with what it holds", bearer(signed(withMembers('"a":{"b":1},"a":{"c":2}')))],
  ["two algs", bearer(signed(CLAIMS, '{"alg":"none","alg":"HS256"}'))],
  ["two algs, one with an escape", bearer(signed(CLAIMS, String.raw`{"\u0061lg":"none","alg":"HS256"}`))],
  ["two kids", bearer(signed(CLAIMS, '{"alg":"HS256","kid":"a","kid":"b"}'))],
  ["a BOM before the header", bearer(signed(CLAIMS, '\ufeff{"alg":"HS256"}'))],
  ["a BOM before the payload", bearer(signed(`\ufeff${JSON.stringify(CLAIMS)}`))],
  ["a payload that is not UTF-8", bearer(signed(notUtf8(CLAIMS)))],
  ["a header that is not UTF-8", bearer(signed(CLAIMS, notUtf8({ alg: "HS256" })))],
  ["a payload in UTF-16", bearer(signed(Buffer.from(JSON.stringify(CLAIMS), "utf16le")))],
  ["a list for a payload", bearer(signed([CLAIMS]))],
  ["a text for a payload", bearer(signed('"ada"'))],
  ["a number for a payload", bearer(signed("1"))],
  ["null for a payload", bearer(signed("null"))],
  ["no JSON for a payload", bearer(signed("sub=ada"))],
  ["a payload with more behind it", bearer(signed(`${JSON.stringify(CLAIMS)}{}`))],
  ["a payload with a comment", bearer(signed(`/**/${JSON.stringify(CLAIMS)}`))],
  ["single quotes", bearer(signed(JSON.stringify(CLAIMS).replaceAll('"', "'")))],
  ["lists in lists that never end", bearer(signed(`{"sub":"ada","a":${"[".repeat(5000)}`))],
  ["a token in a token", bearer(signed(GOOD))],
  ["a list for a header", bearer(signed(CLAIMS, ["HS256"]))],
  ["null for a header", bearer(signed(CLAIMS, "null"))],
  ["no JSON for a header", bearer(signed(CLAIMS, "HS256"))],
  ["claims that only a prototype has", bearer(signed(`{"__proto__":${JSON.stringify(CLAIMS)}}`))],
  ["an alg that only a prototype has", bearer(signed(CLAIMS, '{"__proto__":{"alg":"HS256"}}'))],
];

const HEADERS: readonly Hostile[] = [
  ["crit", withHeader({ crit: ["exp"] })],
  ["an empty crit", withHeader({ crit: [] })],
  ["crit with b64", withHeader({ crit: ["b64"], b64: true })],
  ["b64 false", withHeader({ b64: false })],
  ["b64 true", withHeader({ b64: true })],
  ["zip", withHeader({ zip: "DEF" })],
  ["cty", withHeader({ cty: "JWT" })],
  ["cty null", withHeader({ cty: null })],
  ["typ dpop+jwt", withHeader({ typ: "dpop+jwt" })],
  ["typ JWS", withHeader({ typ: "JOSE" })],
  ["an empty typ", withHeader({ typ: "" })],
  ["typ null", withHeader({ typ: null })],
  ["typ JWT with a line break", withHeader({ typ: "JWT\n" })],
  ["the typ of a logout token", foreign({}, { typ: "logout+jwt" })],
];

const CLAIM_ROWS: readonly Hostile[] = [
  ["no sub", without("sub")],
  ["sub as a number", withClaims({ sub: 1 })],
  ["an empty sub", withClaims({ sub: "" })],
  ["sub as a list", withClaims({ sub: ["ada"] })],
  ["sub as an object", withClaims({ sub: { toString: "ada" } })],
  ["sub null", withClaims({ sub: null })],
  ["sub true", withClaims({ sub: true })],
  ["a sub of 129 characters", withClaims({ sub: "a".repeat(129) })],
  ["a sub of 129 emoji", withClaims({ sub: "🦊".repeat(129) })],
  ["a sub with NUL", withClaims({ sub: "ada\0" })],
  ["a sub with a line break", withClaims({ sub: "ada\nadmin" })],
  ["a sub with a line break at its end", withClaims({ sub: "ada\n" })],
  ["a sub with an escape sequence", withClaims({ sub: "ada\u001b[31m" })],
  ["a sub with a right-to-left override", withClaims({ sub: "ada\u202eadb" })],
  ["a sub with a zero-width space", withClaims({ sub: "a\u200bda" })],
  ["a sub with a soft hyphen", withClaims({ sub: "a\u00adda" })],
  ["a sub with a BOM", withClaims({ sub: "\ufeffada" })],
  ["a sub with a line separator", withClaims({ sub: "a\u2028da" })],
  ["a sub with half of a surrogate pair", bearer(signed(JSON.stringify(CLAIMS).replace("ada", String.raw`a\ud83eda`)))],
  ["a sub with a space before", withClaims({ sub: " ada" })],
  ["a sub with a space behind", withClaims({ sub: "ada " })],
  ["a sub with a no-break space behind", withClaims({ sub: "ada\u00a0" })],
  ["a sub of spaces", withClaims({ sub: "   " })],
  ["a sub in which nothing can be seen", withClaims({ sub: "\u3164" })],
  ["no exp", without("exp")],
  ["exp as a text", withClaims({ exp: String(CLAIMS.exp) })],
  ["exp half a second ago", withClaims({ exp: SECONDS - 0.5 })],
  ["exp in the year 10000", withClaims({ exp: 253_402_300_800 })],
  ["exp in some hundred million years", withClaims({ exp: 9e15 })],
  ["exp in milliseconds", withClaims({ exp: NOW + 900_000 })],
  ["a foreign exp in milliseconds", foreign({ exp: NOW + 900_000 })],
  ["exp null", withClaims({ exp: null })],
  ["exp as a date", withClaims({ exp: new Date(NOW + 900_000).toISOString() })],
  ["exp 1e400", bearer(signed(JSON.stringify(CLAIMS).replace(String(CLAIMS.exp), "1e400")))],
  ["exp past what a number counts exactly", withClaims({ exp: 2 ** 53 })],
  ["a negative exp", withClaims({ exp: -CLAIMS.exp })],
  ["exp 0", withClaims({ exp: 0 })],
  ["exp now", withClaims({ exp: SECONDS })],
  ["exp a second ago", withClaims({ exp: SECONDS - 1 })],
  ["a foreign exp now", foreign({ exp: SECONDS })],
  ["iat in 61 seconds", withClaims({ iat: SECONDS + 61 })],
  ["iat in milliseconds", withClaims({ iat: NOW })],
  ["iat as a text", withClaims({ iat: String(SECONDS) })],
  ["iat null", withClaims({ iat: null })],
  ["nbf in a second", withClaims({ nbf: SECONDS + 1 })],
  ["nbf as a text", withClaims({ nbf: "0" })],
  ["nbf in half a second", withClaims({ nbf: SECONDS + 0.5 })],
  ["nbf 1e400", bearer(signed(withMembers('"nbf":1e400')))],
  ["another iss", withClaims({ iss: "https://evil.test" })],
  ["the iss with a slash", withClaims({ iss: `${ISSUER}/` })],
  ["no iss", without("iss")],
  ["iss as a list", withClaims({ iss: [ISSUER] })],
  ["another aud", withClaims({ aud: "https://other.test" })],
  ["no aud", without("aud")],
  ["aud as an object", withClaims({ aud: { [CLAIMS.aud]: true } })],
  ["an empty list of auds", withClaims({ aud: [] })],
  ["auds without this one", withClaims({ aud: ["https://other.test"] })],
  ["auds of which one is a number", withClaims({ aud: [CLAIMS.aud, 1] })],
  ["an aud that only begins with this one", withClaims({ aud: `${CLAIMS.aud}.evil.test` })],
  ["scope as a list", withClaims({ scope: ["tasks:read"] })],
  ["scope null", withClaims({ scope: null })],
  ["scope with two spaces", withClaims({ scope: "tasks:read  tasks:write" })],
  ["scope with a line break", withClaims({ scope: "tasks:read\ntasks:write" })],
  ["sub local by a foreign key", foreign({ sub: "local" })],
  ["a foreign token without iss", foreign({ iss: undefined })],
  ["a foreign token for someone else", foreign({ aud: "https://other.test" })],
];

/** As Better Auth 1.7 makes them: src/crypto/jwt.ts, api/routes/email-verification.ts, cookies/index.ts, plugins/jwt. */
const BETTER_AUTH: readonly Hostile[] = [
  [
    "a token of Better Auth that verifies an e-mail address",
    bearer(signed({ email: "ada@todo.test", iat: SECONDS, exp: SECONDS + 3600 })),
  ],
  [
    "a token of Better Auth that changes an e-mail address",
    bearer(signed({ email: "ada@todo.test", updateTo: "eve@todo.test", iat: SECONDS, exp: SECONDS + 3600 })),
  ],
  [
    "a session cookie of Better Auth",
    bearer(
      signed({
        session: { id: "s1", userId: "ada", token: "t", expiresAt: "2026-11-27T09:00:00.000Z" },
        user: { id: "ada", email: "ada@todo.test", name: "Ada" },
        updatedAt: NOW,
        version: "1",
        iat: SECONDS,
        exp: SECONDS + 300,
      }),
    ),
  ],
  [
    "a session cookie that Better Auth signs with the key set",
    foreign({ aud: "better-auth:session-cache", sid: "t" }, { typ: "better-auth.session-cache+jwt" }),
  ],
  ["such a cookie even if its aud were right", foreign({ sid: "t" }, { typ: "better-auth.session-cache+jwt" })],
];

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** JSON with a byte in one of its strings that UTF-8 never has. */
function notUtf8(value: object): Uint8Array {
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(value).slice(0, -1)},"x":"`),
    Buffer.of(0xff),
    Buffer.from('"}'),
  ]);
}

/** A token of exactly so many characters. */
function ofLength(length: number): string {
  for (const more of [0, 1, 2]) {
    for (let size = 5800; size < 6100; size += 1) {
      const token = signed({ ...CLAIMS, name: "x".repeat(size) }, { alg: "HS256", kid: "x".repeat(more) });
      if (token.length === length) return token;
    }
  }
  throw new Error(`no token has ${length} characters`);
}

async function signAs(alg: string): Promise<string> {
  const hash = alg.endsWith("512") ? "SHA-512" : "SHA-256";
  const name = alg.startsWith("PS") ? "RSA-PSS" : "RSASSA-PKCS1-v1_5";
  const exported = await crypto.subtle.exportKey("jwk", rs.privateKey);
  const { alg: _, ...material } = exported;
  const key = await crypto.subtle.importKey("jwk", { ...material, key_ops: ["sign"] }, { name, hash }, false, ["sign"]);
  return bearer(await new SignJWT(CLAIMS).setProtectedHeader({ alg, kid: "rs-1" }).sign(key));
}

describe("the tokens that the hostile ones are made of are good:", () => {
  test("HS256", async () => {
    expect(await authenticate(bearer(GOOD))).toMatchObject({ user: "ada" });
    expect(await authenticate(resigned(HEADER, PAYLOAD))).toMatchObject({ user: "ada" });
    expect(await authenticate(withClaims({ iat: SECONDS + 60, nbf: SECONDS }))).toMatchObject({ user: "ada" });
    expect(await authenticate(withHeader({ typ: "JWT", kid: "any" }))).toMatchObject({ user: "ada" });
    expect(await authenticate(bearer(signed(withMembers('"a":{"b":[{"c":1},{"c":1}]}'))))).toMatchObject({
      user: "ada",
    });
    expect(await authenticate(bearer(ofLength(8192)))).toMatchObject({ user: "ada" });
    expect(await authenticate(withClaims({ iat: SECONDS - 0.5, nbf: SECONDS - 0.5 }))).toMatchObject({ user: "ada" });
  });

  test.each(ALL_KEYS)("$alg", async (key) => {
    expect(await authenticate(bearer(await sign(key)))).toMatchObject({ user: "ada" });
  });
});

describe("a token is refused that has", () => {
  const all = [...SIGNATURES, ...FORMS, ...JSON_TEXTS, ...HEADERS, ...CLAIM_ROWS, ...BETTER_AUTH];

  test.each(all.map(([what, header]) => [what, header] as const))("%s", async (_, header) => {
    const refused = await refusalOf(Promise.resolve(authenticate(await header)));
    expect([
      ["unauthorized", "the token is not valid"],
      ["token_expired", "the token has expired"],
    ]).toContainEqual([refused.code, refused.message]);
    expect(refused.hints).toEqual([]);
  });
});

describe("without any header a token is asked for:", () => {
  test.each([[undefined], [null], [""]])("%j", async (header) => {
    expect(await refusalOf(Promise.resolve(authenticate(header)))).toMatchObject({
      code: "unauthorized",
      message: "a token is needed",
      hints: ["Send it as: Authorization: Bearer <token>"],
    });
  });
});

describe("a token for which nothing is set is refused:", () => {
  test("HS256 where only a key set is", async () => {
    const { check } = createCheck({ secrets: [], keySetUrl: issuer.url });
    expect(await refusalOf(check(GOOD))).toMatchObject({ code: "unauthorized" });
    expect(await check(edToken)).toMatchObject({ user: "ada" });
  });

  test("HS256 with a public key where only a key set is", async () => {
    const { check } = createCheck({ secrets: [], keySetUrl: issuer.url });
    for (const secret of [pem, JSON.stringify(jwk), raw, "\0"]) {
      expect(await refusalOf(check(signed(CLAIMS, { alg: "HS256" }, secret)))).toMatchObject({ code: "unauthorized" });
    }
  });

  test.each(ALL_KEYS)("$alg where only a secret is", async (key) => {
    expect(await refusalOf(createCheck().check(await sign(key)))).toMatchObject({ code: "unauthorized" });
  });

  test("any token where nothing is", async () => {
    const { check } = createCheck({ secrets: [] });
    for (const token of [GOOD, edToken]) expect(await refusalOf(check(token))).toMatchObject({ code: "unauthorized" });
  });
});
