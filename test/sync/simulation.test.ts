import { describe, expect, test } from "bun:test";
import { useScratch } from "../support/scratch.ts";
import { type Plan, simulate } from "./simulator.ts";

const scratch = useScratch();

const SEEDS = Array.from({ length: 300 }, (_, at) => at + 1);

describe("three replicas and a server, with lost answers, kills and restores", () => {
  // Of each three seeds one has clocks that are off by years.
  test.each(SEEDS)("have the same in the end, and nothing is lost: seed %d", async (seed) => {
    expect(await simulate({ seed, wild: seed % 3 === 0, folder: scratch(`seed-${seed}`) })).toEqual([]);
  });
});

describe("a simulation finds a bug that was planted:", () => {
  /** The first seeds of many in which something is wrong. */
  const findWrong = async (plan: Omit<Plan, "seed" | "folder">): Promise<string[]> => {
    for (const seed of SEEDS) {
      const wrong = await simulate({ ...plan, seed, folder: scratch(`planted-${seed}`) }).catch(String);
      if (wrong.length > 0) return [wrong].flat();
    }
    return [];
  };

  test("a server that takes every head for its own", async () => {
    const alter: Plan["alter"] = (sync) => ({
      look: async (user, question) => ({ ...(await sync.look(user, question)), isKnown: true }),
    });
    expect(await findWrong({ alter })).not.toEqual([]);
  });

  test("a server whose page leaves out what came while it merged", async () => {
    const alter: Plan["alter"] = (sync) => ({
      exchange: async (user, request) => {
        const page = await sync.exchange(user, request);
        return request.arrivals.length > 0 ? { ...page, tasks: [] } : page;
      },
    });
    expect(await findWrong({ alter })).not.toEqual([]);
  });

  test("an outbox that only knows that something is unsent", async () => {
    const spoil: Plan["spoil"] = (replica) => ({
      settle: async (settlement) => {
        const { sent } = await replica.outgoing(1000);
        const ids = new Set(settlement.sent.map(([id]) => id));
        await replica.settle({ ...settlement, sent: sent.filter(([id]) => ids.has(id)) });
      },
    });
    expect(await findWrong({ spoil })).not.toEqual([]);
  });

  test("a replica that moves its cursor on before it has merged", async () => {
    const spoil: Plan["spoil"] = (replica) => {
      let calls = 0;
      return {
        settle: async (settlement) => {
          calls += 1;
          await replica.settle(calls % 5 === 0 ? { ...settlement, arrivals: [] } : settlement);
        },
      };
    };
    expect(await findWrong({ spoil })).not.toEqual([]);
  });
});
