import { letDaysPass } from "./absence.ts";
import { edit } from "./edits.ts";
import type { Node } from "./node.ts";
import { syncInTrouble } from "./syncing.ts";
import { tolerate, type World } from "./world.ts";

/** Milliseconds after which a lease has ended. */
const PAST_LEASE = 31_000;
/** How often a sync rests at most in which nothing goes wrong, and that of a replica that reads anew. */
const RESTS = 20;
/** Where it matters most to be held up: before the server is asked, in the server, and before its answer is settled. */
const POINTS = ["request", "exchange", "applyResult"] as const;

/**
 * A process that syncs an edit is held up for longer than its lease, over years for months. Meanwhile another one syncs the same file, or
 * one of somebody else, and may not have ended yet when the first goes on.
 */
export async function overtake(world: World, node: Node): Promise<void> {
  const { nodes, time, scheduler, random, isLong, away } = world;
  const other = random.chance(0.5) ? node : random.pick(nodes.filter(({ name }) => name !== away));
  for (const each of [other, node]) await tolerate(world, [], () => edit(each, world));
  if (other !== node) await scheduler.hurry(await syncInTrouble(world, other), {});
  await scheduler.hurry(await syncInTrouble(world, node, `${node.name} syncs slowly`), { until: random.pick(POINTS) });
  time.now += PAST_LEASE;
  if (isLong) letDaysPass(world);
  await scheduler.hurry(await syncInTrouble(world, other), { times: random.below(RESTS) });
}
