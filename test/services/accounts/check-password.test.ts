import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { countCodePoints } from "../../../src/domain/task/text.ts";
import { checkPassword } from "../../../src/services/accounts/check-password.ts";
import list from "../../../src/services/accounts/common-passwords.txt" with { type: "text" };
import { refusal } from "../../support/errors.ts";

const EMAIL = "Margarethe.Hoffmann@todo.test";
const check = (text: string) => checkPassword(text, EMAIL);
const refuse = (text: string) => refusal(() => check(text));

const TOO_SHORT = "has fewer than 12 characters";
const TOO_LONG = "has more than 256 characters";
const ADDRESS = "is the e-mail address or its part before the @";
const COMMON = "is one of the commonest passwords";
const HALF = "contains half of a surrogate pair";
const NUL = "contains a NUL character";

describe("a password is taken that", () => {
  test.each([
    ["has 12 characters", "river&tulip7"],
    ["has no digit and no capital", "a lantern in the fog"],
    ["has digits alone", "730915286417"],
    ["is one character many times", "z".repeat(40)],
    ["begins and ends with spaces", "   river tulip   "],
    ["is in another script", "река тюльпан фонарь"],
    ["has 12 emoji", "🔑".repeat(12)],
    ["has 256 emoji", "🔑".repeat(256)],
    ["contains the address", `${EMAIL} and more`],
    ["contains a common password", "qwerty123456 river"],
    ["has the length of the part before the @", "Hoffmann.Margarethe"],
  ])("%s", (_, text) => {
    expect(check(text)).toBe(text);
  });

  test("has 12 to 256 code points of whatever kind", () => {
    const text = fc.string({ unit: "binary", minLength: 12, maxLength: 256 });
    const isTaken = (clean: string) => clean.isWellFormed() && !clean.includes("\0") && countCodePoints(clean) >= 12;
    fc.assert(
      fc.property(
        text.filter((each) => isTaken(each.normalize("NFC")) && countCodePoints(each.normalize("NFC")) <= 256),
        (each) => expect(check(each)).toBe(each.normalize("NFC")),
      ),
    );
  });
});

describe("a password is refused that", () => {
  test.each([
    ["is empty", "", TOO_SHORT],
    ["has 11 characters", "river&tulip", TOO_SHORT],
    ["has 11 emoji, which are 22 UTF-16 units", "🔑".repeat(11), TOO_SHORT],
    ["has 11 letters, which are 22 code points before NFC", "e\u0301".repeat(11), TOO_SHORT],
    ["has 257 characters", "river tulip".padEnd(257, "!"), TOO_LONG],
    ["has 257 emoji", "🔑".repeat(257), TOO_LONG],
    ["has a million characters", "r".repeat(1_000_000), TOO_LONG],
    ["is the address", EMAIL, ADDRESS],
    ["is the address in another case", EMAIL.toUpperCase(), ADDRESS],
    ["is the part of it before the @", "margarethe.hoffmann", ADDRESS],
    ["is common", "qwerty123456", COMMON],
    ["is common in another case", "ManchesterUnited", COMMON],
    ["is long and common", "qwertyuiopasdfghjklzxcvbnm", COMMON],
    ["has half of a pair", "river & tulip \ud83d", HALF],
    ["has the other half of a pair", "\udd11 river & tulip", HALF],
    ["has a NUL", "river & tulip\0", NUL],
  ])("%s", (_, text, issue) => {
    expect(refuse(text)).toMatchObject({
      code: "invalid_input",
      message: `the password ${issue}`,
      issues: [{ path: "password", message: `it ${issue}` }],
      hints: ["A few words that don't belong together are long and easy to remember."],
    });
  });

  test("is the address, however both are composed", () => {
    for (const [text, email] of [
      ["zoë.gärtner@todo.test", "ZOË.GÄRTNER@todo.test"],
      ["zoë.gärtner@todo.test".normalize("NFD"), "zoë.gärtner@todo.test"],
      ["zoë.gärtner@todo.test", "zoë.gärtner@todo.test".normalize("NFD")],
      ["zoë.von.gärtner", "Zoë.von.Gärtner@todo.test".normalize("NFD")],
    ] as const) {
      expect(refusal(() => checkPassword(text, email)).message).toBe(`the password ${ADDRESS}`);
    }
  });

  test("is too short or too long, counted in code points of NFC", () => {
    const letter = fc.constantFrom("🔑", "e\u0301", "ế", "각", "\u1100\u1161", "か\u3099", "ا");
    const letters = (minLength: number, maxLength: number) =>
      fc.array(letter, { minLength, maxLength, size: "max" }).map((each) => each.join(""));
    const isShort = fc.property(letters(0, 11), (text) => expect(refuse(text).message).toEndWith(TOO_SHORT));
    const isLong = fc.property(letters(257, 300), (text) => expect(refuse(text).message).toEndWith(TOO_LONG));
    const isGood = fc.property(letters(12, 256), (text) => expect(check(text)).toBe(text.normalize("NFC")));
    for (const each of [isShort, isLong, isGood]) fc.assert(each);
  });
});

test("a refusal never repeats the password", () => {
  const secrets = [
    "river-tulip",
    "river-tulip ".repeat(30),
    "iloveyousomuch",
    EMAIL,
    "river-tulip\0",
    "\ud83driver-tulip",
  ];
  for (const text of secrets) {
    const { message, hints, issues, stack, cause } = refuse(text);
    const shown = JSON.stringify({ message, hints, issues, stack, cause }).toLowerCase();
    for (const part of ["river", "tulip", "love", "hoffmann"]) expect(shown).not.toContain(part);
  }
});

describe("the list of common passwords", () => {
  const lines = list.split("\n").slice(0, -1);

  test("has 10,000 and more that are long enough, one a line, sorted, in lower case and in NFC", () => {
    expect(lines.length).toBeGreaterThanOrEqual(10_000);
    expect(list).toEndWith("\n");
    expect(list).toBe(list.toLowerCase().normalize("NFC"));
    expect(lines).toEqual([...new Set(lines)].toSorted());
    expect(lines.filter((line) => countCodePoints(line) < 12)).toEqual([]);
    expect(lines.filter((line) => line !== line.trim())).toEqual([]);
  });

  test("is refused from its first line to its last, in either case", () => {
    for (const line of lines) {
      expect(refuse(line).message).toEndWith(COMMON);
      expect(refuse(line.toUpperCase()).message).toEndWith(COMMON);
    }
  });
});
