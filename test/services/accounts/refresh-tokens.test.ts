import { createHmac } from "node:crypto";
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { hashSecret } from "../../../src/services/accounts/opaque-secrets.ts";
import {
  createRefreshTokens,
  readRefreshToken,
  sealNext,
  unsealNext,
} from "../../../src/services/accounts/refresh-tokens.ts";
import { deriveKey, LABEL, makeUpRefreshToken, secretOf } from "../../support/server/forged-tokens.ts";

const [SECRET, OLD] = ["nD2mK9vQx7RfT4sWbY1zHc8LgJp3EuAo", "Qf8yLr3ZtWn6HsVb1KxJd9GpCm5TuEa2"];
const SESSION = "019a9f3c-51c8-7000-8000-000000000002";
const anySession = fc.uuid();

const tokens = createRefreshTokens([SECRET]);

/** The text as a token, or a failure of the test. */
function read(text: string) {
  const token = readRefreshToken(text);
  if (!token) throw new Error(`${text} is no refresh token`);
  return token;
}

describe("a refresh token", () => {
  test("says whose it is, and is another each time", async () => {
    await fc.assert(
      fc.asyncProperty(anySession, async (session) => {
        const [one, other] = [await tokens.make(session), await tokens.make(session)];
        expect(one.text).toMatch(/^todo_ref_[\w-]{64}$/);
        expect(readRefreshToken(one.text)).toEqual(one);
        expect(one.session).toBe(session);
        expect(other.text).not.toBe(one.text);
      }),
    );
  });

  test("is read from no other text, and none makes the reader throw", async () => {
    const pieces = fc.constantFrom(
      "todo_ref_",
      "todo_pat_",
      "A".repeat(64),
      "A".repeat(63),
      "-_",
      "=",
      "+",
      "\n",
      " ",
      "é",
    );
    const anyText = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(pieces).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const found = readRefreshToken(text);
        if (/^todo_ref_[A-Za-z0-9_-]{64}$/.test(text)) expect(found?.text).toBe(text);
        else expect(found).toBeNull();
      }),
      { numRuns: 1000 },
    );
    const { text } = await tokens.make(SESSION);
    const wrong = [
      `${text}\n`,
      `\n${text}`,
      `${text}A`,
      text.slice(0, -1),
      text.toUpperCase(),
      `${text.slice(0, -1)}+`,
    ];
    for (const each of [...wrong, `${text.slice(0, -1)}=`, "x".repeat(1_000_000)]) {
      expect(readRefreshToken(each)).toBeNull();
    }
  });
});

describe("the proof that a refresh token was issued", () => {
  test("is an HMAC of its session and its random part, by a key for nothing else", async () => {
    const { text, session } = await tokens.make(SESSION);
    const [random, mac] = [secretOf(text).subarray(0, 16), secretOf(text).subarray(16)];
    const issued = Buffer.concat([Buffer.from(session.replaceAll("-", ""), "hex"), random]);
    const macOf = (label: string) => createHmac("sha256", deriveKey(SECRET, label)).update(issued).digest("hex");
    expect(Buffer.from(mac).toString("hex")).toBe(macOf("todo refresh tokens 1").slice(0, 32));
    expect(Buffer.from(mac).toString("hex")).not.toBe(macOf(LABEL).slice(0, 32));
  });

  test("is in every token that is made, and in none with another bit anywhere", async () => {
    const token = await tokens.make(SESSION);
    expect(await tokens.isOurs(token)).toBe(true);
    const bytes = Buffer.from(token.text.slice("todo_ref_".length), "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Uint8Array.from(bytes, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(await tokens.isOurs(read(`todo_ref_${Buffer.from(changed).toString("base64url")}`))).toBe(false);
    }
  });

  test("is in none that somebody made up who knows the session", async () => {
    for (let guess = 0; guess < 100; guess += 1) {
      expect(await tokens.isOurs(read(makeUpRefreshToken(SESSION)))).toBe(false);
    }
  });

  test("is made with the newest secret, and taken from each", async () => {
    const both = createRefreshTokens([SECRET, OLD]);
    const old = createRefreshTokens([OLD]);
    const [made, before] = [await both.make(SESSION), await old.make(SESSION)];
    expect([await both.isOurs(made), await both.isOurs(before)]).toEqual([true, true]);
    expect([await tokens.isOurs(made), await tokens.isOurs(before)]).toEqual([true, false]);
    expect([await old.isOurs(made), await old.isOurs(before)]).toEqual([false, true]);
  });

  test("can't be made or taken without a secret", async () => {
    const none = createRefreshTokens([]);
    expect(await none.isOurs(await tokens.make(SESSION))).toBe(false);
    const [end] = await Promise.allSettled([none.make(SESSION)]);
    expect(end).toMatchObject({ reason: { message: "a server without a secret has no accounts" } });
  });
});

describe("the next refresh token", () => {
  test("is read by who has the one before", async () => {
    await fc.assert(
      fc.asyncProperty(anySession, async (session) => {
        const [before, next] = [await tokens.make(session), await tokens.make(session)];
        expect(unsealNext(sealNext(next, before), before)).toEqual(next);
      }),
    );
  });

  test("is something else for who has another", async () => {
    await fc.assert(
      fc.asyncProperty(anySession, async (session) => {
        const [before, next, other] = [
          await tokens.make(session),
          await tokens.make(session),
          await tokens.make(session),
        ];
        const found = unsealNext(sealNext(next, before), other);
        expect(found.session).toBe(session);
        expect(found.text).not.toBe(next.text);
        expect(hashSecret(found.text)).not.toBe(hashSecret(next.text));
      }),
    );
  });

  test("stands in no seal, nor does the one before", async () => {
    const [before, next] = [await tokens.make(SESSION), await tokens.make(SESSION)];
    const seal = sealNext(next, before);
    expect(seal).toMatch(/^[0-9a-f]{64}$/);
    for (const { text } of [before, next]) expect(seal).not.toBe(Buffer.from(secretOf(text)).toString("hex"));
    // Two seals of one pad would tell how their tokens differ, so that each token has a pad of its own.
    const another = sealNext(next, await tokens.make(SESSION));
    expect(another).not.toBe(seal);
    expect(sealNext(before, before)).not.toMatch(/^0+$/);
  });
});
