import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Position } from "../../src/domain/query.ts";
import { decodeCursor, encodeCursor } from "../../src/server/cursor.ts";
import { refusal } from "../support/errors.ts";

const ORDER = "title asc";

const anyPosition: fc.Arbitrary<Position> = fc.record({
  key: fc.oneof(
    fc.string({ unit: "binary", maxLength: 500 }).filter((text) => text.isWellFormed()),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
  ),
  id: fc.uuid(),
});

describe("a cursor", () => {
  test("brings a position back exactly, in letters that need no escape in an address", () => {
    fc.assert(
      fc.property(anyPosition, (position) => {
        const cursor = encodeCursor(ORDER, position);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeCursor(ORDER, cursor)).toEqual(position);
      }),
    );
  });

  test("is refused for another order", () => {
    const cursor = encodeCursor(ORDER, { key: "", id: crypto.randomUUID() });
    for (const order of ["title desc", "created asc", "", "title asc "]) {
      const { code, flaws } = refusal(() => decodeCursor(order, cursor));
      expect([code, flaws.map(({ path }) => path)]).toEqual(["invalid_input", ["cursor"]]);
    }
  });

  test("that anyone made up is a position or is refused, and never breaks anything", () => {
    const anyMembers = fc.record(
      {
        order: fc.oneof(fc.constant(ORDER), fc.jsonValue()),
        key: fc.jsonValue(),
        id: fc.oneof(fc.uuid(), fc.jsonValue()),
        more: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const anyCursor = fc.oneof(
      fc.string(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("base64url")),
      fc.oneof(fc.jsonValue(), anyMembers).map((value) => Buffer.from(JSON.stringify(value)).toString("base64url")),
    );
    fc.assert(
      fc.property(anyCursor, (cursor) => {
        try {
          const { key, id, ...rest } = decodeCursor(ORDER, cursor);
          expect(["string", "number"]).toContain(typeof key);
          expect(id).toMatch(/^[\da-fA-F-]{36}$/);
          expect(rest).toEqual({});
        } catch {
          expect(refusal(() => decodeCursor(ORDER, cursor)).code).toBe("invalid_input");
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("has one writing, so that a changed one is refused", () => {
    const cursor = encodeCursor(ORDER, { key: "a", id: "019a9f3c-51c8-7000-8000-0000000000ff" });
    for (const changed of [
      `${cursor}=`,
      ` ${cursor}`,
      `${cursor}\n`,
      `${cursor}A`,
      cursor.slice(0, -1),
      `.${cursor}`,
    ]) {
      expect(refusal(() => decodeCursor(ORDER, changed)).code).toBe("invalid_input");
    }
  });
});
