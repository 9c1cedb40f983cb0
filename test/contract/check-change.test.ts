import { expect, test } from "bun:test";
import { findIssue } from "../../src/contract/check-change.ts";
import { WALL_CLOCK } from "../../src/domain/task/registers.ts";
import { arriving } from "../support/sync/following.ts";

/** A task with so many tags. */
function tagged(count: number) {
  const tags = Array.from({ length: count }, (_, place) => [`tag:t${place}`, true]);
  return arriving(Object.fromEntries(tags));
}

test("a change may have 1,000 fields, and no more", () => {
  expect(findIssue(tagged(1000))).toBeNull();
  expect(findIssue(tagged(1001))).toMatchObject({ field: "", message: "it has more than 1000 fields" });
});

test("a wall clock is a number", () => {
  expect(findIssue(arriving({ [WALL_CLOCK]: 1_795_424_400_000 }))).toBeNull();
  for (const value of ["2026-11-20T09:00:00.000Z", null, true]) {
    expect(findIssue(arriving({ [WALL_CLOCK]: value }))).toMatchObject({ message: "it is not a number" });
  }
});

test("a time that was tracked is a number of seconds, and null where it was taken back", () => {
  const name = "time:2026-11:a1b2c3d4";
  for (const value of [0, 90, null]) expect(findIssue(arriving({ [name]: value }))).toBeNull();
  for (const value of [-1, 1.5, "90", true]) {
    expect(findIssue(arriving({ [name]: value }))).toMatchObject({
      message: "it is not a number of seconds in a month",
    });
  }
});

test("the fields that every version knows don't count, so that a full task can be sent as a whole", () => {
  const { id, registers } = tagged(1000);
  const known = arriving({ title: "Milk", description: "x", created_at: "2026-11-20T09:00:00.000Z", project: null });
  expect(findIssue({ id, registers: { ...registers, ...known.registers } })).toBeNull();
});
