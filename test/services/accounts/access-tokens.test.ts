import { describe, expect, test } from "bun:test";
import { createAccessTokens, isAccessToken } from "../../../src/services/accounts/access-tokens.ts";
import { refusalOf } from "../../support/errors.ts";
import { deriveKey, forge, HEADER } from "../../support/server/forged-tokens.ts";

const [SECRET, OLD] = ["nD2mK9vQx7RfT4sWbY1zHc8LgJp3EuAo", "Qf8yLr3ZtWn6HsVb1KxJd9GpCm5TuEa2"];
const NOW = Date.UTC(2026, 10, 20, 9) + 123;
const SECONDS = Math.floor(NOW / 1000);
const HOLDER = {
  account: "acct_019a9f3c-51c8-7000-8000-000000000001",
  session: "019a9f3c-51c8-7000-8000-000000000002",
};

const tokens = createAccessTokens([SECRET]);

function read(token: string): unknown[] {
  return token
    .split(".")
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
}

describe("an access token", () => {
  test("says what RFC 9068 asks for, and nothing of who it is", async () => {
    const [header, claims] = read(await tokens.sign(HOLDER, NOW));
    expect(header).toEqual({ alg: "HS256", typ: "at+jwt", kid: "todo" });
    expect(claims).toEqual({
      iss: "todo",
      aud: "todo",
      sub: HOLDER.account,
      sid: HOLDER.session,
      jti: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      iat: SECONDS,
      exp: SECONDS + 900,
    });
  });

  test("is another each time, and all begin alike", async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => tokens.sign(HOLDER, NOW)));
    expect(new Set(made).size).toBe(20);
    for (const token of made) {
      expect(isAccessToken(token)).toBe(true);
      expect(await tokens.verify(token, NOW)).toEqual({ ...HOLDER, expiresAt: SECONDS + 900 });
    }
  });

  test("is signed with a key that is derived from the secret for nothing else", async () => {
    const token = await tokens.sign(HOLDER, NOW);
    const [, claims] = read(token);
    expect(forge(claims ?? {}, { key: deriveKey(SECRET) })).toBe(token);
    for (const key of [SECRET, deriveKey(SECRET, ""), deriveKey(OLD)]) {
      expect((await refusalOf(tokens.verify(forge(claims ?? {}, { key }), NOW))).message).toBe(
        "the token is not valid",
      );
    }
  });

  test("begins as ours do, whatever its key is", async () => {
    const [, claims] = read(await tokens.sign(HOLDER, NOW));
    for (const header of [{ typ: "at+jwt", alg: "HS256", kid: "todo" }, { alg: "HS256" }, { ...HEADER, kid: "old" }]) {
      const token = forge(claims ?? {}, { header, key: deriveKey(SECRET) });
      expect((await refusalOf(tokens.verify(token, NOW))).message).toBe("the token is not valid");
    }
  });

  test("is good for 900 seconds, whenever in its first second it was made", async () => {
    for (const begin of [0, 1, 500, 999]) {
      const token = await tokens.sign(HOLDER, SECONDS * 1000 + begin);
      expect(await tokens.verify(token, SECONDS * 1000 + 899_999)).toMatchObject(HOLDER);
      expect((await refusalOf(tokens.verify(token, SECONDS * 1000 + 900_000))).message).toBe("the token has expired");
    }
  });

  test("is verified with all secrets and signed with the newest", async () => {
    const both = createAccessTokens([SECRET, OLD]);
    const old = await createAccessTokens([OLD]).sign(HOLDER, NOW);
    expect(await both.verify(old, NOW)).toMatchObject(HOLDER);
    expect(await tokens.verify(await both.sign(HOLDER, NOW), NOW)).toMatchObject(HOLDER);
    expect((await refusalOf(tokens.verify(old, NOW))).code).toBe("unauthorized");
  });

  test("needs a secret", async () => {
    const [end] = await Promise.allSettled([createAccessTokens([]).sign(HOLDER, NOW)]);
    expect(end).toMatchObject({ status: "rejected", reason: { message: "a server without a secret has no accounts" } });
  });

  test.each([
    ["nothing", ""],
    ["another JWT", "eyJhbGciOiJIUzI1NiJ9.e30.AAAA"],
    ["the header alone", Buffer.from(JSON.stringify(HEADER)).toString("base64url")],
    ["a personal token", "todo_pat_x"],
  ])("is not what %s is", async (_, text) => {
    expect(isAccessToken(text)).toBe(false);
    expect((await refusalOf(tokens.verify(text, NOW))).code).toBe("unauthorized");
  });
});
