import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { arrangeColumns, FOLD_INDENT, type SizedColumn } from "../../../src/cli/output/arrange-columns.ts";

const anySize = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 60 }))
  .map(([least, more]) => ({ least, most: least + more }));
const anyColumns = fc
  .array(anySize, { minLength: 1, maxLength: 17 })
  .map((sizes) => sizes.map((size, name): SizedColumn<number> => ({ name, ...size })));
const anyRoom = fc.record({ columns: fc.integer({ min: 1, max: 200 }), gap: fc.constantFrom(1, 2) });

const FLEXIBLE = 2;

describe("the columns of a row", () => {
  test("stand in their order, each once, on lines that fit unless one alone is too wide", () => {
    fc.assert(
      fc.property(anyColumns, anyRoom, (columns, room) => {
        const lines = arrangeColumns(columns, FLEXIBLE, room);
        expect(lines.flat().map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
        for (const [at, line] of lines.entries()) {
          const width = line.reduce((sum, column) => sum + column.width, room.gap * (line.length - 1));
          const fits = width <= room.columns - (at === 0 ? 0 : FOLD_INDENT);
          expect(fits || (line.length === 1 && line[0]?.width === 1)).toBe(true);
        }
      }),
    );
  });

  test("go to another line only if the next one does not fit at its least width", () => {
    fc.assert(
      fc.property(anyColumns, anyRoom, (columns, room) => {
        const lines = arrangeColumns(columns, FLEXIBLE, room);
        const leastOf = (name: number) => columns[name]?.least ?? 0;
        for (const [at, line] of lines.entries()) {
          const next = lines[at + 1]?.[0];
          if (next === undefined) continue;
          const least = line.reduce((sum, { name }) => sum + leastOf(name) + room.gap, leastOf(next.name));
          expect(least).toBeGreaterThan(room.columns - (at === 0 ? 0 : FOLD_INDENT));
        }
      }),
    );
  });

  test("leave no room unused while one of them wants more, and the flexible one gets what the others leave", () => {
    const columns = [
      { name: 1, least: 3, most: 8 },
      { name: FLEXIBLE, least: 10, most: 50 },
      { name: 3, least: 4, most: 12 },
    ];
    const place = (total: number) => arrangeColumns(columns, FLEXIBLE, { columns: total, gap: 2 });
    expect(place(21)).toEqual([
      [
        { name: 1, width: 3 },
        { name: FLEXIBLE, width: 10 },
        { name: 3, width: 4 },
      ],
    ]);
    expect(place(30)).toEqual([
      [
        { name: 1, width: 8 },
        { name: FLEXIBLE, width: 10 },
        { name: 3, width: 8 },
      ],
    ]);
    expect(place(40)).toEqual([
      [
        { name: 1, width: 8 },
        { name: FLEXIBLE, width: 16 },
        { name: 3, width: 12 },
      ],
    ]);
    expect(place(200)).toEqual([
      [
        { name: 1, width: 8 },
        { name: FLEXIBLE, width: 50 },
        { name: 3, width: 12 },
      ],
    ]);
    expect(place(20)).toEqual([
      [
        { name: 1, width: 8 },
        { name: FLEXIBLE, width: 10 },
      ],
      [{ name: 3, width: 12 }],
    ]);
  });
});
