import { describe, expect, test } from "bun:test";
import { BUGS, BUGS_OF_CLOCKS, BUGS_OF_YEARS } from "./planted/bugs.ts";
import { type Bug, lastsYears, setsClockBack, simulate } from "./simulator.ts";

/** Some bugs are found by one seed of a hundred. */
const SEARCH_TIMEOUT_MS = 60_000;
const SEEDS = Array.from({ length: 300 }, (_, at) => at + 1);

describe("replicas of two users and a server, with lost answers, kills, copies and restores", () => {
  test.each(SEEDS)("have the same in the end, and nothing is lost: seed %d", async (seed) => {
    expect(await simulate({ seed })).toEqual([]);
  });
});

// One of each kind: clocks that are right, clocks that are off by years, and years in which devices are away.
test.each([1, 3, 5])("a seed gives the same run each time: seed %d", async (seed) => {
  const [one, other]: readonly [string[], string[]] = [[], []];
  for (const lines of [one, other]) await simulate({ seed, note: (line) => void lines.push(line) });
  expect(one.length).toBeGreaterThan(100);
  expect(other).toEqual(one);
});

describe("a simulation finds a bug that was planted:", () => {
  const find = async (bug: Bug, seeds: readonly number[]): Promise<string[]> => {
    for (const seed of seeds) {
      const wrong = await simulate({ ...bug, seed }).catch(String);
      if (wrong.length > 0) return [wrong].flat();
    }
    return [];
  };
  const search = (seeds: readonly number[]) => async (_: string, make: () => Bug) =>
    expect(await find(make(), seeds)).not.toEqual([]);

  test.each(BUGS)("%s", search(SEEDS), SEARCH_TIMEOUT_MS);
  test.each(BUGS_OF_CLOCKS)("%s", search(SEEDS.filter(setsClockBack)), SEARCH_TIMEOUT_MS);
  test.each(BUGS_OF_YEARS)("%s", search(SEEDS.filter(lastsYears)), SEARCH_TIMEOUT_MS);
});
