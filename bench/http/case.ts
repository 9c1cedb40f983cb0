import type { Service } from "./service.ts";
import { type Figure, type Load, type Round, runWrk, sumUp } from "./wrk.ts";

/** How many connections many are. */
export const MANY = 100;

const ROUNDS = 3;
const WARM_UP_S = 3;

/** What one side did in a case. */
export type Measure<Side> = {
  readonly side: Side;
  readonly figure: Figure;
  readonly memory: { readonly now: number; readonly most: number };
};

/** Measures the sides in turns, so that a busy moment of the machine touches all, each of them warm. */
export async function measureSides<Side extends Service>(sides: readonly Side[], load: Load): Promise<Measure<Side>[]> {
  for (const side of sides) await warmUp(side, load);
  const measured = sides.map((side) => ({ side, rounds: emptyRounds() }));
  const rounds = Math.min(ROUNDS, load.seconds);
  const part = { ...load, seconds: Math.ceil(load.seconds / rounds) };
  for (let round = 0; round < rounds; round += 1) {
    for (const each of measured) each.rounds.push(await runWrk(each.side.url, part));
  }
  return measured.map((each) => ({
    side: each.side,
    figure: sumUp(each.rounds),
    memory: each.side.measureMemory(),
  }));
}

function emptyRounds(): Round[] {
  return [];
}

/** With many connections first, or one alone would not bring it to its speed in that time. */
export async function warmUp({ url }: Service, load: Load): Promise<void> {
  await runWrk(url, { ...load, connections: MANY, seconds: Math.min(WARM_UP_S, load.seconds) });
  await runWrk(url, { ...load, seconds: 1 });
}
