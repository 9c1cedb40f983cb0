import { afterAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { JWTPayload } from "jose";
import { refusalOf } from "../../support/errors.ts";
import {
  ALL_KEYS,
  AUDIENCE,
  CLAIMS,
  createCheck,
  createClock,
  ed,
  ISSUER,
  NOW,
  OLD_SECRET,
  SECONDS,
  SECRET,
  serveKeys,
  sign,
  signed,
} from "./issuer.ts";

const issuer = serveKeys();
afterAll(issuer.stop);

const ADA = {
  user: "ada",
  issuer: ISSUER,
  email: null,
  name: null,
  scopes: null,
  expiresAt: CLAIMS.exp,
  session: null,
};

describe("a token tells", () => {
  const identityOf = (claims: JWTPayload) => createCheck().check(signed({ ...CLAIMS, ...claims }));

  test("its user, its issuer and when it ends", async () => {
    expect(await identityOf({})).toEqual(ADA);
  });

  test("the e-mail address and the name for showing, if they are texts", async () => {
    const email = "ada@todo.test";
    expect(await identityOf({ email, name: "Ada" })).toEqual({ ...ADA, email, name: "Ada" });
    expect(await identityOf({ email: null, name: 1 })).toEqual(ADA);
  });

  test("what it allows", async () => {
    expect((await identityOf({ scope: "tasks:read tasks:write" })).scopes).toEqual(["tasks:read", "tasks:write"]);
    expect((await identityOf({ scope: "tasks:read" })).scopes).toEqual(["tasks:read"]);
  });

  test("nothing that it allows when its scope is empty, and everything only when it has none", async () => {
    expect((await identityOf({ scope: "" })).scopes).toEqual([]);
    expect((await identityOf({})).scopes).toBeNull();
  });

  test.each([
    ["128 emoji", "🦊".repeat(128)],
    ["spaces between words", "Ada King"],
    ["an e-mail address", "ada+todo@todo.test"],
    ["a name in another script", "Ада"],
    ["a letter in two code points, which stay two", "A\u0308da"],
    ["the local owner, by a token of our own", "local"],
  ])("a user who is %s", async (_, sub) => {
    expect((await identityOf({ sub })).user).toBe(sub);
  });
});

describe("a good token", () => {
  test.each(ALL_KEYS)("of $alg is accepted", async (key) => {
    const { check } = createCheck({ keySetUrl: issuer.url });
    expect(await check(await sign(key))).toEqual(ADA);
    expect(await check(await sign(key, { ...CLAIMS, aud: ["https://other.test", AUDIENCE] }))).toEqual(ADA);
  });

  test.each(["JWT", "jwt", "at+jwt", "AT+JWT"])("may have the typ %s", async (typ) => {
    const { check } = createCheck({ keySetUrl: issuer.url });
    expect(await check(signed(CLAIMS, { alg: "HS256", typ }))).toEqual(ADA);
    expect(await check(await sign(ed, CLAIMS, { typ }))).toEqual(ADA);
  });

  test.each(["Bearer", "bearer", "BEARER", "bEaReR"])("may stand behind %s", async (scheme) => {
    const { authenticate } = createCheck({ keySetUrl: issuer.url });
    for (const token of [signed(CLAIMS), await sign(ed)]) {
      for (const _ of [1, 2]) expect(await authenticate(`${scheme} ${token}`)).toEqual(ADA);
    }
  });

  test.each(["EdDSA", "Ed25519", undefined])(
    "of an Ed25519 key whose alg is %s may call its algorithm by both names",
    async (alg) => {
      const { alg: _, ...nameless } = ed.jwk;
      issuer.publish({ ...nameless, ...(alg !== undefined && { alg }) });
      const { check } = createCheck({ keySetUrl: issuer.url });
      for (const name of ["EdDSA", "Ed25519"]) expect(await check(await sign(ed, CLAIMS, { alg: name }))).toEqual(ADA);
      issuer.publish(...ALL_KEYS.map(({ jwk }) => jwk));
    },
  );

  test("may say its times with fractions", async () => {
    const { now, pass } = createClock();
    const { check } = createCheck({ keySetUrl: issuer.url }, now);
    const claims = { ...CLAIMS, iat: SECONDS - 0.25, nbf: SECONDS - 0.5, exp: SECONDS + 1.5 };
    for (const token of [signed(claims), await sign(ed, claims)]) {
      expect(await check(token)).toMatchObject({ user: "ada", expiresAt: SECONDS + 1.5 });
    }
    pass(1.499);
    expect(await check(signed(claims))).toMatchObject({ user: "ada" });
    pass(0.001);
    expect(await refusalOf(check(signed(claims)))).toMatchObject({ code: "token_expired" });
  });

  test("of our own may come from anyone and be for anyone when neither is set", async () => {
    const { check } = createCheck({ issuer: null, audience: null });
    expect(await check(signed({ sub: "ada", exp: CLAIMS.exp }))).toEqual({ ...ADA, issuer: null });
    expect(await check(signed({ ...CLAIMS, iss: "x", aud: ["y"] }))).toEqual({ ...ADA, issuer: "x" });
  });
});

describe("while a secret is replaced", () => {
  const [before, after] = [signed(CLAIMS, { alg: "HS256" }, OLD_SECRET), signed(CLAIMS)];

  test("tokens of the new and the old one are accepted", async () => {
    const { check } = createCheck({ secrets: [SECRET, OLD_SECRET] });
    expect(await check(after)).toEqual(ADA);
    expect(await check(before)).toEqual(ADA);
  });

  test("tokens of the old one are refused as soon as it is removed", async () => {
    const { check } = createCheck({ secrets: [SECRET] });
    expect(await check(after)).toEqual(ADA);
    expect(await refusalOf(check(before))).toMatchObject({ code: "unauthorized" });
  });
});

describe("a token that was accepted before", () => {
  test("is answered at once", async () => {
    const { authenticate } = createCheck({ keySetUrl: issuer.url });
    for (const token of [signed(CLAIMS), await sign(ed)]) {
      const first = authenticate(`Bearer ${token}`);
      expect(first).toBeInstanceOf(Promise);
      expect(authenticate(`Bearer ${token}`)).toBeInstanceOf(Promise);
      const identity = await first;
      expect(authenticate(`Bearer ${token}`)).toBe(identity);
    }
  });

  test("is refused in any other writing all the same", async () => {
    const { authenticate, check } = createCheck();
    const token = signed(CLAIMS);
    await check(token);
    for (const header of [`Basic ${token}`, `Bearer ${token} `, token, `Bearer ${token}=`]) {
      expect(await refusalOf(Promise.resolve(authenticate(header)))).toMatchObject({ code: "unauthorized" });
    }
  });

  test.each([
    ["of our own", () => signed(CLAIMS)],
    ["of a key set", () => sign(ed)],
  ])("is good to its last millisecond and not after it: one %s", async (_, make) => {
    const { now, pass } = createClock();
    const { authenticate, check } = createCheck({ keySetUrl: issuer.url }, now);
    const token = await make();
    await check(token);
    pass(899.999);
    expect(authenticate(`Bearer ${token}`)).toEqual(ADA);
    pass(0.001);
    const refused = await refusalOf(check(token));
    expect(refused).toMatchObject({ code: "token_expired", message: "the token has expired" });
  });

  test("is verified again when others took its place", async () => {
    const { authenticate, check } = createCheck();
    const name = "x".repeat(5500);
    const token = signed(CLAIMS);
    await check(token);
    const many = Array.from({ length: 1200 }, (_, at) => signed({ ...CLAIMS, name, jti: String(at) }));
    for (const one of many) await check(one);
    const remembered = many.filter((one) => !(authenticate(`Bearer ${one}`) instanceof Promise));
    const characters = remembered.reduce((sum, one) => sum + one.length, 0);
    expect(characters).toBeGreaterThan(7_500_000);
    expect(characters).toBeLessThan(8_400_000);
    expect(authenticate(`Bearer ${token}`)).toBeInstanceOf(Promise);
  });
});

test("a token that was refused is not good later", async () => {
  const { now, pass } = createClock();
  const { check } = createCheck({}, now);
  const early = signed({ ...CLAIMS, nbf: SECONDS + 10 });
  expect(await refusalOf(check(early))).toMatchObject({ message: "the token is not valid" });
  const forged = signed(CLAIMS, { alg: "HS256" }, OLD_SECRET);
  for (const _ of [1, 2]) expect(await refusalOf(check(forged))).toMatchObject({ code: "unauthorized" });
  pass(10);
  expect(await check(early)).toEqual(ADA);
});

describe("clocks that differ by the leeway", () => {
  const late = { ...CLAIMS, exp: SECONDS - 29 };
  const early = { ...CLAIMS, nbf: SECONDS + 30 };

  test("are forgiven to foreign tokens, to the second", async () => {
    const { now, pass } = createClock();
    const { check, authenticate } = createCheck({ keySetUrl: issuer.url, leewayS: 30 }, now);
    const token = await sign(ed, late);
    expect(await check(token)).toMatchObject({ user: "ada", expiresAt: late.exp });
    expect(await check(await sign(ed, early))).toEqual(ADA);
    expect(await refusalOf(check(await sign(ed, { ...CLAIMS, exp: SECONDS - 30 })))).toMatchObject({
      code: "token_expired",
    });
    expect(await refusalOf(check(await sign(ed, { ...CLAIMS, nbf: SECONDS + 31 })))).toMatchObject({
      message: "the token is not valid",
    });
    pass(0.999);
    expect(authenticate(`Bearer ${token}`)).toMatchObject({ user: "ada" });
    pass(0.001);
    expect(await refusalOf(check(token))).toMatchObject({ code: "token_expired" });
  });

  test("are not forgiven to our own, which this clock dated", async () => {
    const { check } = createCheck({ leewayS: 30 });
    expect(await refusalOf(check(signed(late)))).toMatchObject({ code: "token_expired" });
    expect(await refusalOf(check(signed(early)))).toMatchObject({ message: "the token is not valid" });
  });
});

describe("the whole life of a token", () => {
  const DAY_S = 24 * 60 * 60;
  const TOO_LONG = { code: "unauthorized", message: "the token is not valid", refusal: "lifetime" };
  const lasting = (seconds: number, begun = 0) => ({ ...CLAIMS, iat: SECONDS - begun, exp: SECONDS - begun + seconds });
  const { iat: _, ...timeless } = CLAIMS;
  const undated = (seconds: number) => ({ ...timeless, exp: SECONDS + seconds });

  test("is a day at most if a key set knows its key, from when it was made or from now", async () => {
    const { check } = createCheck({ keySetUrl: issuer.url });
    for (const claims of [lasting(DAY_S), lasting(DAY_S, DAY_S - 1), undated(DAY_S)]) {
      expect(await check(await sign(ed, claims))).toMatchObject({ user: "ada" });
    }
    for (const claims of [lasting(DAY_S + 1), lasting(DAY_S + 1, DAY_S), undated(DAY_S + 1), undated(9e9)]) {
      expect(await refusalOf(check(await sign(ed, claims)))).toMatchObject(TOO_LONG);
    }
  });

  test("is what a setting says, longer or shorter, for those of the secret too", async () => {
    for (const maxLifetimeS of [600, 7 * DAY_S]) {
      const { check } = createCheck({ keySetUrl: issuer.url, maxLifetimeS });
      const make = [(claims: JWTPayload) => signed(claims), (claims: JWTPayload) => sign(ed, claims)];
      for (const each of make) {
        expect(await check(await each(lasting(maxLifetimeS)))).toMatchObject({ user: "ada" });
        expect(await refusalOf(check(await each(lasting(maxLifetimeS + 1))))).toMatchObject(TOO_LONG);
        expect(await refusalOf(check(await each(undated(maxLifetimeS + 1))))).toMatchObject(TOO_LONG);
      }
    }
  });

  test("is any up to the year 9999 for one of the secret, if no setting says otherwise", async () => {
    const { check } = createCheck();
    const last = 253_402_300_799;
    expect(await check(signed({ ...CLAIMS, exp: last }))).toMatchObject({ expiresAt: last });
    for (const exp of [last + 1, 9e15, Number.MAX_VALUE]) {
      expect(await refusalOf(check(signed({ ...CLAIMS, exp })))).toMatchObject({ refusal: "exp" });
    }
  });

  test("is told before its end: who gets a new one would get another that is too long", async () => {
    const { check } = createCheck({ keySetUrl: issuer.url });
    const token = await sign(ed, lasting(DAY_S + 1, DAY_S + 2));
    expect(await refusalOf(check(token))).toMatchObject(TOO_LONG);
  });
});

describe("the parties whose tokens are let in", () => {
  const { aud: _, ...unaimed } = CLAIMS;
  const APP = "https://app.todo.test";
  const settings = { keySetUrl: issuer.url, audience: null, parties: [APP, "https://other.todo.test"] };

  test("are the azp of tokens of the key set, which then need no aud", async () => {
    const { check } = createCheck(settings);
    for (const azp of settings.parties) expect(await check(await sign(ed, { ...unaimed, azp }))).toEqual(ADA);
    expect(await check(await sign(ed, { ...CLAIMS, azp: APP }))).toEqual(ADA);
  });

  test.each([undefined, "", "https://evil.test", `${APP}/`, `${APP}.evil.test`, [[APP]], null, 1, { [APP]: true }])(
    "are nobody else: %j",
    async (azp) => {
      const { check } = createCheck(settings);
      const token = await sign(ed, { ...unaimed, azp });
      expect(await refusalOf(check(token))).toMatchObject({ code: "unauthorized", refusal: "azp" });
    },
  );

  test("are asked for beside the audience, where both are set", async () => {
    const { check } = createCheck({ ...settings, audience: AUDIENCE });
    expect(await check(await sign(ed, { ...CLAIMS, azp: APP }))).toEqual(ADA);
    expect(await refusalOf(check(await sign(ed, { ...unaimed, azp: APP })))).toMatchObject({ refusal: "aud" });
    expect(await refusalOf(check(await sign(ed)))).toMatchObject({ refusal: "azp" });
  });

  test("mean nothing to tokens of the secret", async () => {
    expect(await createCheck(settings).check(signed(unaimed))).toEqual(ADA);
  });
});

describe("a header that is not exactly one that was signed", () => {
  const goods = Promise.all(ALL_KEYS.map((key) => sign(key)));
  const { authenticate } = createCheck({ keySetUrl: issuer.url });

  /** Cuts a piece out of the text and puts another, or the same twice, into its place. */
  const damage = fc.record({
    which: fc.nat({ max: 3 }),
    from: fc.nat(),
    length: fc.oneof(fc.constant(1), fc.nat({ max: 40 })),
    piece: fc.oneof(
      fc.constantFrom("", ".", "=", " ", "\n", "A", "a", "_", "\0", "é", "Bearer "),
      fc.base64String({ maxLength: 12 }),
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.constant(null),
    ),
  });

  test("is refused, whatever it is, and nothing else happens", async () => {
    const tokens = [signed(CLAIMS), ...(await goods)].map((token) => `Bearer ${token}`);
    for (const header of tokens) expect(await authenticate(header)).toEqual(ADA);
    await fc.assert(
      fc.asyncProperty(damage, async ({ which, from, length, piece }) => {
        const header = tokens[which] ?? "";
        const start = from % header.length;
        const cut = header.slice(start, start + length);
        const damaged = header.slice(0, start) + (piece ?? cut + cut) + header.slice(start + length);
        // The case of the scheme means nothing.
        const spelled = damaged.replace(/^bearer /i, "Bearer ");
        fc.pre(!tokens.includes(spelled) && damaged !== "");
        expect(await refusalOf(Promise.resolve(authenticate(damaged)))).toMatchObject({ code: "unauthorized" });
      }),
      { numRuns: 1500 },
    );
  });

  test("is refused when it is noise", async () => {
    const noise = fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 300 }),
      fc.tuple(fc.base64String(), fc.base64String(), fc.base64String()).map((parts) => `Bearer ${parts.join(".")}`),
      fc.tuple(fc.json(), fc.json()).map(([header, payload]) => `Bearer ${signed(payload, header)}`),
      fc.json().map((payload) => `Bearer ${signed(payload)}`),
    );
    await fc.assert(
      fc.asyncProperty(noise, async (header) => {
        expect(await refusalOf(Promise.resolve(authenticate(header)))).toMatchObject({ code: "unauthorized" });
      }),
      { numRuns: 1000 },
    );
  });
});

test("no refusal repeats a part of the token", async () => {
  const { check } = createCheck();
  const token = signed({ ...CLAIMS, sub: "a-user-who-is-nobodys-business\0", exp: NOW });
  const refused = await refusalOf(check(token));
  const told = Bun.inspect(refused) + JSON.stringify(refused);
  for (const part of [...token.split("."), "nobodys-business"]) expect(told).not.toContain(part);
});
