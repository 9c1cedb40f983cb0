import { expect, test } from "bun:test";
import { createNewId } from "../../../src/web/worker/new-id.ts";

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const NOW = Date.UTC(2026, 10, 20, 9);

test("an id says when it was made, and is of version 7", () => {
  const id = createNewId(() => NOW)();
  expect(id).toMatch(UUID_V7);
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(NOW);
});

test("ids of one millisecond are in the order in which they were made, however many", () => {
  const newId = createNewId(() => NOW);
  const ids = Array.from({ length: 10_000 }, newId);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(10_000);
});

test("ids stay in order when the clock is put back", () => {
  let now = NOW;
  const newId = createNewId(() => now);
  const first = newId();
  now -= 3_600_000;
  expect(newId() > first).toBe(true);
});
