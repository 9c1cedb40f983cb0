import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Block, fitBlocks, heightOf } from "../../../src/cli/output/blocks.ts";

function block(heading: string, heights: readonly number[], leavesRoom = false): Block {
  return {
    heading,
    tasks: heights.map((height, at) => Array.from({ length: height }, () => `${heading}${at}`)),
    leavesRoom,
  };
}

/** How many tasks of each block are shown. */
function countShown(blocks: readonly Block[], room: number): Record<string, number> {
  return Object.fromEntries(fitBlocks(blocks, room).map(({ heading, tasks }) => [heading, tasks.length]));
}

const heights = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 12 });
const anyBlocks = fc
  .tuple(fc.boolean(), fc.array(heights, { maxLength: 5 }))
  .map(([leavesRoom, all]) => all.map((one, at) => block(`${at}`, one, leavesRoom && at === 0)));

describe("blocks on a terminal", () => {
  test("are shown whole if they fit", () => {
    expect(countShown([block("a", [1, 1]), block("b", [2])], 6)).toEqual({ a: 2, b: 1 });
  });

  test("end with the last task that fits, and nothing stands behind it", () => {
    expect(countShown([block("a", [1, 3, 1]), block("b", [1])], 4)).toEqual({ a: 1 });
  });

  test("have no heading without a task", () => {
    expect(countShown([block("a", [1]), block("b", [1])], 3)).toEqual({ a: 1 });
  });

  test("begin with the first task even if that does not fit", () => {
    expect(countShown([block("a", [2, 1]), block("b", [1])], 2)).toEqual({ a: 1 });
    expect(countShown([block("a", [5, 1], true), block("b", [5])], 4)).toEqual({ a: 1 });
    expect(countShown([block("a", [1])], 0)).toEqual({ a: 1 });
    expect(countShown([], 0)).toEqual({});
  });

  test("leave half of the room to the others if they need it", () => {
    const many = Array.from({ length: 50 }, () => 1);
    expect(countShown([block("a", many, true), block("b", many)], 20)).toEqual({ a: 9, b: 9 });
    expect(countShown([block("a", many, true), block("b", [1, 1])], 20)).toEqual({ a: 16, b: 2 });
    expect(countShown([block("a", [1, 1], true), block("b", many)], 20)).toEqual({ a: 2, b: 16 });
    expect(countShown([block("a", many, true)], 20)).toEqual({ a: 19 });
  });

  test("never take more room than there is, but for the first task, and show the first tasks of each in their order", () => {
    fc.assert(
      fc.property(anyBlocks, fc.integer({ min: -1, max: 60 }), (blocks, room) => {
        const shown = fitBlocks(blocks, room);
        const count = shown.reduce((sum, { tasks }) => sum + tasks.length, 0);
        if (count > 1) expect(shown.reduce((sum, one) => sum + heightOf(one), 0)).toBeLessThanOrEqual(room);
        expect(count).toBeGreaterThanOrEqual(Math.min(1, blocks.length));
        const places = shown.map(({ heading }) => blocks.findIndex((one) => one.heading === heading));
        expect(places).toEqual(places.toSorted((one, other) => one - other));
        for (const { heading, tasks } of shown) {
          expect(blocks.find((one) => one.heading === heading)?.tasks.slice(0, tasks.length)).toEqual([...tasks]);
        }
        const needed = blocks.reduce((sum, one) => sum + heightOf(one), 0);
        if (needed <= room) expect(shown).toEqual(blocks);
      }),
    );
  });
});
