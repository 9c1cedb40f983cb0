import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { handleOf, handleOfNamed, isHandlePrefix, uniquePrefixLength } from "../../../src/domain/task/handle.ts";

const ID = "019a9f3c-51c8-7000-8000-0000000000ff";

describe("a handle", () => {
  test("has 12 letters without vowels, so it is never a word and never a number", () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(handleOf(id)).toMatch(/^[bcdfghjklmnpqrstvwxz]{12}$/);
        expect(isHandlePrefix(handleOf(id))).toBe(true);
      }),
    );
  });

  test("is the same for ever", () => {
    expect(handleOf(ID)).toBe("tqbbbbbbbbbb");
    expect(handleOf("019a9f3c-51c8-7abc-9def-0123456789ab")).toBe("znrjhmcxgczp");
  });

  test("of what another version calls a task is what stands there", () => {
    expect(["x", "", ID].map(handleOfNamed)).toEqual(["x", "", handleOf(ID)]);
  });

  test("is the same however the id is written", () => {
    expect(handleOf(ID.toUpperCase())).toBe(handleOf(ID));
    expect(handleOf(ID.replaceAll("-", ""))).toBe(handleOf(ID));
  });

  test("does not depend on the time in the id, so that neighbours differ from the first letter on", () => {
    expect(handleOf("019b0000-0000-7000-8000-0000000000ff")).toBe(handleOf(ID));
    expect(handleOf("019a9f3c-51c8-7000-8000-000000000100")[0]).not.toBe(handleOf(ID)[0]);
  });

  test("differs from task to task", () => {
    const ids = fc.sample(fc.uuid({ version: 7 }), { numRuns: 5000, seed: 1 });
    const random = new Set(ids.map((id) => id.slice(20)));
    expect(new Set(ids.map(handleOf)).size).toBe(random.size);
  });
});

describe("what can begin a handle", () => {
  test.each([
    ["kqv", true],
    ["kqvzbcdfghjk", true],
    ["kq", false],
    ["", false],
    ["kqvzbcdfghjkl", false],
    ["123", false],
    ["key", false],
    ["KQV", false],
    ["kq v", false],
    ["kqv\n", false],
  ])("%p: %p", (text, expected) => {
    expect(isHandlePrefix(text)).toBe(expected);
  });
});

describe("the shortest unique prefix", () => {
  test.each([
    ["has three letters for the only task", [null, null], 3],
    ["has three letters where fewer would do", ["bcdfghjklmnp", "zcdfghjklmnp"], 3],
    ["is one letter longer than what it shares before it", ["kqvzbbbbbbbb", null], 5],
    ["is one letter longer than what it shares behind it", [null, "kqvzxzzzzzzz"], 6],
    ["tells from the closer one of two", ["kqvbbbbbbbbb", "kqvzxzzzzzzz"], 6],
    ["is the whole handle where even that is shared", ["kqvzxcdfghjk", null], 12],
  ])("%s", (_, neighbours, expected) => {
    expect(uniquePrefixLength("kqvzxcdfghjk", neighbours)).toBe(expected);
  });
});
