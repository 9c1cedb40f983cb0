import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { email } from "../../src/contract/accounts.ts";

const anyLetter = fc.constantFrom(
  ...Array.from("aZ\u00c4\u00e9\u0130\u01f0\u03a3\u212a\u1e9e\u00df\ua64a\u0301\u030c\u0345\ufb01\u{10400}0._-"),
);
const anyPart = fc.oneof(
  fc.array(anyLetter, { minLength: 1, maxLength: 6 }).map((letters) => letters.join("")),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }),
);
const anyAddress = fc.tuple(anyPart, anyPart).map(([name, domain]) => `${name}@${domain}`);

describe("an e-mail address", () => {
  test("is stored in one form, which is the form of itself", () => {
    let good = 0;
    fc.assert(
      fc.property(anyAddress, (typed) => {
        const { data } = email.safeParse(typed);
        if (data === undefined) return;
        good += 1;
        expect(data).toBe(data.normalize("NFC").toLowerCase().normalize("NFC"));
        for (const same of [data, typed.normalize("NFC"), typed.normalize("NFD"), ` ${typed}\n`]) {
          expect(email.safeParse(same).data).toBe(data);
        }
      }),
      { numRuns: 2000 },
    );
    expect(good).toBeGreaterThan(500);
  });

  test("is refused or taken, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom<unknown>(null, 1, {}, [], undefined)),
        (typed) => {
          const { success, data } = email.safeParse(typed);
          if (success) expect(data).toMatch(/^[^@\s]+@[^@\s]+$/);
        },
      ),
    );
  });
});
