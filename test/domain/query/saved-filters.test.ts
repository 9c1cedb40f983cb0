import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { checkFilterName, filterFields, readSavedFilters } from "../../../src/domain/query/saved-filters.ts";
import { type Fields, mergeRegisters, type Registers, stampFields } from "../../../src/domain/task/registers.ts";

const clock = (tick: number, node = "a1b2c3d4") => tick.toString(16).padStart(16, "0") + node;
const set = (fields: Fields, tick: number, node?: string) => stampFields(fields, clock(tick, node));
const texts = (profile: Registers) =>
  Object.fromEntries([...readSavedFilters(profile)].map(([, { name, text }]) => [name, text]));

describe("the name of a saved filter", () => {
  test.each(["work", "2026", "Møder", "home-office", "a.b_c", "x".repeat(64), "हिन्दी"])("can be %s", (name) => {
    expect(checkFilterName(name)).toBe(name.normalize("NFC"));
  });

  test.each(["", "two words", "-work", "..", "a/b", "a:b", "a\n", "x".repeat(65), "off", "None", "ANY", "(a)"])(
    "can't be %p",
    (name) => {
      expect(() => checkFilterName(name)).toThrow("can't be the name of a filter");
    },
  );
});

describe("the filters of a profile", () => {
  test("are its texts with the prefix, by their names in lower case", () => {
    const profile = set(
      { "filter:b": "+b", "filter:A": "+a", "filter:gone": null, "filter:odd": 3, "context:x": "x" },
      1,
    );
    expect([...readSavedFilters(profile)]).toEqual([
      ["a", { name: "A", text: "+a" }],
      ["b", { name: "b", text: "+b" }],
    ]);
  });

  test("keep the spelling that was saved last", () => {
    const first = set({ "filter:work": "+old" }, 1);
    const second = mergeRegisters(first, set(filterFields(first, "Work", "+new"), 2));
    expect(texts(second)).toEqual({ Work: "+new" });
    expect(texts(mergeRegisters(second, set(filterFields(second, "WORK", null), 3)))).toEqual({});
  });

  test("take a name in two spellings for one, of which the last edit wins, also one that removes it", async () => {
    const edit = fc.record({
      name: fc.constantFrom("work", "Work", "WORK"),
      text: fc.option(fc.constantFrom("+a", "+b"), { nil: null }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 8 }), fc.nat(7), async (edits, apart) => {
        // One device makes the first edits, another all others, and neither knows of the other's.
        const [one, other] = [edits.slice(0, apart), edits.slice(apart)];
        const play = (own: typeof edits, from: number, node: string) =>
          own.reduce<Registers>(
            (profile, { name, text }, at) =>
              mergeRegisters(profile, set(filterFields(profile, name, text), from + at, node)),
            {},
          );
        const merged = mergeRegisters(play(one, 1, "0000000a"), play(other, 1 + one.length, "0000000b"));
        expect(readSavedFilters(merged).size).toBeLessThanOrEqual(1);
        const last = other.at(-1);
        if (last?.text != null) expect(texts(merged)).toEqual({ [last.name]: last.text });
      }),
    );
  });
});
