import { live, type Plan, runWorld, syncAll } from "../simulator.ts";
import type { Node } from "../node.ts";
import { jumpClock, restoreServer, takeSnapshot } from "../steps.ts";
import { deliverLate, syncInTrouble } from "../syncing.ts";
import { tolerate, type World } from "../world.ts";
import { act, makeTasks, type SeriesWorld } from "./acts.ts";
import { createFacts } from "./facts.ts";
import { judge } from "./judge.ts";

const HOUR_MS = 3_600_000;
const MAX_HOURS = 60;
/** What one has settled, others must take, and may have to settle further. */
const ROUNDS = 6;

type Step = (world: SeriesWorld, node: Node) => Promise<unknown>;

/** The steps and how often each is taken in comparison with the others. */
const STEPS: readonly (readonly [part: number, step: Step])[] = [
  [0.5, actThere],
  [0.36, syncInTrouble],
  [0.04, deliverLate],
  [0.05, passHours],
  [0.03, jumpClock],
  [0.02, takeSnapshot],
  [0.02, restoreServer],
];

/**
 * Devices of two users that repeat, skip, move, order and link tasks apart from each other, with a network, processes and a server that
 * fail. In two of three seeds some of them are of a version that knows no series, in one of six the server is, and in one of seven the
 * clocks are off by years.
 */
export function simulateSeries({ seed, ...plan }: Plan): Promise<string[]> {
  const hasOld = seed % 3 !== 0;
  const kind = {
    isWild: seed % 7 === 0,
    isSetBack: false,
    isLong: false,
    isOld: (node: number) => hasOld && (node === 1 || (node === 2 && seed % 2 === 0)),
    isServerOld: seed % 6 === 5,
  };
  const alter = kind.isServerOld ? { alter: () => ({ findSeries: () => Promise.resolve([]) }) } : {};
  return runWorld({ ...plan, ...kind, ...alter, seed }, async (made) => {
    const world: SeriesWorld = { ...made, facts: createFacts() };
    await begin(world);
    await live(world, () => takeStep(world));
    for (let round = 0; round < ROUNDS; round += 1) await syncAll(world, round === 0 && world.isWild ? ["locked"] : []);
    made.problems.push(...(await judge(world)));
  });
}

/** The first node of each user makes what all have. */
async function begin(world: SeriesWorld): Promise<void> {
  for (const user of world.users) {
    const node = world.nodes.find((each) => each.user === user);
    if (node) await makeTasks(world, node);
  }
  for (let round = 0; round < 2; round += 1) await syncAll(world, world.isWild ? ["locked"] : []);
}

async function takeStep(world: SeriesWorld): Promise<void> {
  const { random, nodes } = world;
  let roll = random.next() * STEPS.reduce((sum, [part]) => sum + part, 0);
  const [, step] = STEPS.find(([part]) => (roll -= part) < 0) ?? [0, actThere];
  const node = random.pick(nodes);
  world.note(`${node.name}: ${step.name}`);
  await step(world, node);
}

/** It may be killed before it has written, and before anybody was told. */
async function actThere(world: SeriesWorld, node: Node): Promise<void> {
  const { scheduler } = world;
  await scheduler.start(`${node.name} acts`, async () => {
    await scheduler.rest("act");
    await tolerate(world, [], () => act(world, node));
    await scheduler.rest("acted");
  });
}

/** What is under way goes on afterwards, also where a clock was wrong: then its edits may have got other clocks meanwhile. */
async function passHours({ time, random, network }: World): Promise<void> {
  if (random.chance(0.3)) network.forget();
  time.now += random.below(MAX_HOURS) * HOUR_MS;
}
