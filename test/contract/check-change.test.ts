import { expect, test } from "bun:test";
import { findIssue } from "../../src/contract/check-change.ts";
import { arriving } from "../support/sync/following.ts";

/** A task with so many tags. */
function tagged(count: number) {
  const tags = Array.from({ length: count }, (_, place) => [`tag:t${place}`, true]);
  return arriving(Object.fromEntries(tags));
}

test("a change may have 300 fields, and no more", () => {
  expect(findIssue(tagged(300))).toBeNull();
  expect(findIssue(tagged(301))).toMatchObject({ field: "", message: "it has more than 300 fields" });
});
