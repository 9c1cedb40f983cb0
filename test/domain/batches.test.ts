import { expect, test } from "bun:test";
import { divide } from "../../src/domain/batches.ts";

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
