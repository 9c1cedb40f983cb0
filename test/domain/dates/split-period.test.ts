import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parsePeriod } from "../../../src/domain/dates/period.ts";
import { endToday, splitPeriod } from "../../../src/domain/dates/split-period.ts";

/** A Saturday. */
const SYSTEM = { today: () => "2026-11-21" };

function split(text: string): string[] {
  return splitPeriod(parsePeriod(text, SYSTEM), SYSTEM).map(({ from, to }) => `${from} ${to}`);
}

describe("a period that is split", () => {
  test("is days if it is short", () => {
    expect(split("this week")).toHaveLength(6);
    expect(split("last 14 days")).toHaveLength(14);
    expect(split("yesterday")).toEqual(["2026-11-20 2026-11-21"]);
  });

  test("is weeks from Monday on if it is a month, of which the first and the last may be cut", () => {
    expect(split("this month")).toEqual([
      "2026-11-01 2026-11-02",
      "2026-11-02 2026-11-09",
      "2026-11-09 2026-11-16",
      "2026-11-16 2026-11-22",
    ]);
    expect(split("last 15 days")).toHaveLength(3);
    expect(split("2026-07..2026-08")).toHaveLength(10);
  });

  test("is months if it is a quarter or a year, and years if it is longer", () => {
    expect(split("this quarter")).toEqual(["2026-10-01 2026-11-01", "2026-11-01 2026-11-22"]);
    expect(split("this year")).toHaveLength(11);
    expect(split("2024..2025")).toHaveLength(24);
    expect(split("2024..")).toEqual(["2024-01-01 2025-01-01", "2025-01-01 2026-01-01", "2026-01-01 2026-11-22"]);
  });

  test("ends with today, and has no days if it begins later", () => {
    expect(endToday({ from: "2020-01-01", to: "+010000-01-01" }, SYSTEM).to).toBe("2026-11-22");
    expect(endToday({ from: "2020-01-01", to: "2026-11-21" }, SYSTEM).to).toBe("2026-11-21");
    expect(split("dec 2026")).toEqual([]);
  });

  test("has each of its days in one part", () => {
    const day = fc.integer({ min: 0, max: 4000 }).map((days) => Temporal.PlainDate.from("2020-01-01").add({ days }));
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [from, to] = [one.toString(), other.toString()].toSorted();
        const period = { from: from ?? "", to: to ?? "" };
        const parts = splitPeriod(period, SYSTEM);
        const end = endToday(period, SYSTEM);
        const edges = end.from < end.to ? [end.from, ...parts.map((part) => part.to)] : [];
        expect(parts).toEqual(edges.slice(1).map((edge, at) => ({ from: edges[at] ?? "", to: edge })));
        expect(parts.every((part) => part.from < part.to)).toBe(true);
        expect(edges.at(-1)).toBe(edges.length > 0 ? end.to : undefined);
      }),
    );
  });
});
