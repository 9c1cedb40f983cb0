import { expect, test } from "bun:test";
import { joinShared } from "../../../src/web/app/data/shared-text.ts";

test.each([
  ["?title=Roof%20report&text=&url=https%3A%2F%2Fexample.com%2Froof", "Roof report https://example.com/roof"],
  ["?text=Read%20this%20https%3A%2F%2Fexample.com&url=https%3A%2F%2Fexample.com", "Read this https://example.com"],
  ["?title=Call%20Ann&text=Call%20Ann", "Call Ann"],
  ["?text=one%0Atwo%20%20three", "one two three"],
  ["", ""],
])("what is shared becomes one line without anything twice: %s", (query, line) => {
  expect(joinShared(new URLSearchParams(query))).toBe(line);
});
