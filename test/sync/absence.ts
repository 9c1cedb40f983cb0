import type { SyncStore } from "../../src/ports/sync.ts";
import { createPurge, type Purge } from "../../src/services/sync/purging.ts";
import { readTasks } from "./compare.ts";
import type { Model } from "./model.ts";
import type { World } from "./world.ts";

const DAY = 86_400_000;
const MOST_DAYS = 400;

/**
 * Machines that sleep wake up in the middle of what they did, or are started anew. The network brings nothing after so long. From here on
 * somebody may be away until the days pass again.
 */
export async function passDays(world: World): Promise<void> {
  const { scheduler, random, nodes } = world;
  if (random.chance(0.5)) scheduler.killAll();
  letDaysPass(world);
  world.away = random.chance(0.7) ? random.pick(nodes).name : null;
}

export function letDaysPass({ network, time, random }: World): void {
  network.forget();
  time.now += random.below(MOST_DAYS) * DAY;
}

/** Purges as a server does, and notes what went. */
export function openNotedPurge(
  sync: SyncStore,
  { now, model }: { readonly now: () => number; readonly model: Model },
): Purge {
  const purge = async (user: string, before: number) => {
    const list = async () => (await readTasks(sync, user)).map(({ id }) => id);
    const known = await list();
    const count = await sync.purge(user, before);
    const left = new Set(await list());
    model.purge(
      user,
      known.filter((id) => !left.has(id)),
    );
    return count;
  };
  return createPurge({ sync: { ...sync, purge }, now });
}
