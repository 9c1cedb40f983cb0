import { expect, test } from "bun:test";
import { recordIdOf } from "../../../src/domain/recurrence/record-id.ts";

const SERIES = "019a0000-0000-7000-8000-0000000000c1";

test.each([
  ["2026-11-23", "23ccfd21-5710-8e0a-9eb7-ca6760b8da17"],
  ["2026-11-23T09:00", "2356c795-8cc7-842b-a7c7-fd694e0718c6"],
])("the record of %s has an id that never changes between versions", (occurrence, id) => {
  expect(recordIdOf(SERIES, occurrence)).toBe(id);
});
