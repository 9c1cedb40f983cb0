import type { ErrorCode } from "../../src/domain/errors.ts";
import { synchronize } from "../../src/services/sync/synchronize.ts";
import { checkAnswer } from "./check-answer.ts";
import { bindElsewhere, type Node, speakEarlier } from "./node.ts";
import { resting } from "./scheduler.ts";
import { tolerate, type World } from "./world.ts";

/** What comes of the network, of another sync, and of a server that was restored again or a clock that jumped again meanwhile. */
const TROUBLE: readonly ErrorCode[] = ["unavailable", "locked", "history_changed", "clock_skew", "cursor_expired"];

/** Begins a sync and answers what the task is called. */
export async function syncInTrouble(world: World, node: Node, task = `${node.name} syncs`): Promise<string> {
  await world.scheduler.start(task, () => tolerate(world, TROUBLE, () => syncAs(world, node, node.user)));
  return task;
}

/** Somebody has signed in as somebody else where this replica is. */
export async function syncAsOther(world: World, node: Node): Promise<void> {
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

export async function deliverLate(world: World): Promise<void> {
  const { scheduler, network } = world;
  const codes: readonly ErrorCode[] = [...TROUBLE, "account_mismatch"];
  await scheduler.start("the network", () => tolerate(world, codes, network.deliver));
}

async function syncAs(world: World, node: Node, as: string): Promise<void> {
  const { scheduler, network, server, problems, isLong } = world;
  const { user, openReplica, watch, isOld } = node;
  const peer = network.connect(as, async (request, answer) => {
    if (isLong) problems.push(...(await checkAnswer(node, server, { request, answer })));
  });
  const spoken = isOld || world.isServerOld ? speakEarlier(peer) : peer;
  await synchronize({ replica: resting(openReplica(), scheduler.rest), peer: spoken, user, now: watch.now });
}
