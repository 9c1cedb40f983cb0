import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  hashSecret,
  isPersonalToken,
  makeDeviceCode,
  makeInviteCode,
  makePersonalToken,
  makeUserCode,
  readUserCode,
} from "../../../src/services/accounts/opaque-secrets.ts";
import { formatUserCode } from "../../../src/domain/accounts.ts";

const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

function many<Made>(count: number, make: () => Made): Made[] {
  return Array.from({ length: count }, make);
}

describe("a secret", () => {
  test.each([
    ["a personal token", makePersonalToken, /^todo_pat_[\w-]{43}$/],
    ["a device code", makeDeviceCode, /^todo_dev_[\w-]{43}$/],
    ["an invitation", makeInviteCode, /^todo_inv_[\w-]{43}$/],
  ])("that is %s has 32 random bytes", (_, make, form) => {
    const made = many(200, make);
    expect(new Set(made).size).toBe(200);
    for (const each of made) expect(each).toMatch(form);
    // Each of the first 42 places of 6 bits has most of the 64 letters in 200 of them.
    for (let place = 9; place < 51; place += 1) {
      expect(new Set(made.map((each) => each[place])).size).toBeGreaterThan(45);
    }
  });

  test("is stored as the SHA-256 of its text", () => {
    expect(hashSecret("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(hashSecret("\u00e9")).toBe("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
  });

  test("is a personal token where it begins like one", () => {
    expect([makePersonalToken(), "todo_pat_"].map(isPersonalToken)).toEqual([true, true]);
    for (const other of ["", " todo_pat_", "TODO_PAT_x", "todo_pat", makeDeviceCode()]) {
      expect(isPersonalToken(other)).toBe(false);
    }
  });
});

describe("a user code", () => {
  test("has eight letters of those that make no words, each as often as any", () => {
    const codes = many(20_000, makeUserCode);
    for (const code of codes) expect(code).toMatch(new RegExp(`^[${LETTERS}]{8}$`));
    expect(new Set(codes).size).toBeGreaterThan(19_995);
    const all = codes.join("");
    const counts = LETTERS.split("").map((letter) => all.split(letter).length - 1);
    const expected = all.length / LETTERS.length;
    // Chi-squared with 19 degrees of freedom: one in ten million is above 70. Bytes modulo 20 would make it 170 or so.
    const deviation = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(deviation).toBeLessThan(70);
  });

  test("is read however it is typed", () => {
    const between = fc.stringMatching(/^[\s-]{0,3}$/);
    fc.assert(
      fc.property(fc.array(between, { minLength: 9, maxLength: 9 }), fc.boolean(), (gaps, isSmall) => {
        const code = makeUserCode();
        const typed = gaps.map((gap, at) => gap + (code[at] ?? "")).join("");
        expect(readUserCode(isSmall ? typed.toLowerCase() : typed)).toBe(code);
      }),
    );
    const code = makeUserCode();
    expect(readUserCode(formatUserCode(code))).toBe(code);
    expect(formatUserCode("BCDFGHJK")).toBe("BCDF-GHJK");
  });

  test("is read from no other text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), (text) => {
        const read = readUserCode(text);
        if (read !== null) expect(read).toMatch(new RegExp(`^[${LETTERS}]{8}$`));
      }),
    );
    for (const text of ["", "BCDFGHJ", "BCDFGHJKL", "ABCDFGHJ", "BCDF_GHJK", "BCDFGHJ1", "BCDFGHJ\0", "ＢCDFGHJK"]) {
      expect(readUserCode(text)).toBeNull();
    }
  });
});
