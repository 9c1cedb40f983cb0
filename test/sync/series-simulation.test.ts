import { describe, expect, test } from "bun:test";
import type { Bug } from "./simulator.ts";
import { simulateSeries } from "./series/simulate-series.ts";

/** A machine may be busy with other tests. */
const SEARCH_TIMEOUT_MS = 60_000;
const SEEDS = Array.from({ length: 24 }, (_, at) => at + 1);

describe("devices that repeat, move, order and link tasks apart from each other, some of an earlier version", () => {
  test.each(SEEDS)("have the same in the end, nothing is there twice, and nothing is lost: seed %d", async (seed) => {
    expect(await simulateSeries({ seed })).toEqual([]);
  });
});

// With devices of this version alone, and with a server and devices of an earlier one.
test.each([3, 5])("a seed gives the same run each time: seed %d", async (seed) => {
  const [one, other]: readonly [string[], string[]] = [[], []];
  for (const lines of [one, other]) await simulateSeries({ seed, note: (line) => void lines.push(line) });
  expect(one.length).toBeGreaterThan(100);
  expect(other).toEqual(one);
});

const BUGS: readonly (readonly [name: string, bug: Bug])[] = [
  ["replicas that keep nothing of what they settle", { spoil: () => ({ mergeUnsent: () => Promise.resolve(false) }) }],
  [
    "replicas that settle and never send it",
    {
      spoil: (replica) => ({
        mergeUnsent: async (tasks, now) => {
          const { base, sent } = await replica.outgoing(1000);
          const waiting = new Set(sent.map(String));
          const isSettled = await replica.mergeUnsent(tasks, now);
          const made = (await replica.outgoing(1000)).sent.filter((each) => !waiting.has(String(each)));
          const cursor = base.cursor ?? "";
          await replica.applyResult({ base, tasks: [], sent: made, rejected: [], cursor, more: true, now });
          return isSettled;
        },
      }),
    },
  ],
  ["a server that forgets profiles", { alter: () => ({ mergeProfile: (_, arriving) => Promise.resolve(arriving) }) }],
];

test.each(BUGS)(
  "a simulation finds a bug that was planted: %s",
  async (_, bug) => {
    // In some of these the server is of an earlier version, so that replicas settle; others take profiles.
    const found: string[] = [];
    for (const seed of [5, 11, 17, 23, 29, 1, 2, 3]) found.push(...(await simulateSeries({ ...bug, seed })));
    expect(found).not.toEqual([]);
  },
  SEARCH_TIMEOUT_MS,
);
