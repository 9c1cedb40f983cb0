import type { ErrorCode } from "../../src/domain/errors.ts";
import { synchronize } from "../../src/services/sync/synchronize.ts";
import { passDays, purge } from "./absence.ts";
import { cloneMachine, copyReplica } from "./copying.ts";
import { bindElsewhere, edit, type Node } from "./node.ts";
import { resting } from "./scheduler.ts";
import { tolerate, type World } from "./world.ts";

/** One thing that happens, all at once or as a task with points to rest at. */
type Step = (world: World, node: Node) => Promise<void>;

/** What comes of the network, of another sync, and of a server that was restored again or a clock that jumped again meanwhile. */
const TROUBLE: readonly ErrorCode[] = ["unavailable", "locked", "history_changed", "clock_skew", "cursor_expired"];

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
];

/** The same over years. */
const LONG_STEPS: typeof STEPS = [[0.06, passDays], [0.12, purge], ...STEPS];

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

async function syncInTrouble(world: World, node: Node): Promise<void> {
  await world.scheduler.start(`${node.name} syncs`, () =>
    tolerate(world, TROUBLE, () => syncAs(world, node, node.user)),
  );
}

/** Somebody has signed in as somebody else where this replica is. */
async function syncAsOther(world: World, node: Node): Promise<void> {
  const other = world.users.find((user) => user !== node.user) ?? "";
  const refuse = async (what: string, work: () => Promise<unknown>) => {
    await work();
    world.problems.push(`${node.name} ${what} another account`);
  };
  const codes: readonly ErrorCode[] = [...TROUBLE, "account_mismatch"];
  await world.scheduler.start(`${node.name} syncs as ${other}`, async () => {
    await tolerate(world, codes, () => refuse("was bound to", () => bindElsewhere(node, other)));
    await tolerate(world, codes, () => refuse("was synced with", () => syncAs(world, node, other)));
  });
}

async function syncAs({ scheduler, network }: World, { user, openReplica, watch }: Node, as: string): Promise<void> {
  const { rest } = scheduler;
  await synchronize({ replica: resting(openReplica(), rest), peer: network.connect(as), user, now: watch.now });
}

async function deliverLate(world: World): Promise<void> {
  const { scheduler, network } = world;
  const codes: readonly ErrorCode[] = [...TROUBLE, "account_mismatch"];
  await scheduler.start("the network", () => tolerate(world, codes, network.deliver));
}

async function jumpClock(_: World, { watch }: Node): Promise<void> {
  watch.jump();
}

async function jumpServerClock({ server }: World): Promise<void> {
  server.watch.jump();
}

async function takeSnapshot({ backing }: World): Promise<void> {
  backing.snapshot?.();
}

function restoreServer({ server }: World): Promise<void> {
  return server.restore();
}
