import { expect, test } from "bun:test";
import { choosePages } from "./pages.ts";
import { simulateSeries } from "./series/simulate-series.ts";
import { simulate } from "./simulator.ts";

const SEEDS = Array.from({ length: 30 }, (_, at) => at + 1);

test.each(SEEDS)("pages and files have the same in the end, and nothing is lost: seed %d", async (seed) => {
  expect(await simulate({ seed, isPage: choosePages(seed) })).toEqual([]);
});

test.each(SEEDS.slice(0, 10))("pages and files agree about tasks that repeat: seed %d", async (seed) => {
  expect(await simulateSeries({ seed, isPage: choosePages(seed) })).toEqual([]);
});

test.each([1, 3, 5])("a seed gives the same run each time: seed %d", async (seed) => {
  const [one, other]: readonly [string[], string[]] = [[], []];
  for (const lines of [one, other])
    await simulate({ seed, isPage: choosePages(seed), note: (line) => void lines.push(line) });
  expect(one.length).toBeGreaterThan(100);
  expect(other).toEqual(one);
});
