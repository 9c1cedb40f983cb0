import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { countCodePoints } from "../../../src/domain/task/text.ts";
import { createPasswords, createTurns } from "../../../src/services/accounts/passwords.ts";
import { refusalOf } from "../../support/errors.ts";
import { mediansOf } from "../../support/medians.ts";

const CHEAP = { memoryCost: 8, timeCost: 1 };
const PASSWORD = "river & tulip";
const RIGHT = { isRight: true, isOutdated: false };
const OUTDATED = { isRight: true, isOutdated: true };
const WRONG = { isRight: false, isOutdated: false };

const cheap = createPasswords(CHEAP);
const known = await cheap.hash(PASSWORD);

describe("a hash", () => {
  test("is Argon2id with 19 MiB, two passes and one lane, in a PHC string with a salt and a hash of 32 bytes", async () => {
    const hash = await createPasswords().hash(PASSWORD);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/-]{43}\$[\w+/-]{43}$/);
    expect(known).toStartWith("$argon2id$v=19$m=8,t=1,p=1$");
  });

  test("is another each time", async () => {
    const hashes = await Promise.all(Array.from({ length: 20 }, () => cheap.hash(PASSWORD)));
    expect(new Set(hashes).size).toBe(20);
    for (const hash of hashes) expect(await cheap.verify(PASSWORD, hash)).toEqual(RIGHT);
  });
});

describe("a password is right", () => {
  test("that was hashed, and no other", async () => {
    expect(await cheap.verify(PASSWORD, known)).toEqual(RIGHT);
    for (const other of [`${PASSWORD} `, PASSWORD.toUpperCase(), PASSWORD.slice(1), `${PASSWORD}\0`]) {
      expect(await cheap.verify(other, known)).toEqual(WRONG);
    }
  });

  test("to its last character, however long it is", async () => {
    const long = "🔑".repeat(255);
    const hash = await cheap.hash(`${long}a`);
    expect(await cheap.verify(`${long}a`, hash)).toEqual(RIGHT);
    expect(await cheap.verify(`${long}b`, hash)).toEqual(WRONG);
  });

  test("however its letters are composed", async () => {
    const letter = fc.constantFrom(
      "é",
      "Å",
      "ế",
      "각",
      "が",
      "ⴰ",
      "🔑",
      "👩‍👩‍👧",
      "a\u0323\u0307",
      "\u{16d6a}",
      "\u{16126}",
    );
    const text = fc.oneof(
      fc.array(letter, { minLength: 1, maxLength: 256, size: "max" }).map((letters) => letters.join("")),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(text, async (each) => {
        const [composed, decomposed] = [each.normalize("NFC"), each.normalize("NFD")];
        fc.pre(countCodePoints(composed) <= 256);
        expect(await cheap.verify(decomposed, await cheap.hash(composed))).toEqual(RIGHT);
        expect(await cheap.verify(composed, await cheap.hash(decomposed))).toEqual(RIGHT);
      }),
    );
  });

  test("of 256 letters that decompose into three each, of two UTF-16 units", async () => {
    const long = "\u{16126}".repeat(256);
    const decomposed = long.normalize("NFD");
    expect(decomposed).toHaveLength(1536);
    expect(await cheap.verify(decomposed, await cheap.hash(long))).toEqual(RIGHT);
  });

  test("only in the letters that were typed, also where others look alike", async () => {
    const pairs = [
      ["ﬁne weather", "fine weather"],
      ["ｒｉｖｅｒ tulip", "river tulip"],
      ["x² + y²", "x2 + y2"],
    ] as const;
    for (const [typed, other] of pairs) {
      const hash = await cheap.hash(typed);
      expect(await cheap.verify(typed, hash)).toEqual(RIGHT);
      expect(await cheap.verify(other, hash)).toEqual(WRONG);
    }
  });
});

describe("a right password is to be hashed anew", () => {
  const bun = (options: Bun.Password.Argon2Algorithm | Bun.Password.BCryptAlgorithm) =>
    Bun.password.hash(PASSWORD, options);

  test.each<[string, Bun.Password.Argon2Algorithm | Bun.Password.BCryptAlgorithm]>([
    ["bcrypt", { algorithm: "bcrypt", cost: 4 }],
    ["Argon2i", { algorithm: "argon2i", ...CHEAP }],
    ["Argon2d", { algorithm: "argon2d", ...CHEAP }],
    ["less memory", { algorithm: "argon2id", memoryCost: 8, timeCost: 2 }],
    ["more memory", { algorithm: "argon2id", memoryCost: 160, timeCost: 2 }],
    ["fewer passes", { algorithm: "argon2id", memoryCost: 16, timeCost: 1 }],
    ["more passes", { algorithm: "argon2id", memoryCost: 16, timeCost: 20 }],
  ])("after %s", async (_, options) => {
    const now = createPasswords({ memoryCost: 16, timeCost: 2 });
    const old = await bun(options);
    expect(await now.verify(PASSWORD, old)).toEqual(OUTDATED);
    expect(await now.verify("river & rose", old)).toEqual(WRONG);
    expect(await now.verify(PASSWORD, await now.hash(PASSWORD))).toEqual(RIGHT);
  });

  test("after a hash with more lanes, which others made", async () => {
    // printf 'river & tulip' | argon2 somesaltsomesalt -id -t 1 -k 32 -p 2 -l 32 -e
    const lanes = "$argon2id$v=19$m=32,t=1,p=2$c29tZXNhbHRzb21lc2FsdA$Q4EwBzfxrZDzumxRtztGaXTsO5L5oh95A2ezwtvYLOU";
    expect(await createPasswords({ memoryCost: 32, timeCost: 1 }).verify(PASSWORD, lanes)).toEqual(OUTDATED);
  });
});

describe("every password is wrong", () => {
  const [salt, sum] = known.split("$").slice(-2);

  test.each([
    ["of nobody", null],
    ["of no hash", ""],
    ["of the password itself", PASSWORD],
    ["of a hash without parameters", "$argon2id$"],
    ["of a hash that was cut off", known.slice(0, -5)],
    ["of a hash that was changed", known.replace(/.$/, (last) => (last === "A" ? "E" : "A"))],
    ["of a hash with other parameters", known.replace("t=1", "t=2")],
    ["of a hash with no passes", `$argon2id$v=19$m=8,t=0,p=1$${salt}$${sum}`],
    ["of a hash with more memory than there is", `$argon2id$v=19$m=4294967295,t=1,p=1$${salt}$${sum}`],
    ["of a hash with an empty sum", `$argon2id$v=19$m=8,t=1,p=1$${salt}$`],
    ["of a hash of an older version", known.replace("v=19", "v=16")],
    ["of half a bcrypt hash", "$2b$04$N9qo8uLOickgx2ZMRZo"],
    ["of a hash by scrypt", "$scrypt$ln=14,r=8,p=1$c29tZXNhbHQ$c29tZWhhc2g"],
    ["of a hash by MD5", "5f4dcc3b5aa765d61d8327deb882cf99"],
  ])("%s", async (_, hash) => {
    for (const password of [PASSWORD, "", "any"]) expect(await cheap.verify(password, hash)).toEqual(WRONG);
  });

  test.each([
    ["is empty", ""],
    ["is longer than any", "r".repeat(1537)],
    ["has a million characters", "r".repeat(1_000_000)],
  ])("that %s", async (_, password) => {
    expect(await cheap.verify(password, known)).toEqual(WRONG);
  });

  test("that is longer than any, also where it was hashed", async () => {
    const long = "r".repeat(1537);
    expect(await cheap.verify(long, await cheap.hash(long))).toEqual(WRONG);
  });

  test("that has half of a surrogate pair where the right one has U+FFFD", async () => {
    const hash = await cheap.hash(`${PASSWORD} \ufffd`);
    expect(await cheap.verify(`${PASSWORD} \ufffd`, hash)).toEqual(RIGHT);
    expect(await cheap.verify(`${PASSWORD} \ud83d`, hash)).toEqual(WRONG);
  });
});

describe("time", () => {
  test("does not tell who has an account", async () => {
    const passwords = createPasswords();
    const hash = await passwords.hash(PASSWORD);
    const attempts = [
      () => passwords.verify("river & rose", hash),
      () => passwords.verify(PASSWORD, hash),
      () => passwords.verify(PASSWORD, null),
      () => passwords.verify(PASSWORD, ""),
      () => passwords.verify(PASSWORD, hash.slice(0, -5)),
      () => passwords.verify("", hash),
      () => passwords.verify("r".repeat(100_000), hash),
    ];
    // Whatever else this process does only adds time, once in a while. A difference of the attempts is there each time.
    let spread = Infinity;
    for (let round = 0; round < 4 && spread > 1.2; round += 1) {
      const medians = await mediansOf(attempts, 7);
      spread = Math.max(...medians) / Math.min(...medians);
    }
    expect(spread).toBeLessThanOrEqual(1.2);
  }, 30_000);

  test("is left for others while passwords are hashed", async () => {
    const passwords = createPasswords();
    let isDone = false;
    const hashing = Promise.all(Array.from({ length: 8 }, () => passwords.hash(PASSWORD))).then(() => (isDone = true));
    await new Promise(setImmediate);
    expect(isDone).toBe(false);
    await hashing;
  });
});

describe("when many come at once", () => {
  test("4 are hashed, 100 wait, and all others are asked to come again", async () => {
    const passwords = createPasswords(CHEAP);
    const hashes = Array.from({ length: 60 }, () => passwords.hash(PASSWORD));
    const verdicts = Array.from({ length: 44 }, () => passwords.verify(PASSWORD, known));
    for (const late of [passwords.hash(PASSWORD), passwords.verify(PASSWORD, known), passwords.verify("", null)]) {
      expect(await refusalOf(late)).toMatchObject({
        code: "unavailable",
        message: "too many passwords are being checked now",
        retryAfter: 5,
      });
    }
    for (const hash of await Promise.all(hashes)) expect(hash).toStartWith("$argon2id$");
    expect(await Promise.all(verdicts)).toEqual(verdicts.map(() => RIGHT));
    expect(await passwords.verify(PASSWORD, known)).toEqual(RIGHT);
  });

  /** Work that ends when it is told to. */
  function createTestUser() {
    const inTurn = createTurns(2, 3);
    const begun: string[] = [];
    const ends = new Map<string, PromiseWithResolvers<string>>();
    const come = (name: string): Promise<string> =>
      inTurn(() => {
        begun.push(name);
        const end = Promise.withResolvers<string>();
        ends.set(name, end);
        return end.promise;
      });
    return {
      begun,
      come,
      end: (name: string) => ends.get(name)?.resolve(name),
      fail: (name: string) => ends.get(name)?.reject(new Error(name)),
    };
  }

  test("they are served in the order in which they came, so many at a time", async () => {
    const { begun, come, end } = createTestUser();
    const all = ["a", "b", "c", "d", "e"].map(come);
    expect((await refusalOf(come("f"))).code).toBe("unavailable");
    expect(begun).toEqual(["a", "b"]);
    end("b");
    expect(await all[1]).toBe("b");
    // Who comes now waits behind those that are there.
    const late = come("g");
    await Bun.sleep(0);
    expect(begun).toEqual(["a", "b", "c"]);
    for (const name of ["a", "c", "d", "e", "g"]) {
      await Bun.sleep(0);
      end(name);
    }
    expect(await Promise.all([...all, late])).toEqual(["a", "b", "c", "d", "e", "g"]);
    expect(begun).toEqual(["a", "b", "c", "d", "e", "g"]);
  });

  test("what fails makes room for the next", async () => {
    const { begun, come, end, fail } = createTestUser();
    const [a, b, c] = [come("a"), come("b"), come("c")];
    fail("a");
    fail("b");
    expect(await Promise.allSettled([a, b])).toMatchObject([{ status: "rejected" }, { status: "rejected" }]);
    expect(begun).toEqual(["a", "b", "c"]);
    const d = come("d");
    expect(begun).toEqual(["a", "b", "c", "d"]);
    for (const name of ["c", "d"]) end(name);
    expect(await Promise.all([c, d])).toEqual(["c", "d"]);
  });
});
