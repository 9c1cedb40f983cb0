import { expect, test } from "bun:test";
import { divide, takeWhileFits } from "../../src/domain/batches.ts";

test.each<[readonly number[], readonly (readonly number[])[]]>([
  [[], [[]]],
  [[1], [[1]]],
  [[1, 2], [[1, 2]]],
  [
    [1, 2, 3, 4, 5],
    [[1, 2], [3, 4], [5]],
  ],
])("%j in batches of two is %j", (items, batches) => {
  expect(divide(items, 2)).toEqual(batches);
});

test.each<[readonly number[], readonly number[]]>([
  [[], []],
  [
    [4, 6],
    [4, 6],
  ],
  [[4, 7], [4]],
  [[11, 1], [11]],
  [[4, 7, 1], [4]],
])("of the sizes %j those that fit into ten are %j", (sizes, taken) => {
  expect(takeWhileFits(sizes, (size) => size, 10)).toEqual([...taken]);
});
