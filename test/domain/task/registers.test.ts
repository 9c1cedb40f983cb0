import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  compareBytes,
  mergeRegisters,
  type Registers,
  readValue,
  stampFields,
} from "../../../src/domain/task/registers.ts";
import { CLOCKS, withRegisters } from "../../support/tasks/registers.ts";

const RUNS = { numRuns: 500 };
const [EARLIER, , , LATER] = CLOCKS;
const pair = withRegisters((registers) => fc.tuple(registers, registers));
const triple = withRegisters((registers) => fc.tuple(registers, registers, registers));

/** Maps of registers are equal when they hold the same own entries, also under `__proto__`, which `toEqual` looks past. */
function entries(registers: Registers): [string, string][] {
  return Object.entries(registers).toSorted(([one], [other]) => compareBytes(one, other));
}

describe("merging what two devices know of a task", () => {
  test("does not depend on who merges into whom", () => {
    fc.assert(
      fc.property(pair, ([one, other]) => {
        expect(entries(mergeRegisters(one, other))).toEqual(entries(mergeRegisters(other, one)));
      }),
      RUNS,
    );
  });

  test("does not depend on which two devices meet first", () => {
    fc.assert(
      fc.property(triple, ([one, two, three]) => {
        const leftFirst = mergeRegisters(mergeRegisters(one, two), three);
        const rightFirst = mergeRegisters(one, mergeRegisters(two, three));
        expect(entries(leftFirst)).toEqual(entries(rightFirst));
      }),
      RUNS,
    );
  });

  test("changes nothing when the same delivery comes again", () => {
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const merged = mergeRegisters(one, other);
        expect(entries(mergeRegisters(merged, other))).toEqual(entries(merged));
        expect(entries(mergeRegisters(merged, one))).toEqual(entries(merged));
      }),
      RUNS,
    );
  });

  test("keeps every key of both and only values that one of them had", () => {
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const given = [...Object.entries(one), ...Object.entries(other)];
        const merged = mergeRegisters(one, other);
        expect(Object.keys(merged).toSorted()).toEqual([...new Set(given.map(([key]) => key))].toSorted());
        for (const entry of Object.entries(merged)) expect(given).toContainEqual(entry);
      }),
      RUNS,
    );
  });

  test("leaves both sides as they were", () => {
    const one = stampFields({ title: "old" }, EARLIER);
    mergeRegisters(one, stampFields({ title: "new" }, LATER));
    expect(one).toEqual(stampFields({ title: "old" }, EARLIER));
  });

  test("takes the later edit of a field, whatever it says", () => {
    const merged = mergeRegisters(stampFields({ title: "zzz" }, EARLIER), stampFields({ title: "aaa" }, LATER));
    expect(readValue(merged["title"])).toBe("aaa");
  });

  test("takes the larger value where two copies made an edit at the same clock", () => {
    const low = stampFields({ title: "Buy milk" }, EARLIER);
    const high = stampFields({ title: "Buy oat milk" }, EARLIER);
    expect(mergeRegisters(low, high)).toEqual(high);
    expect(mergeRegisters(high, low)).toEqual(high);
  });

  test("puts characters beyond the basic plane above U+E000..U+FFFF, as the databases do", () => {
    const basic = stampFields({ title: "\uffff" }, EARLIER);
    const astral = stampFields({ title: "😀" }, EARLIER);
    expect(mergeRegisters(basic, astral)).toEqual(astral);
    expect(mergeRegisters(astral, basic)).toEqual(astral);
  });

  test("keeps a field that only a newer version knows", () => {
    const merged = mergeRegisters(stampFields({ title: "x" }, LATER), stampFields({ energy: 3 }, EARLIER));
    expect(Object.keys(merged)).toEqual(["title", "energy"]);
  });

  test("keeps tags that two devices added at once", () => {
    const merged = mergeRegisters(stampFields({ "tag:a": true }, EARLIER), stampFields({ "tag:b": true }, EARLIER));
    expect(Object.keys(merged)).toEqual(["tag:a", "tag:b"]);
  });

  test("treats __proto__ as a name like any other", () => {
    const hostile: Registers = JSON.parse(`{ "__proto__": "${LATER}true" }`);
    const merged = mergeRegisters(stampFields({ title: "x" }, EARLIER), hostile);
    expect(Object.getOwnPropertyDescriptor(merged, "__proto__")?.value).toBe(`${LATER}true`);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(JSON.parse(JSON.stringify(merged))["title"]).toBe(`${EARLIER}"x"`);
  });
});

describe("comparing registers", () => {
  const edge = fc.constantFrom(
    "a",
    "\u007f",
    "\u0080",
    "\u07ff",
    "\u0800",
    "\ud7ff",
    "\ue000",
    "\uffff",
    "😀",
    "\u{10ffff}",
  );
  const text = fc.oneof(
    fc.string({ unit: edge }),
    fc.string({ unit: "binary" }).filter((any) => any.isWellFormed()),
  );

  test("orders texts as their UTF-8 bytes are ordered", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(Math.sign(compareBytes(one, other))).toBe(Buffer.compare(Buffer.from(one), Buffer.from(other)));
      }),
      { numRuns: 2000 },
    );
  });

  test("puts a text before all that it is the beginning of", () => {
    expect(compareBytes("ab", "abc")).toBeLessThan(0);
    expect(compareBytes("", "a")).toBeLessThan(0);
    expect(compareBytes("same", "same")).toBe(0);
  });
});

describe("stamping fields", () => {
  test("puts the clock before each value as JSON", () => {
    expect(stampFields({ title: 'say "hi"', completed_at: null, "tag:a": true, energy: 3 }, EARLIER)).toEqual({
      title: `${EARLIER}"say \\"hi\\""`,
      completed_at: `${EARLIER}null`,
      "tag:a": `${EARLIER}true`,
      energy: `${EARLIER}3`,
    });
  });

  test("gives back each value that was put in", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)), (value) => {
        expect(readValue(stampFields({ field: value }, EARLIER)["field"])).toBe(value);
      }),
    );
  });
});
