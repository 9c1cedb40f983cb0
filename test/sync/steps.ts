import { passDays } from "./absence.ts";
import { cloneMachine, copyReplica } from "./copying.ts";
import { edit } from "./edits.ts";
import type { Node } from "./node.ts";
import { overtake } from "./overtaking.ts";
import { deliverLate, syncAsOther, syncInTrouble } from "./syncing.ts";
import { tolerate, type World } from "./world.ts";

/** One thing that happens, all at once or as a task with points to rest at. */
type Step = (world: World, node: Node) => Promise<unknown>;

/** The steps and how often each is taken in comparison with the others. */
const STEPS: readonly (readonly [part: number, step: Step])[] = [
  [0.48, editThere],
  [0.35, syncInTrouble],
  [0.04, deliverLate],
  [0.03, jumpClock],
  [0.01, jumpServerClock],
  [0.03, takeSnapshot],
  [0.02, restoreServer],
  [0.01, copyReplica],
  [0.01, cloneMachine],
  [0.02, syncAsOther],
  [0.04, overtake],
];

/** The same over years. */
const LONG_STEPS: typeof STEPS = [[0.06, passDays], [0.12, overtake], ...STEPS];

/** Takes a step that the seed decides, at one of the nodes. */
export async function takeStep(world: World): Promise<void> {
  const steps = world.isLong ? LONG_STEPS : STEPS;
  let roll = world.random.next() * steps.reduce((sum, [part]) => sum + part, 0);
  const [, step] = steps.find(([part]) => (roll -= part) < 0) ?? [0, editThere];
  const node = world.random.pick(world.nodes.filter(({ name }) => name !== world.away));
  world.note(`${node.name}: ${step.name}`);
  await step(world, node);
}

/** It may be killed before it has written, and before anybody was told. */
async function editThere(world: World, node: Node): Promise<void> {
  const { scheduler, random, isWild } = world;
  if (isWild && random.chance(0.15)) node.watch.jump();
  await scheduler.start(`${node.name} edits`, async () => {
    await scheduler.rest("edit");
    await tolerate(world, [], () => edit(node, world));
    await scheduler.rest("edited");
  });
}

export async function jumpClock(_: World, { watch }: Node): Promise<void> {
  watch.jump();
}

async function jumpServerClock({ server, isSetBack }: World): Promise<void> {
  // A request that was let in by one time must not be merged at an earlier one.
  if (isSetBack) server.restart();
  server.watch.jump();
}

export async function takeSnapshot({ backing }: World): Promise<void> {
  backing.snapshot?.();
}

export async function restoreServer({ server, isSetBack }: World): Promise<void> {
  if (!isSetBack) await server.restore();
}
