import { describe, expect, test } from "bun:test";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { signToken } from "../../../src/services/tokens/sign.ts";
import { refusalOf } from "../../support/errors.ts";
import { AUDIENCE, createCheck, ISSUER, NOW, OLD_SECRET, SECONDS, SECRET, SETTINGS } from "./issuer.ts";

const ADA = { user: "ada", lifetimeS: 900 };

describe("a token of our own", () => {
  test("names its user, its time, and for whom it is", async () => {
    const token = await signToken(SETTINGS, ADA, NOW + 999);
    expect(decodeProtectedHeader(token)).toEqual({ alg: "HS256", typ: "JWT" });
    expect(decodeJwt(token)).toEqual({ iss: ISSUER, aud: AUDIENCE, sub: "ada", iat: SECONDS, exp: SECONDS + 900 });
  });

  test("leaves out what is not set", async () => {
    const token = await signToken({ ...SETTINGS, issuer: null, audience: null }, ADA, NOW);
    expect(decodeJwt(token)).toEqual({ sub: "ada", iat: SECONDS, exp: SECONDS + 900 });
  });

  test.each(["ada", "local", "Ada King", "🦊".repeat(128)])("of %s is accepted by who made it", async (user) => {
    const token = await signToken(SETTINGS, { user, lifetimeS: 1 }, NOW);
    expect(await createCheck().check(token)).toMatchObject({ user, scopes: null, expiresAt: SECONDS + 1 });
    expect(await refusalOf(createCheck({}, () => NOW + 1000).check(token))).toMatchObject({
      message: "the token has expired",
    });
  });

  test("is good for no longer than a setting allows", async () => {
    const settings = { ...SETTINGS, maxLifetimeS: 600 };
    const token = await signToken(settings, ADA, NOW);
    expect(decodeJwt(token)).toMatchObject({ iat: SECONDS, exp: SECONDS + 600 });
    expect(await createCheck(settings).check(token)).toMatchObject({ user: "ada" });
  });

  test("is made with the newest secret", async () => {
    const token = await signToken({ ...SETTINGS, secrets: [SECRET, OLD_SECRET] }, ADA, NOW);
    expect(await createCheck({ secrets: [SECRET] }).check(token)).toMatchObject({ user: "ada" });
    expect(await refusalOf(createCheck({ secrets: [OLD_SECRET] }).check(token))).toMatchObject({
      code: "unauthorized",
    });
  });
});

describe("no token is made", () => {
  test("without a secret", async () => {
    expect(await refusalOf(signToken({ ...SETTINGS, secrets: [] }, ADA, NOW))).toMatchObject({
      code: "usage",
      message: "there is no secret to sign tokens with",
      hints: ["Set BETTER_AUTH_SECRET. Make one with: openssl rand -base64 32"],
    });
  });

  test.each(["", " ", "ada\n", "a".repeat(129), "a\u202eb", "\ud83e"])("for the user %j", async (user) => {
    expect(await refusalOf(signToken(SETTINGS, { user, lifetimeS: 900 }, NOW))).toMatchObject({
      code: "invalid_input",
      message: "the user's name is not 1 to 128 printable characters",
    });
  });

  test.each([0, -1, 1.5, NaN, Infinity, 2 ** 53 - 1])("for %j seconds", async (lifetimeS) => {
    expect(await refusalOf(signToken(SETTINGS, { user: "ada", lifetimeS }, NOW))).toMatchObject({
      code: "invalid_input",
      message: "the lifetime is not a whole number of seconds",
    });
  });
});
