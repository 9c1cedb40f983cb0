import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { clockNode, clockTime, formatClock, isClock, nextTick, tickOf } from "../../../src/domain/task/clock.ts";

const NODE = "a1b2c3d4";
const NOON = Date.UTC(2026, 10, 20, 12);
const YEAR = 365 * 24 * 3_600_000;

/** A tick as people write it: milliseconds, then counter. */
function tick(milliseconds: number, counter: number): bigint {
  return (BigInt(milliseconds) << 16n) + BigInt(counter);
}

describe("the next tick", () => {
  test.each([
    ["is the wall clock when that moved on", tick(NOON, 7), NOON + 1, tick(NOON + 1, 0)],
    ["is the wall clock on a new database", 0n, NOON, tick(NOON, 0)],
    ["counts within one millisecond", tick(NOON, 0), NOON, tick(NOON, 1)],
    ["goes on counting when the wall clock goes back", tick(NOON, 3), NOON - 60_000, tick(NOON, 4)],
    ["carries a full counter into the milliseconds", tick(NOON, 0xffff), NOON, tick(NOON + 1, 0)],
    ["counts on from a carried millisecond when that one comes", tick(NOON + 1, 0), NOON + 1, tick(NOON + 1, 1)],
    ["goes up by one from a clock a year ahead", tick(NOON + YEAR, 9), NOON, tick(NOON + YEAR, 10)],
    ["goes up by one from the last moment of a year ahead", tick(NOON + YEAR, 0xffff), NOON, tick(NOON + YEAR + 1, 0)],
    ["is the wall clock again when that caught up", tick(NOON + YEAR, 9), NOON + YEAR + 1, tick(NOON + YEAR + 1, 0)],
    ["counts from zero before time began", 0n, 0, 1n],
  ])("%s", (_, last, now, expected) => {
    expect(nextTick(last, now)).toBe(expected);
  });

  test("always goes up, and never falls behind the wall clock", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 62n) - 1n), fc.nat(NOON * 2), (last, now) => {
        const next = nextTick(last, now);
        expect(next > last).toBe(true);
        expect(next >= tick(now, 0)).toBe(true);
      }),
    );
  });
});

describe("a clock as text", () => {
  test("is 12 digits of milliseconds, 4 of counter and 8 of node", () => {
    expect(formatClock(tick(0x019a9f3c51c8, 0x2a), NODE)).toBe("019a9f3c51c8002aa1b2c3d4");
    expect(formatClock(0n, NODE)).toBe("0000000000000000a1b2c3d4");
  });

  test("sorts as its tick does, whatever the node", () => {
    const anyTick = fc.bigInt(0n, (1n << 64n) - 1n);
    fc.assert(
      fc.property(anyTick, anyTick, (one, other) => {
        fc.pre(one < other);
        expect(formatClock(one, "ffffffff") < formatClock(other, "00000000")).toBe(true);
      }),
    );
  });

  test("gives back its tick, its time and its node", () => {
    const clock = formatClock(tick(NOON, 0xffff), NODE);
    expect(tickOf(clock)).toBe(tick(NOON, 0xffff));
    expect(clockTime(clock)).toBe(NOON);
    expect(clockNode(clock)).toBe(NODE);
  });

  test.each([
    ["019a9f3c51c8002aa1b2c3d4", true],
    ["019a9f3c51c8002aa1b2c3d", false],
    ["019a9f3c51c8002aa1b2c3d44", false],
    ["019A9F3C51C8002AA1B2C3D4", false],
    ["019a9f3c51c8002aa1b2c3dg", false],
    ["019a9f3c51c8002aa1b2c3d4\n", false],
    ["6fffffffffffffffa1b2c3d4", true],
    ["7fffffffffffffffa1b2c3d4", false],
    ["", false],
  ])("is recognised: %p is one: %p", (text, expected) => {
    expect(isClock(text)).toBe(expected);
  });
});
