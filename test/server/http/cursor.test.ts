import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Position } from "../../../src/domain/query/query.ts";
import { decodeCursor, encodeCursor } from "../../../src/server/http/cursor.ts";
import { refusal } from "../../support/errors.ts";

const ORDER = { sort: "title", order: "asc" } as const;
const BY_UPDATE = { sort: "updated", order: "desc" } as const;

const ID = "019a9f3c-51c8-7000-8000-0000000000ff";

const anyPosition: fc.Arbitrary<Position> = fc.record({
  key: fc.oneof(
    fc.string({ unit: "binary", maxLength: 500 }).filter((text) => text.isWellFormed() && !text.includes("\0")),
    fc.maxSafeNat(),
  ),
  id: fc.uuid(),
});

describe("a cursor", () => {
  test("brings a position back exactly, in letters that need no escape in an address", () => {
    fc.assert(
      fc.property(anyPosition, (position) => {
        const order = typeof position.key === "number" ? BY_UPDATE : ORDER;
        const cursor = encodeCursor(order, position);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeCursor(order, cursor)).toEqual(position);
      }),
    );
  });

  test("is refused for another order", () => {
    const cursor = encodeCursor(ORDER, { key: "", id: crypto.randomUUID() });
    for (const order of [{ ...ORDER, order: "desc" } as const, { ...ORDER, sort: "created" } as const]) {
      const { code, issues } = refusal(() => decodeCursor(order, cursor));
      expect([code, issues.map(({ path }) => path)]).toEqual(["invalid_input", ["cursor"]]);
    }
  });

  test("is refused where its key is not what the order compares", () => {
    for (const key of [1, -1, "\0", "a\0b", "\ud800"]) {
      expect(refusal(() => decodeCursor(ORDER, encodeCursor(ORDER, { key, id: ID }))).code).toBe("invalid_input");
    }
    for (const key of ["1", "", 1.5, -1, 1e300]) {
      const cursor = encodeCursor(BY_UPDATE, { key, id: ID });
      expect(refusal(() => decodeCursor(BY_UPDATE, cursor)).code).toBe("invalid_input");
    }
  });

  test("that anyone made up is a position or is refused, and never breaks anything", () => {
    const anyMembers = fc.record(
      {
        order: fc.oneof(fc.constant("title asc"), fc.jsonValue()),
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
          expect(key).toBeString();
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
    const cursor = encodeCursor(ORDER, { key: "a", id: ID });
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
